import BuiltinRules
internal import Foundation

/// The built-in rules with those of the user's files added.
enum RulesFiles {
  /// - Throws: `RulesError` with the line, or `ReviewError` for a file that cannot be read.
  static func read(_ paths: [String]) throws -> LockRules {
    var rules = LockRules.builtin
    for path in paths {
      rules = try rules.adding(yaml: text(path), file: path)
    }
    return rules
  }

  /// The text of one of the user's files.
  static func text(_ path: String) throws -> String {
    do {
      return try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw ReviewError.unreadableRules(path: path, reason: error.localizedDescription)
    }
  }
}
