import ExportCheck
import Findings
import Foundation
import Testing

/// 200 exports of the kernel, each edited in one way: that is told, and nothing else.
@Suite(.enabled(if: KernelFiles.given != nil)) struct EditedExportKernelTests {
  enum Edit: String, CaseIterable {
    case remove, add, move, rename, relicense, renamespace
  }

  /// A file of the kernel and one of its plain exports.
  struct Subject: Sendable {
    var path: String
    var text: String
    var export: Export
  }

  @Test func everyEditIsToldAndNothingElse() throws {
    let kernel = try #require(KernelFiles.given)
    var random = Generator(state: 20_260_619)
    var paths = try kernel.paths(endings: [".c"], saying: "EXPORT_SYMBOL").filter { path in
      ["drivers/", "net/", "fs/", "kernel/", "lib/", "mm/", "crypto/", "sound/"].contains {
        path.hasPrefix($0)
      }
    }
    paths.shuffle(using: &random)
    let subjects = paths.lazy.compactMap { subject($0, kernel, &random) }.prefix(200)
    var told = 0
    for (number, subject) in subjects.enumerated() {
      let edit = Edit.allCases[number % Edit.allCases.count]
      let (change, expected) = Self.apply(edit, to: subject)
      let found = Self.review(change)
      if found == expected {
        told += 1
      } else {
        Issue.record("\(edit) \(subject.path) \(subject.export.symbol): \(found) ≠ \(expected)")
      }
    }
    #expect(told == 200)
  }

  /// A file with a function that it exports by one of the two plain macros.
  private func subject(_ path: String, _ kernel: KernelFiles, _ random: inout Generator)
    -> Subject?
  {
    guard let text = kernel.text(of: path), text.utf8.count < 100_000 else { return nil }
    let surface = Surface(path: path, text: text)
    let plain = surface.exports.filter { export in
      ["EXPORT_SYMBOL", "EXPORT_SYMBOL_GPL"].contains(export.macro)
        && surface.exports.count { $0.symbol == export.symbol } == 1
        && text.contains("\n\(export.macro)(\(export.symbol));\n") && export.namespace == nil
    }
    return plain.randomElement(using: &random).map { Subject(path: path, text: text, export: $0) }
  }

  private static func apply(_ edit: Edit, to subject: Subject) -> (Change, [String]) {
    let export = subject.export
    let line = "\(export.macro)(\(export.symbol));\n"
    let without = subject.text.replacing("\n" + line, with: "\n")
    let name = export.symbol
    func change(_ old: String, _ new: String) -> FileChange {
      FileChange(
        before: FileVersion(path: subject.path, text: old),
        after: FileVersion(path: subject.path, text: new))
    }
    switch edit {
    case .remove:
      return (Change(files: [change(subject.text, without)]), ["EXPORT_REMOVED \(name)"])
    case .add:
      return (Change(files: [change(without, subject.text)]), ["EXPORT_ADDED \(name)"])
    case .move:
      let other = FileChange(
        before: nil, after: FileVersion(path: "lib/elsewhere.c", text: "#include <x.h>\n" + line))
      return (Change(files: [change(subject.text, without), other]), ["EXPORT_MOVED \(name)"])
    case .rename:
      let pattern = try! Regex("\\b\(name)\\b")
      let new = subject.text.replacing(pattern, with: name + "_renamed")
      return (
        Change(files: [change(subject.text, new)]),
        ["EXPORT_ADDED \(name)_renamed", "EXPORT_REMOVED \(name)"]
      )
    case .relicense:
      let macro = export.isGPL ? "EXPORT_SYMBOL" : "EXPORT_SYMBOL_GPL"
      let new = subject.text.replacing("\n" + line, with: "\n\(macro)(\(name));\n")
      return (Change(files: [change(subject.text, new)]), ["EXPORT_LICENSE \(name)"])
    case .renamespace:
      let macro = export.isGPL ? "EXPORT_SYMBOL_NS_GPL" : "EXPORT_SYMBOL_NS"
      let new = subject.text.replacing("\n" + line, with: "\n\(macro)(\(name), \"WATER\");\n")
      return (Change(files: [change(subject.text, new)]), ["EXPORT_NAMESPACE \(name)"])
    }
  }

  /// What the three checks say, without what was there before.
  private static func review(_ change: Change) -> [String] {
    func tree(_ side: (FileChange) -> FileVersion?) -> TextTree {
      TextTree(
        Dictionary(
          change.files.compactMap(side).map { ($0.path, $0.text) }, uniquingKeysWith: { $1 }),
        isWholeTree: false, knowsPlaces: false)
    }
    let after = tree(\.after)
    let old = ExportState().findings(
      in: Change(files: change.files.map { FileChange(before: nil, after: $0.before) }),
      knowing: tree(\.before)
    ).map(\.fingerprint)
    let found =
      ExportEvents().findings(in: change, knowing: after)
      + ExportEffects().findings(in: change, knowing: after)
      + ExportState().findings(in: change, knowing: after).filter { !old.contains($0.fingerprint) }
    return found.map { "\($0.type.rawValue) \(FixtureReview.symbol($0))" }.sorted()
  }
}

/// A small generator with a fixed start, so that every run edits the same exports.
struct Generator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    var mixed = state
    mixed ^= mixed >> 33
    mixed = mixed &* 0xff51_afd7_ed55_8ccd
    return mixed ^ (mixed >> 33)
  }
}
