import Foundation
import ProgramUnderTest
import Testing

/// The ledger of the real kernel against a search for words.
@Suite(.enabled(if: KernelClone.source != nil, KernelClone.hint)) struct ExportLedgerTests {
  private struct Document: Decodable {
    struct Entry: Decodable {
      struct Use: Decodable {
        var ownModule: Int
        var builtIn: Int
        var headers: Int
        var unknown: Int
        var modules: [String]
        var isEmpty: Bool { ownModule + builtIn + headers + unknown == 0 && modules.isEmpty }
      }
      var symbol: String
      var file: String
      var users: Use?
    }
    var entries: [Entry]
  }

  @Test func noSymbolThatIsSaidElsewhereIsCalledUnused() async throws {
    let clone = try await KernelClone()
    let folder = try TemporaryFolder()
    let environment = ["XDG_CACHE_HOME": folder.path]
    let built = try await ProgramUnderTest.run(
      ["index", "build"], in: clone.path, environment: environment)
    #expect(built.status == 0, "\(built.error)")
    let start = ContinuousClock.now
    let outcome = try await ProgramUnderTest.run(
      ["exports", "--format", "json"], in: clone.path, environment: environment)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    #expect(outcome.status == 0, "\(outcome.error)")
    let entries = try JSONDecoder().decode(Document.self, from: Data(outcome.output.utf8)).entries
    #expect(entries.count > 36_435)

    var random = Generator(state: 6_012_117)
    let sample = entries.filter { $0.users != nil }.shuffled(using: &random).prefix(1000)
    let unused = Dictionary(
      grouping: sample.filter { $0.users?.isEmpty == true }, by: \.symbol
    ).mapValues { Set($0.map(\.file)) }
    let words = try WordSearch(
      Set(unused.keys),
      in: try await ProgramUnderTest.git(
        ["grep", "-n", "-w", "-F", "-f", "-", clone.base, "--", "*.c", "*.h", "*.S", "*.rs"],
        in: clone.path, input: unused.keys.sorted().joined(separator: "\n") + "\n"))
    var wrong: [String] = []
    for hit in words.hits where unused[hit.symbol]?.contains(hit.file) == false {
      let text = try await clone.text(of: hit.file, at: clone.base)
      if hit.isUse(in: text) { wrong.append("\(hit.symbol) \(hit.file):\(hit.line)") }
    }
    #expect(wrong.isEmpty)
    // Used only by an inline of a header, and only by a macro of one.
    for symbol in ["__sock_recv_cmsgs", "__fuse_simple_request"] {
      if let entry = entries.first(where: { $0.symbol == symbol }) {
        #expect(entry.users?.isEmpty == false, "\(symbol)")
      }
    }
    print(
      "export ledger: \(entries.count) exports with their users in "
        + "\(String(format: "%.1f", seconds)) s; of \(sample.count) random ones \(unused.count) "
        + "unused, \(wrong.count) of these said elsewhere")
  }
}

/// Where words stand in a tree, from what `git grep -n` prints.
private struct WordSearch {
  struct Hit {
    var symbol: String
    var file: String
    var line: Int
    var text: String

    /// False for comments, exports, declarations, members, tags and labels, and where the file has a
    /// function, declaration or macro of that name to itself.
    func isUse(in file: String) -> Bool {
      let line = text.drop { $0 == " " || $0 == "\t" }
      if ["*", "/*", "//"].contains(where: line.hasPrefix) || line.contains("EXPORT_") {
        return false
      }
      let name = NSRegularExpression.escapedPattern(for: symbol)
      let other = [
        "(->|\\.|struct |union |enum |goto )\(name)\\b", "^\\s*\(name):", "\"[^\"]*\\b\(name)\\b",
        "^\\s*#\\s*(define|undef)\\s+\(name)\\b", "/\\*.*\\b\(name)\\b", "include.*\\b\(name)\\b",
        "(ENTRY|ENDPROC|_GLOBAL|SYM_\\w+|END|WEAK)\\w*\\(\\s*\(name)\\b", "\\(\\*\\s*\(name)\\)",
      ]
      if other.contains(where: { text.range(of: $0, options: .regularExpression) != nil }) {
        return false
      }
      // A declaration or a definition begins its line with a type, or with the name below the type.
      let own = "(?m)^([A-Za-z_][\\w\\s\\*]*[\\s\\*])?\(name)\\s*[(;\\[]"
      return file.range(of: own, options: .regularExpression) == nil
    }
  }

  private(set) var hits: [Hit] = []

  init(_ symbols: Set<String>, in output: String) throws {
    for line in output.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false)
      guard parts.count == 4, let number = Int(parts[2]) else { continue }
      let path = String(parts[1])
      if ["tools/", "scripts/", "Documentation/", "usr/"].contains(where: path.hasPrefix) {
        continue
      }
      let words = Set(
        parts[3].split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
      for symbol in symbols.intersection(words) {
        hits.append(Hit(symbol: symbol, file: path, line: number, text: String(parts[3])))
      }
    }
  }
}
