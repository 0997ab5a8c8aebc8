import BuiltinRules
import CSyntax
import Findings
import Foundation
import Testing

@testable import ClangKit
@testable import LockCheck

/// A finding keeps its name when the text around it changes.
struct FingerprintTests {
  private static let above = """


    /* Something that has nothing to do with what comes below:
     * mutex_lock(&somewhere);
     */
    static int lockstep_unrelated(int first)
    {
    \treturn first + 1;
    }

    """

  private func fingerprints(_ text: String, path: String) throws -> [String] {
    let check = LockCheck(rules: .builtin)
    let folder = FixtureTests.folder
    let request = ParseRequest(
      path: path, file: folder.appendingPathComponent(path).path, text: Array(text.utf8),
      arguments: ["-x", "c", "-std=gnu11", "-I", folder.path + "/include"],
      workingDirectory: folder.path, known: check.knownFunctions)
    let unit = UnitReader(try TranslationUnit(request)).read()
    return check.review(FileVersion(path: path, text: text, unit: unit)).findings
      .map(\.fingerprint).sorted()
  }

  private static func text(_ name: String) throws -> String {
    try String(contentsOf: FixtureTests.folder.appendingPathComponent(name), encoding: .utf8)
  }

  private static let bugs = FixtureTests.files.filter { $0.hasPrefix("bugs/") }

  /// Blank lines, comments and functions above the first function of the file.
  @Test(arguments: bugs) func whatIsAddedAboveChangesNothing(name: String) throws {
    let text = try Self.text(name)
    let before = try fingerprints(text, path: name)
    let added = "\n\n// A line.\n" + text
    #expect(try fingerprints(added, path: name) == before)
    // After the includes, so that the function stands among functions.
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let last = lines.lastIndex { $0.hasPrefix("#include") } ?? 0
    let inside =
      (lines[...last] + [Substring(Self.above)] + lines[(last + 1)...]).joined(separator: "\n")
    #expect(try fingerprints(inside, path: name) == before)
  }

  @Test func movesAndRenamesChangeNearlyNothing() throws {
    var (kept, total) = (0, 0)
    for name in Self.bugs {
      let text = try Self.text(name)
      let before = try fingerprints(text, path: name)
      for (text, path) in [
        (text, "other/name.c"), (Self.withLastFunctionFirst(text), name),
      ] {
        let after = try fingerprints(text, path: path)
        var left = after
        for fingerprint in before {
          total += 1
          if let index = left.firstIndex(of: fingerprint) {
            left.remove(at: index)
            kept += 1
          }
        }
      }
    }
    #expect(total > 200)
    #expect(Double(kept) >= 0.95 * Double(total), "\(kept) of \(total)")
  }

  /// The last function above the first one, with a declaration of every function before both.
  private static func withLastFunctionFirst(_ text: String) -> String {
    let functions = Outline(text).functions
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let first = functions.first, let last = functions.last, first.name != last.name else {
      return text
    }
    let heads = functions.map { function in
      lines[(function.startLine - 1)...(function.endLine - 1)].joined(separator: "\n")
        .prefix { $0 != "{" } + ";"
    }
    let moved = Array(lines[(last.startLine - 1)...(last.endLine - 1)])
    lines.removeSubrange((last.startLine - 1)...(last.endLine - 1))
    lines.insert(contentsOf: heads.map(String.init) + moved, at: first.startLine - 1)
    return lines.joined(separator: "\n")
  }
}
