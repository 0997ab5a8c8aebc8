/// Says in words who uses an exported symbol.
enum UserSentence {
  /// A clause without a capital or full stop, such as `used by the modules a and b`.
  ///
  /// - Parameter home: the file that exports the symbol.
  static func clause(_ users: Users, home: String) -> String {
    if !users.modules.isEmpty {
      let names = users.modules
      return "used by the module\(names.count == 1 ? "" : "s") \(Users.spoken(names, "module"))"
        + (names.count == 1 ? " (\(users.spokenFiles(limit: 2)))" : "")
    }
    if users.outside.isEmpty {
      switch users.reach {
      case .wholeTree: return "nothing outside \(home) uses it"
      case .folders:
        return "users were looked for only in the folders of the changed files, and none is there"
      case .madeNames: return "who uses it cannot be told, as macros make its name"
      }
    }
    if users.areInOwnModule {
      return "its only users outside \(home) are in the same module"
        + " (\(users.homeModule ?? "").ko): \(users.spokenFiles())"
    }
    if users.areNotModular {
      return "only built-in code uses it: \(users.spokenFiles())"
    }
    return "used in \(users.spokenFiles())"
  }
}
