/// The answers that a made-up configuration gives otherwise than "everything on".
struct KconfigPolicy: Sendable {
  /// Options that are off although they could be on, each for a reason.
  let denied: Set<String>
  /// What only a running compiler could tell: the tree is parsed by clang.
  let forced: [String: String]

  static let standard = KconfigPolicy(
    denied: Set(deniedOptions.flatMap(\.names)), forced: compiler)

  /// Why an option is denied, and the options.
  private static let deniedOptions: [(reason: String, names: [String])] = [
    (
      "they change what memory accesses expand to, and review reads the plain access",
      ["KASAN", "KCSAN", "KMSAN", "UBSAN", "GCOV_KERNEL", "KCOV"]
    ),
    (
      "they only change how code is generated or linked",
      [
        "LTO_CLANG_FULL", "LTO_CLANG_THIN", "CFI_CLANG", "CFI", "SHADOW_CALL_STACK",
        "AUTOFDO_CLANG",
        "PROPELLER_CLANG", "LD_DEAD_CODE_DATA_ELIMINATION", "TRIM_UNUSED_KSYMS",
      ]
    ),
    (
      "they need a plugin or a compiler that is not there",
      ["GCC_PLUGINS", "RANDSTRUCT_FULL", "RANDSTRUCT_PERFORMANCE", "RUST", "DEBUG_INFO_BTF"]
    ),
    (
      "they turn the tree into a 32-bit or big-endian one, or one for a simulator",
      ["X86_32", "X86_X32_ABI", "CPU_BIG_ENDIAN", "UML", "ARCH_RV32I", "NONPORTABLE"]
    ),
  ]

  private static let compiler: [String: String] = [
    "CC_IS_CLANG": "y", "CC_IS_GCC": "n", "CLANG_VERSION": "190107", "GCC_VERSION": "0",
    "CC_VERSION_TEXT": "clang version 19.1.7", "AS_IS_LLVM": "y", "AS_IS_GNU": "n",
    "AS_VERSION": "190107", "LD_IS_LLD": "y", "LD_IS_BFD": "n", "LLD_VERSION": "190107",
    "LD_VERSION": "0", "PAHOLE_VERSION": "0", "RUSTC_VERSION": "0", "RUSTC_LLVM_VERSION": "0",
    "RUST_IS_AVAILABLE": "n", "RUSTC_VERSION_TEXT": "", "BINDGEN_VERSION_TEXT": "",
  ]
}
