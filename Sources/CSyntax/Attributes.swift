/// Tells attributes and other decoration of a declaration from its name and types.
///
/// The kernel hides attributes behind macros; without headers they are known by name.
public enum Attributes {
  /// Macros with arguments that decorate a declaration and are never its name.
  private static let withArguments: Set<String> = [
    "__aligned", "__alloc_size", "__assume_aligned", "__acquires", "__acquire", "__releases",
    "__release", "__must_hold", "__cond_acquires", "__cond_lock", "__cond_releases", "__printf",
    "__scanf", "__section", "__alias", "__copy", "__counted_by", "__malloc", "__realloc_size",
    "__nonnull", "__format_arg", "__no_sanitize", "__compiletime_error", "__compiletime_warning",
    "__errorattribute", "__declspec", "__acquires_shared", "__releases_shared",
    "__must_hold_shared", "__acquires_ret", "__no_context_analysis", "__guarded_by",
    "__error", "__warning", "__target", "__optimize", "ACPI_PRINTF_LIKE", "__diagnose_as",
    "__access", "__printf__", "alignas", "_Alignas", "__sz_must_hold", "__returns_nonnull",
    "rcu_acquires", "__alloc_align", "__cleanup", "__free", "__bitwise_type", "__pass_object_size",
    "__overloadable", "__flatten", "__ref_kref", "__releases_cond", "__acquire_ret", "noinline_for",
    "__visible_for", "__format", "__printflike", "__scanflike", "__cacheline_group",
  ]

  /// Bare words that decorate a declaration.
  private static let bare: Set<String> = [
    "asmlinkage", "noinline", "notrace", "noinstr", "noinline_for_stack", "nokprobe_inline",
    "noinline_for_tracing", "fastcall", "inline_for_stack", "_Noreturn", "_Thread_local",
    "acpi_init_unused", "ACPI_SYSTEM_XFACE", "ACPI_INTERNAL_XFACE", "STATIC", "INIT", "EXPORT",
    "ATTRIBUTE_UNUSED",
  ]

  /// True when `name(…)` decorates and does not name.
  public static func decorates(_ name: some StringProtocol) -> Bool {
    withArguments.contains(String(name))
  }

  /// True for a bare word such as `__init`: it begins with two underscores and is no type.
  public static func isBareWord(_ word: String) -> Bool {
    if bare.contains(word) { return true }
    guard word.utf8.starts(with: "__".utf8), !word.hasSuffix("_t") else { return false }
    let rest = word.utf8.dropFirst(2)
    // __u8, __be32, __wsum, __kernel_…: types.
    for type in ["u", "s", "be", "le", "hc", "fs", "sum", "virtio", "int", "float", "virtio_"] {
      guard rest.starts(with: type.utf8) else { continue }
      let digits = rest.dropFirst(type.utf8.count)
      if !digits.isEmpty, digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) { return false }
    }
    return word != "__wsum" && !word.hasPrefix("__kernel_") && !word.hasPrefix("__builtin_")
  }
}
