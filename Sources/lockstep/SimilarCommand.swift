import ArgumentParser
import Foundation
import Report
import Review

struct SimilarCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "similar",
    abstract: "Ranks the functions of the tree that a function repeats.")

  /// How the ranking is printed.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
  }

  @Argument(help: ArgumentHelp("The function, as FILE:FUNCTION.", valueName: "file:function"))
  var function: String

  @OptionGroup var tree: TreeOptions

  @Option(help: "How to print the ranking.")
  var format: Format = .text

  @Option(help: ArgumentHelp("At most this many matches.", valueName: "n"))
  var limit = 10

  @Flag(name: .customLong("no-cache"), help: "Look at the function's folder only.")
  var noCache = false

  mutating func validate() throws {
    guard let colon = function.lastIndex(of: ":"), colon != function.startIndex,
      function.index(after: colon) != function.endIndex
    else {
      throw ValidationError("'\(function)' is no FILE:FUNCTION")
    }
    if limit < 1 { throw ValidationError("--limit needs a number from 1 on") }
  }

  mutating func run() throws {
    let directory = try tree.enter()
    let colon = function.lastIndex(of: ":")!
    let line = IndexProgress(isQuiet: false)
    defer { line.clear() }
    let answer = try SimilarQuery(
      directory: directory, cacheDirectory: noCache ? nil : UserCache.directory,
      jobs: tree.jobs ?? ProcessInfo.processInfo.activeProcessorCount
    ).answer(
      file: String(function[..<colon]), function: String(function[function.index(after: colon)...]),
      revision: tree.rev, limit: limit
    ) { line.show(done: $0, total: $1) }
    line.clear()
    try ReportTarget(nil).write(format == .json ? Self.json(answer) : Self.text(answer))
  }

  private static func json(_ answer: SimilarQuery.Answer) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(answer), as: UTF8.self) + "\n"
  }

  private static func text(_ answer: SimilarQuery.Answer) -> String {
    var lines = ["\(answer.query.function)() \(answer.query.file):\(answer.query.line)"]
    lines += answer.matches.map { match in
      let share = "\(Int((match.containment * 100).rounded(.down)))%"
      let padding = String(repeating: " ", count: max(0, 4 - share.count))
      return
        "  \(padding)\(share)  \(match.verdict)  \(match.function)() \(match.file):\(match.line)"
    }
    if answer.matches.isEmpty { lines.append("  repeats nothing") }
    return lines.map { $0.visible() + "\n" }.joined()
  }
}
