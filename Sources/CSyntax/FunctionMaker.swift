/// Names of the functions that macros make: `SYSCALL_DEFINE2(pause, …) { … }`.
///
/// The names are those that the compiler sees for the body.
enum FunctionMaker {
  /// The function that `macro(argument, …) { … }` defines, or nil when `macro` is itself the name.
  static func name(macro: String, argument: String?) -> String? {
    guard let argument, !argument.isEmpty else { return nil }
    for (prefix, made) in prefixes where macro.hasPrefix(prefix) { return made + argument }
    return isShouting(macro) ? argument : nil
  }

  private static let prefixes: [(macro: String, made: String)] = [
    ("SYSCALL_DEFINE", "__do_sys_"), ("COMPAT_SYSCALL_DEFINE", "__do_compat_sys_"),
    ("BPF_CALL_", "____"), ("DEFINE_IDTENTRY_", "__"), ("DEFINE_IDTENTRY", "__"),
  ]

  /// True for a word in capitals, as macros are spelt.
  static func isShouting(_ word: String) -> Bool {
    var letters = 0
    for byte in word.utf8 {
      if byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") { return false }
      if byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") { letters += 1 }
    }
    return letters > 1
  }
}
