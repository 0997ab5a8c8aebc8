import Foundation
import ProgramUnderTest
import Testing

/// Patches are paired as git itself pairs them.
@Suite struct RangeDiffTests {
  /// By the generator of Marsaglia 2003.
  private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
  }

  private struct Patch {
    var subject: String
    var file: String
    var lines: [String]
  }

  /// Six patches of files of their own, some of them much alike.
  private func series(_ generator: inout Generator) -> [Patch] {
    (1...6).map { number in
      let size = Int.random(in: 4...24, using: &generator)
      let lines = (0..<size).map { "int brook_\(Int.random(in: 1...40, using: &generator))_\($0);" }
      return Patch(subject: "brook: patch \(number)", file: "fs/brook/n\(number).c", lines: lines)
    }
  }

  /// A second version: one goes, one comes, the order changes, and so do some lines and files.
  private func revised(_ old: [Patch], _ generator: inout Generator) -> [Patch] {
    var patches = old.shuffled(using: &generator)
    patches.removeLast()
    for index in patches.indices {
      patches[index].subject = "brook: now \(index + 1)"
      let share = Int.random(in: 0...90, using: &generator)
      for line in patches[index].lines.indices
      where Int.random(in: 0..<100, using: &generator) < share {
        patches[index].lines[line] += " /* now */"
      }
      if Int.random(in: 0..<4, using: &generator) == 0 { patches[index].file += ".h" }
    }
    let lines = (1...9).map { "int brook_new_\($0);" }
    patches.insert(
      Patch(subject: "brook: new", file: "fs/brook/new.c", lines: lines),
      at: Int.random(in: 0...patches.count, using: &generator))
    return patches
  }

  private struct Pair: Hashable {
    var old: Int?
    var new: Int?
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>) func asGitPairsThem(seed: UInt64) async throws {
    var generator = Generator(state: seed &* 0x9e37_79b9_7f4a_7c15)
    let kernel = try MiniatureKernel()
    func commit(_ patches: [Patch]) throws -> String {
      try patches.reduce("") { _, patch in
        try kernel.commit([patch.file: patch.lines.joined(separator: "\n") + "\n"], patch.subject)
      }
    }
    let old = series(&generator)
    let tip = try commit(old)
    let back = try kernel.commit(
      bytes: Dictionary(uniqueKeysWithValues: old.map { ($0.file, []) }), "back")
    let end = try commit(revised(old, &generator))
    let ranges = ["\(kernel.base)..\(tip)", "\(back)..\(end)"]
    let outcome = try await kernel.run(
      "compare", ranges[0], ranges[1], "--only", "series", "--format", "json")
    struct Document: Decodable {
      struct Patch: Decodable {
        var old: Int?
        var new: Int?
      }
      var patches: [Patch]
    }
    let document = try JSONDecoder().decode(Document.self, from: Data(outcome.output.utf8))
    let found = Set(document.patches.map { Pair(old: $0.old, new: $0.new) })
    let git = try await ProgramUnderTest.git(
      ["range-diff", "--no-color", "--no-patch"] + ranges, in: kernel.path)
    #expect(found == Set(git.split(separator: "\n").compactMap(pair)), "\(git)")
  }

  /// `1:  abc = 2:  def subject`, with `-` for a patch that has no partner.
  private func pair(_ line: Substring) -> Pair? {
    let words = line.split(separator: " ")
    guard words.count > 3 else { return nil }
    return Pair(old: Int(words[0].dropLast()), new: Int(words[3].dropLast()))
  }
}
