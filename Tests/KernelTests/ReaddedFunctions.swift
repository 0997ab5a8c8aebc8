import CSyntax
import Foundation
import ProgramUnderTest

/// Random functions of the kernel, taken out by one commit and put back by the next: functions that
/// a commit adds, and that kernel developers wrote and let in.
struct ReaddedFunctions {
  /// How they are drawn.
  enum Draw: String, CaseIterable, Sendable {
    /// One of a file, as a fix or a feature adds it.
    case alone
    /// All of a file, as a new driver adds them.
    case together
  }

  /// The commit that adds them.
  let commit: String
  let count: Int

  /// Takes out `count` functions, or somewhat more where a file has them.
  init(_ count: Int, _ draw: Draw, in clone: KernelClone, seed: UInt64) async throws {
    var random = Generator(state: seed)
    var left: [String: String] = [:]
    var taken = 0
    for path in try await Self.sources(clone).shuffled(using: &random) where taken < count {
      let text = try await clone.text(of: path, at: clone.base)
      // What stands below an `#if` may have a twin in the other branch.
      let functions = Outline(text).functions.filter { $0.condition < 0 }
      let drawn =
        draw == .alone ? functions.randomElement(using: &random).map { [$0] } ?? [] : functions
      if drawn.isEmpty { continue }
      left[path] = Self.without(drawn.map { $0.startLine...max($0.startLine, $0.endLine) }, text)
      taken += drawn.count
    }
    let parent = try await clone.commit(left, on: clone.base, subject: "take functions out")
    commit = try await clone.commit(treeOf: clone.base, on: parent, subject: "add functions")
    self.count = taken
  }

  /// Takes out the function `name` of one file.
  init(_ name: String, of path: String, in clone: KernelClone) async throws {
    let text = try await clone.text(of: path, at: clone.base)
    let drawn = Outline(text).functions.filter { $0.name == name }
    let left = Self.without(drawn.map { $0.startLine...max($0.startLine, $0.endLine) }, text)
    let parent = try await clone.commit([path: left], on: clone.base, subject: "take out \(name)")
    commit = try await clone.commit(treeOf: clone.base, on: parent, subject: "add \(name)")
    count = drawn.count
  }

  /// The source files of the kernel itself.
  static func sources(_ clone: KernelClone) async throws -> [String] {
    try await ProgramUnderTest.git(["ls-tree", "-r", "--name-only", clone.base], in: clone.path)
      .split(separator: "\n").map(String.init).filter { path in
        path.hasSuffix(".c")
          && !["tools/", "scripts/", "Documentation/", "samples/", "usr/"].contains {
            path.hasPrefix($0)
          }
      }.sorted()
  }

  /// `text` without these lines.
  static func without(_ ranges: [ClosedRange<Int>], _ text: String) -> String {
    let gone = ranges.reduce(into: Set<Int>()) { $0.formUnion($1) }
    return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .filter { !gone.contains($0.offset + 1) }.map(\.element).joined(separator: "\n")
  }
}
