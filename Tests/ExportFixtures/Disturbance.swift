internal import CSyntax

/// Edits of a C file that have nothing to do with a finding in it.
public enum Disturbance: String, CaseIterable, Sendable {
  case blankLines, comments, functionAbove
  /// The last function stands before the first one.
  case functionMoved
  /// The file has another name, in its Makefile and its includes too.
  case fileRenamed

  /// Whether a finding has to keep its name always, not only nearly.
  public var isAbove: Bool { self != .functionMoved && self != .fileRenamed }

  /// The text of a file after it.
  ///
  /// - Parameter files: what is renamed if something is; what a finding says is missing is not there.
  public func text(_ text: String, of path: String, among files: Set<String>) -> String {
    if self == .fileRenamed { return renamed(text, of: path, files) }
    guard path.hasSuffix(".c") || path.hasSuffix(".h") else { return text }
    switch self {
    case .blankLines: return "\n\n\n" + text
    case .comments: return "/* Something that was not said before:\n * f(x);\n */\n" + text
    case .functionAbove:
      let other = "static inline int lockstep_other(int first)\n{\n\treturn first + 1;\n}\n"
      return inserted(other, in: text)
    case .functionMoved: return withLastFunctionFirst(text)
    case .fileRenamed: return text
    }
  }

  /// The path of a file after it.
  public func path(_ path: String, among files: Set<String>) -> String {
    guard self == .fileRenamed, files.contains(path), path.hasSuffix(".c") || path.hasSuffix(".h")
    else { return path }
    return path.dropLast(2) + "_renamed" + path.suffix(2)
  }

  /// After the includes, so that it stands among functions.
  private func inserted(_ addition: String, in text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let last = lines.lastIndex { $0.hasPrefix("#include") }
    lines.insert(addition, at: last.map { $0 + 1 } ?? 0)
    return lines.joined(separator: "\n")
  }

  private func withLastFunctionFirst(_ text: String) -> String {
    let functions = Outline(text).functions
    guard let first = functions.first, let last = functions.last, first.endLine < last.startLine
    else { return text }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let moved = Array(lines[(last.startLine - 1)...(last.endLine - 1)])
    lines.removeSubrange((last.startLine - 1)...(last.endLine - 1))
    lines.insert(contentsOf: moved, at: first.startLine - 1)
    return lines.joined(separator: "\n")
  }

  private func renamed(_ text: String, of path: String, _ files: Set<String>) -> String {
    let folder = path.split(separator: "/").dropLast().joined(separator: "/")
    func isThere(_ name: Substring, _ ending: String) -> Bool {
      files.contains { $0 == "\(folder)/\(name)\(ending)" || $0.hasSuffix("/\(name)\(ending)") }
    }
    if path.hasSuffix("Makefile") || path.hasSuffix("Kbuild") {
      return text.replacing(#/([a-z0-9_]+)\.o\b/#) { match in
        isThere(match.1, ".c") ? match.1 + "_renamed.o" : match.0
      }
    }
    return text.replacing(#/(#include ["<])([^">]+)\.h([">])/#) { match in
      isThere(match.2, ".h") ? match.1 + match.2 + "_renamed.h" + match.3 : match.0
    }
  }
}
