import BuiltinRules
import CSyntax
import Findings
import Foundation
import Testing

@testable import ClangKit
@testable import LockCheck

/// The fixtures of `fixtures/locks`: what stands beside a line must be found there, and nothing
/// else.
struct FixtureTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../fixtures/locks").standardized

  static let files: [String] = ["silent", "bugs"].flatMap { part -> [String] in
    let names =
      (try? FileManager.default.contentsOfDirectory(
        atPath: folder.appendingPathComponent(part).path)) ?? []
    return names.filter { $0.hasSuffix(".c") }.sorted().map { part + "/" + $0 }
  }

  @Test func areThere() {
    #expect(Self.files.count > 240)
  }

  @Test(arguments: files)
  func saysWhatStandsBesideTheLine(name: String) throws {
    let text = try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
    let check = LockCheck(rules: .builtin)
    let request = ParseRequest(
      path: name, file: Self.folder.appendingPathComponent(name).path, text: Array(text.utf8),
      arguments: ["-x", "c", "-std=gnu11", "-I", Self.folder.path + "/include"],
      workingDirectory: Self.folder.path, known: check.knownFunctions)
    let unit = UnitReader(try TranslationUnit(request)).read()
    #expect(unit.diagnostics.isEmpty)
    let found = check.review(FileVersion(path: name, text: text, unit: unit)).findings
    let expected = Expectation.read(text)
    let marked = Set(expected.filter { !$0.isNotYet })
    let real = Set(
      found.map { finding in
        Expectation(
          line: finding.line, type: finding.type.rawValue, lock: finding.lock, isNotYet: false)
      })
    #expect(real == marked)
    for later in expected where later.isNotYet {
      #expect(
        !real.contains { $0.line == later.line && $0.type == later.type },
        "found now: say `expect:` instead of `not-yet:`")
    }
  }
}

extension Finding {
  fileprivate var lock: String {
    if case .string(let name) = data["lock"] { name } else { "" }
  }
}

/// `// expect: TYPE 'lock'; …` beside a line, or `// not-yet: …` for what is known to be missed.
struct Expectation: Hashable {
  let line: Int
  let type: String
  let lock: String
  let isNotYet: Bool

  static func read(_ text: String) -> [Expectation] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.enumerated().flatMap { index, line in
      marks(line, "expect:", index + 1, isNotYet: false)
        + marks(line, "not-yet:", index + 1, isNotYet: true)
    }
  }

  private static func marks(
    _ line: Substring, _ word: String, _ number: Int, isNotYet: Bool
  ) -> [Expectation] {
    guard let start = line.range(of: "// " + word) else { return [] }
    let rest = line[start.upperBound...]
    let end = rest.range(of: "//")?.lowerBound ?? rest.endIndex
    return rest[..<end].split(separator: ";").map { part in
      let pieces = part.split(separator: "'", maxSplits: 2)
      return Expectation(
        line: number, type: pieces[0].trimmingCharacters(in: .whitespaces),
        lock: pieces.count > 1 ? String(pieces[1]) : "", isNotYet: isNotYet)
    }
  }
}
