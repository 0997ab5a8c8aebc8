import BuiltinRules
import DuplicateCheck
import ExportCheck
import Findings
import LockCheck
import SeriesCheck

/// Every check that a review runs, in the order of the report.
///
/// A new check is one line here.
enum CheckRegistry {
  /// Checks that compare versions by their tokens.
  static func tokenChecks() -> [any Check] {
    [
      DuplicateFunctions(), DuplicateBlocks(), InconsistentCopies(), ExportEvents(),
      ExportEffects(), ExportState(), UnusedInSeries(),
      MissingFiles(),
    ]
  }

  /// The check that reads parsed files.
  static func lockCheck(rules: LockRules) -> LockCheck { LockCheck(rules: rules) }
}
