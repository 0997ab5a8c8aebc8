import Foundation
import Testing

/// Compares a report with the file of that name in `fixtures/reports`.
///
/// With `LOCKSTEP_RECORD=1` in the environment the file is rewritten instead.
func expectGolden(
  _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../fixtures/reports").standardized
  let file = folder.appending(path: name)
  if ProcessInfo.processInfo.environment["LOCKSTEP_RECORD"] == "1" {
    try text.write(to: file, atomically: true, encoding: .utf8)
    return
  }
  let expected = try String(contentsOf: file, encoding: .utf8)
  #expect(text == expected, "differs from fixtures/reports/\(name)", sourceLocation: sourceLocation)
}
