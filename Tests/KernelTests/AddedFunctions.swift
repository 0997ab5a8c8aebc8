import CSyntax
import Foundation
import ProgramUnderTest

/// Functions that kernel developers added since an older kernel: files of the kernel, each with a
/// commit that adds all of its new functions at once, or the whole file where all of it is new.
///
/// What was added with them to other files is there before, so of two files that came in one series
/// either repeats the other.
struct AddedFunctions {
  /// One file of the kernel.
  struct File {
    let path: String
    /// The commit that adds the functions.
    let commit: String
    let count: Int
  }

  /// The older kernel, unpacked, from `LOCKSTEP_OLDER_KERNEL`; nil when there is none.
  static let older: String? = {
    let path = ProcessInfo.processInfo.environment["LOCKSTEP_OLDER_KERNEL"] ?? ""
    return path.isEmpty ? nil : path
  }()

  let files: [File]
  var count: Int { files.reduce(0) { $0 + $1.count } }

  /// Draws `count` files that have functions which the kernel in the folder `older` lacks.
  init(_ count: Int, since older: String, in clone: KernelClone, seed: UInt64) async throws {
    var random = Generator(state: seed)
    var drawn: [Draw] = []
    for path in try await ReaddedFunctions.sources(clone).shuffled(using: &random) {
      let draw = Draw(path, try await clone.text(of: path, at: clone.base), older: older)
      if !draw.functions.isEmpty { drawn.append(draw) }
      // Some are left out for what moved.
      if drawn.count == count + count / 4 { break }
    }
    let moved = try await Self.moved(
      Set(drawn.flatMap { $0.functions.map(\.name) }), from: older, in: clone)
    var files: [File] = []
    for draw in drawn where files.count < count {
      let functions = draw.functions.filter { !moved.contains($0.name) }
      if functions.isEmpty { continue }
      let isWhole = draw.isNew && functions.count == draw.functions.count
      let parent = try await clone.commit(
        [draw.path: isWhole ? nil : draw.without(functions)], on: clone.base,
        subject: "take functions out")
      let commit = try await clone.commit(treeOf: clone.base, on: parent, subject: "add functions")
      files.append(File(path: draw.path, commit: commit, count: functions.count))
    }
    self.files = files
  }

  /// Functions of one file that it did not have.
  private struct Draw {
    let path: String
    let text: String
    let isNew: Bool
    let functions: [FunctionItem]

    init(_ path: String, _ text: String, older: String) {
      self.path = path
      self.text = text
      let before = AddedFunctions.text(of: path, in: older)
      isNew = before == nil
      let (now, then) = (Outline(text), Outline(before ?? ""))
      let names = Set(now.functions.map(\.name))
      let gone = then.functions.filter { !names.contains($0.name) }.map { Self.words($0, then) }
      let old = Set(then.functions.map(\.name))
      functions = now.functions.filter { item in
        // What stands below an `#if` may have a twin in the other branch.
        guard item.condition < 0, !old.contains(item.name) else { return false }
        let words = Self.words(item, now)
        return !gone.contains { Self.likeness($0, words) >= 0.6 }
      }
    }

    func without(_ functions: [FunctionItem]) -> String {
      ReaddedFunctions.without(
        functions.map { $0.startLine...max($0.startLine, $0.endLine) }, text)
    }

    /// Runs of three tokens of the body, to tell a function that only got another name.
    private static func words(_ item: FunctionItem, _ outline: Outline) -> Set<String> {
      let body = SourceTokens(outline.source.text(item.body))
      let words = body.tokens.indices.map { body.text($0) }
      return Set(words.indices.dropLast(2).map { words[$0...$0 + 2].joined(separator: " ") })
    }

    private static func likeness(_ a: Set<String>, _ b: Set<String>) -> Double {
      let all = a.union(b).count
      return all == 0 ? 1 : Double(a.intersection(b).count) / Double(all)
    }
  }

  /// Those of `names` that a file of the older kernel had and has no more.
  private static func moved(
    _ names: Set<String>, from older: String, in clone: KernelClone
  ) async throws -> Set<String> {
    let found = try await ProgramUnderTest.run(
      program: "grep", ["-rlwF", "--include=*.c", "-f", "-", "."], in: older,
      input: names.sorted().joined(separator: "\n"))
    var moved: Set<String> = []
    for line in found.output.split(separator: "\n") {
      let path = String(line.dropFirst(2))
      let then = functions(text(of: path, in: older)).intersection(names)
      if then.isEmpty { continue }
      moved.formUnion(then.subtracting(functions(text(of: path, in: clone.kernel))))
    }
    return moved
  }

  private static func functions(_ text: String?) -> Set<String> {
    text.map { Set(Outline($0).functions.map(\.name)) } ?? []
  }

  private static func text(of path: String, in folder: String) -> String? {
    FileManager.default.contents(atPath: "\(folder)/\(path)").map {
      String(decoding: $0, as: UTF8.self)
    }
  }
}
