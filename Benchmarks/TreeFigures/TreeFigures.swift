import CSyntax
import Foundation
import GitKit
import TreeIndex

/// Measures the tree index and prints one figure a line: what was wanted, what it is.
///
/// Usage: `tree-figures REPOSITORY BUILD [UNITS]`. BUILD is a prepared kernel tree; UNITS is how
/// many of its files libclang parses to compare the functions found, 500 if not given.
@main
enum TreeFigures {
  static func main() throws {
    let words = Array(CommandLine.arguments.dropFirst())
    guard words.count >= 2 else {
      FileHandle.standardError.write(Data("usage: tree-figures REPOSITORY BUILD [UNITS]\n".utf8))
      exit(2)
    }
    let cache = NSTemporaryDirectory() + "lockstep-figures-\(getpid())"
    defer { try? FileManager.default.removeItem(atPath: cache) }
    let repository = try Repository(at: words[0])
    let tree = repository.tree(of: try repository.commit(try repository.resolve("HEAD")))
    let store = IndexStore(folder: cache, jobs: 2)

    let index = try built(store, tree)
    let sources = try tree.files(below: "").map(\.path).filter { $0.hasSuffix(".c") }
    var sample = Sample(sources)
    try nextVersion(store, tree, sample.take(50))
    let functions = try functions(of: sample.take(1000), in: tree)
    try lookups(store, tree, functions.prefix(300).map(\.name))
    try similar(index, functions)
    let units = words.count > 2 ? Int(words[2]) ?? 500 : 500
    try FunctionFinding(repository: words[0], build: words[1]).report(units)
  }

  static func seconds<Answer>(_ work: () throws -> Answer) rethrows -> (Double, Answer) {
    let begin = ContinuousClock.now
    let answer = try work()
    return ((ContinuousClock.now - begin) / .seconds(1), answer)
  }

  private static func built(_ store: IndexStore, _ tree: CommitTree) throws -> TreeIndex {
    let (time, (index, _)) = try seconds { try store.index(of: tree) }
    let size = store.entries().reduce(0) { $0 + $1.size }
    let functions = index.size.functions
    print("full index: \(index.size.files) files, \(functions) functions")
    print("  wall, 2 threads   wanted <= 60 s     \(rounded(time)) s")
    print("  peak memory       wanted <= 700 MB   \(peak()) MB")
    print("  on disk           wanted <= 300 MB   \(size / 1_000_000) MB")
    return index
  }

  /// The peak of this process so far, in MB.
  private static func peak() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
    return (line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) / 1000
  }

  private static func nextVersion(_ store: IndexStore, _ tree: CommitTree, _ paths: [String])
    throws
  {
    var times: [Double] = []
    for round in 0..<5 {
      var next = OverlayTree(tree)
      for path in paths {
        let line = "\nint lockstep_figure_\(round)(void)\n{\n\treturn \(round);\n}\n"
        next.write((try tree.read(path) ?? []) + Array(line.utf8), to: path)
      }
      let version = next
      times.append(
        try seconds {
          guard let found = try store.existing(tree) else { return }
          _ = try found.index.updated(paths, in: version)
        }.0)
    }
    print("next version, 50 files changed, opening included")
    print("  wall              wanted <= 0.3 s    \(rounded(median(times))) s")
  }

  private static func lookups(_ store: IndexStore, _ tree: CommitTree, _ names: [String]) throws {
    var definitions: [Double] = []
    var uses: [Double] = []
    var calls: [Double] = []
    for name in names {
      definitions.append(
        try seconds { _ = try store.existing(tree)?.index.definitions(of: name) }.0)
      uses.append(try seconds { _ = try store.existing(tree)?.index.uses(of: name) }.0)
      calls.append(
        try seconds {
          _ = try store.existing(tree)?.index.bodies(named: TreeIndex.CalledName(name))
        }.0)
    }
    print("lookups of \(names.count) random functions, opening included, median and slowest")
    for (what, times) in [("definitions", definitions), ("uses", uses), ("callees", calls)] {
      print(
        "  \(what.padding(toLength: 17, withPad: " ", startingAt: 0)) wanted <= 10 ms    "
          + "\(milliseconds(median(times))), \(milliseconds(times.max() ?? 0))")
    }
  }

  private static func similar(
    _ index: TreeIndex, _ functions: [(path: String, name: String, text: String)]
  ) throws {
    var times: [Double] = []
    for function in functions {
      let outline = Outline(function.text)
      guard let item = outline.functions.first(where: { $0.name == function.name }) else {
        continue
      }
      let form = FunctionForm(
        item, in: outline, prefix: NamePrefix(of: outline.functions.map(\.name)))
      guard form.tokens.count >= 30 else { continue }
      times.append(
        try seconds {
          _ = try index.similar(to: form, name: function.name, path: function.path, limit: 24)
        }.0)
    }
    times.sort()
    guard !times.isEmpty else { return }
    print("twins of \(times.count) random functions")
    print("  median            wanted <= 10 ms    \(milliseconds(median(times)))")
    print("  99th percentile   wanted <= 100 ms   \(milliseconds(times[times.count * 99 / 100]))")
  }

  /// One function of each file, always the same.
  private static func functions(of paths: [String], in tree: CommitTree) throws
    -> [(path: String, name: String, text: String)]
  {
    try paths.compactMap { path in
      let text = String(decoding: try tree.read(path) ?? [], as: UTF8.self)
      let all = Outline(text).functions
      return all.isEmpty ? nil : (path, all[all.count / 2].name, text)
    }
  }

  private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
  static func rounded(_ value: Double) -> String { String(format: "%.2f", value) }
  private static func milliseconds(_ seconds: Double) -> String { rounded(seconds * 1000) + " ms" }
}

/// Draws from a list, the same elements every time.
struct Sample {
  private var rest: [String]
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  init(_ elements: [String]) { rest = elements }

  mutating func take(_ count: Int) -> [String] {
    (0..<min(count, rest.count)).map { _ in
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      let index = Int(state % UInt64(rest.count))
      rest.swapAt(index, rest.count - 1)
      return rest.removeLast()
    }
  }
}
