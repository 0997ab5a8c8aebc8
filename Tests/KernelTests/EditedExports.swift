import Foundation
import ProgramUnderTest

/// Random exports of the kernel, each edited in one way by a commit of its own.
struct EditedExports {
  enum Edit: String, CaseIterable, Sendable {
    case remove, add, move, rename, relicense, renamespace
  }

  /// One commit and what a review should say of it.
  struct Case: Sendable {
    var edit: Edit
    var symbol: String
    var commit: String
    /// `TYPE symbol`, sorted.
    var expected: [String]
    /// What may be said besides, because it follows: that nobody uses it, and its prototype.
    var allowed: Set<String>
  }

  private(set) var cases: [Case] = []
  private let clone: KernelClone
  private var random: Generator

  /// Commits `count` edits, every kind in turn.
  init(_ count: Int, in clone: KernelClone, seed: UInt64) async throws {
    self.clone = clone
    random = Generator(state: seed)
    var exports = try await plainExports()
    exports.shuffle(using: &random)
    for export in exports where cases.count < count {
      let edit = Edit.allCases[cases.count % Edit.allCases.count]
      if let made = try await make(edit, export) { cases.append(made) }
    }
  }

  private struct PlainExport {
    var path: String
    var macro: String
    var symbol: String
    var line: String { "\(macro)(\(symbol));\n" }
  }

  /// The exports on a line of their own of symbols that are exported once.
  private func plainExports() async throws -> [PlainExport] {
    let lines = try await ProgramUnderTest.git(
      ["grep", "-E", "^EXPORT_SYMBOL(_GPL)?\\([A-Za-z0-9_]+\\);$", clone.base, "--", "*.c"],
      in: clone.path)
    let all = lines.split(separator: "\n").compactMap { line -> PlainExport? in
      let parts = line.split(separator: ":", maxSplits: 2).map(String.init)
      let words = parts[2].split { "();".contains($0) }.map(String.init)
      let isKernel = !["tools/", "scripts/", "Documentation/", "samples/"].contains {
        parts[1].hasPrefix($0)
      }
      return isKernel ? PlainExport(path: parts[1], macro: words[0], symbol: words[1]) : nil
    }
    let counts = Dictionary(grouping: all, by: \.symbol)
    return all.filter { counts[$0.symbol]?.count == 1 }
  }

  private mutating func make(_ edit: Edit, _ export: PlainExport) async throws -> Case? {
    let symbol = export.symbol
    let text = try await clone.text(of: export.path, at: clone.base)
    guard text.components(separatedBy: "\n" + export.line).count == 2 else { return nil }
    let without = text.replacing("\n" + export.line, with: "\n")
    func commit(_ files: [String: String], on parent: String? = nil) async throws -> String {
      try await clone.commit(files, on: parent ?? clone.base, subject: "\(edit) \(symbol)")
    }
    func made(_ commit: String, _ expected: [String], _ allowed: Set<String> = []) -> Case {
      Case(
        edit: edit, symbol: symbol, commit: commit, expected: expected.sorted(), allowed: allowed)
    }
    func exported(by macro: String, _ rest: String = "") -> [String: String] {
      [export.path: text.replacing("\n" + export.line, with: "\n\(macro)(\(symbol)\(rest));\n")]
    }
    switch edit {
    case .remove:
      return made(try await commit([export.path: without]), ["EXPORT_REMOVED \(symbol)"])
    case .add:
      let parent = try await commit([export.path: without])
      return made(
        try await commit([export.path: text], on: parent), ["EXPORT_ADDED \(symbol)"],
        ["EXPORT_NO_USER \(symbol)"])
    case .move:
      guard let other = try await sibling(of: export.path) else { return nil }
      let there = try await clone.text(of: other, at: clone.base)
      return made(
        try await commit([export.path: without, other: there + "\n" + export.line]),
        ["EXPORT_MOVED \(symbol)"])
    case .rename: return try await renamed(symbol).map { made($0, $1, $2) }
    case .relicense:
      let macro = export.macro == "EXPORT_SYMBOL" ? "EXPORT_SYMBOL_GPL" : "EXPORT_SYMBOL"
      return made(try await commit(exported(by: macro)), ["EXPORT_LICENSE \(symbol)"])
    case .renamespace:
      let macro =
        export.macro == "EXPORT_SYMBOL" ? "EXPORT_SYMBOL_NS" : "EXPORT_SYMBOL_NS_GPL"
      return made(try await commit(exported(by: macro, ", WATER")), ["EXPORT_NAMESPACE \(symbol)"])
    }
  }

  private mutating func sibling(of path: String) async throws -> String? {
    let folder = path.split(separator: "/").dropLast().joined(separator: "/") + "/"
    return try await ProgramUnderTest.git(
      ["ls-tree", "--name-only", clone.base, folder], in: clone.path
    ).split(separator: "\n").map(String.init).filter { $0.hasSuffix(".c") && $0 != path }
      .randomElement(using: &random)
  }

  /// Renames the symbol in all files that say it; nil when those are many.
  private func renamed(_ symbol: String) async throws -> (String, [String], Set<String>)? {
    let files = try await ProgramUnderTest.git(
      ["grep", "-lw", symbol, clone.base], in: clone.path
    ).split(separator: "\n").map { String($0.split(separator: ":", maxSplits: 1)[1]) }
    guard files.count <= 40 else { return nil }
    let pattern = try Regex("\\b\(symbol)\\b")
    let new = symbol + "_renamed"
    var texts: [String: String] = [:]
    for file in files {
      texts[file] = try await clone.text(of: file, at: clone.base).replacing(pattern, with: new)
    }
    return (
      try await clone.commit(texts, on: clone.base, subject: "rename \(symbol)"),
      ["EXPORT_ADDED \(new)", "EXPORT_REMOVED \(symbol)"],
      ["EXPORT_NO_USER \(new)", "PROTOTYPE_ADDED \(new)", "PROTOTYPE_REMOVED \(symbol)"]
    )
  }
}
