import Foundation

/// A `compile_commands.json`: which command compiled which file.
struct CompileDatabase: Sendable {
  private struct Entry: Decodable {
    var directory: String
    var file: String
    var command: String?
    var arguments: [String]?
  }

  /// Commands by the absolute path of the file.
  private(set) var commands: [String: CompileCommand] = [:]

  /// Reads the file at `path`; entries for anything but C are left out.
  init(path: String) throws(KernelTreeError) {
    let entries: [Entry]
    do {
      let data = try Data(contentsOf: URL(fileURLWithPath: path))
      entries = try JSONDecoder().decode([Entry].self, from: data)
    } catch {
      throw .unreadable(
        path: path, reason: "it is no compilation database (\(Self.sentence(error)))")
    }
    for entry in entries where entry.file.hasSuffix(".c") {
      let words =
        entry.arguments ?? entry.command.flatMap { ShellWords($0).commands.first } ?? []
      commands[TreePath.absolute(entry.file, in: entry.directory)] = CompileCommand(
        directory: entry.directory, words: Array(words.dropFirst()))
    }
  }

  /// The folder that the tree's own files lie under, found from the longest folder that all
  /// entries share; nil without entries.
  var commonFolder: String? {
    var shared: [Substring]?
    for file in commands.keys {
      let parts = TreePath.folder(of: file).split(separator: "/")
      guard let known = shared else {
        shared = parts
        continue
      }
      shared = Array(zip(known, parts).prefix { $0 == $1 }.map(\.0))
    }
    return shared.map { "/" + $0.joined(separator: "/") }
  }

  private static func sentence(_ error: any Error) -> String {
    switch error {
    case DecodingError.dataCorrupted(let context): context.debugDescription
    case DecodingError.keyNotFound(let key, _): "an entry lacks \"\(key.stringValue)\""
    case DecodingError.typeMismatch(_, let context): context.debugDescription
    default: (error as NSError).localizedDescription
    }
  }
}
