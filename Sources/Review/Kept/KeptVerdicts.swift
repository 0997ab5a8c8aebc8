internal import Foundation
import GitKit

/// What the lock check said of files in earlier runs, by the parses and the rules it stood on.
struct KeptVerdicts: Sendable {
  private let kept: KeptBytes
  /// Names the rules that a verdict depends on.
  private let rules: ObjectID

  init(kept: KeptBytes, rules: ObjectID) {
    self.kept = kept
    self.rules = rules
  }

  /// The verdict on a file whose parse, and those of the files with its callees, are `parses`.
  func find(_ parses: [ObjectID]) -> Verdict? {
    kept.read(name(of: parses)).flatMap {
      try? JSONDecoder().decode(Verdict.self, from: Data($0))
    }
  }

  /// Keeps a verdict.
  func keep(_ verdict: Verdict, for parses: [ObjectID]) {
    guard let bytes = try? JSONEncoder().encode(verdict) else { return }
    kept.write([UInt8](bytes), as: name(of: parses))
  }

  private func name(of parses: [ObjectID]) -> String {
    "\(ObjectID.blob(of: ([rules] + parses).flatMap(\.bytes))).verdict"
  }
}
