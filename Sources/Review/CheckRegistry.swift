import BuiltinRules
import Findings
import LockCheck

/// Every check that a review runs, in the order of the report. A new check is one line here.
enum CheckRegistry {
  /// Checks that compare versions by their tokens.
  static func tokenChecks() -> [any Check] {
    []
  }

  /// The check that reads parsed files.
  static func lockCheck(rules: LockRules) -> LockCheck { LockCheck(rules: rules) }
}
