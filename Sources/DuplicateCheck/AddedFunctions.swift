internal import CSyntax
internal import Findings

/// The functions that a change brings in, and what it knows of the ones that were there.
struct AddedFunctions: Sendable {
  /// New functions, and old ones of which half the lines are new, in the order of files and lines.
  let added: [Subject]
  /// Functions as they were before the change, in the files that it touches.
  let before: [Subject]
  /// Functions of the touched files as they are after the change, by path.
  let after: [String: SubjectFile]
  /// Names of the functions that each touched file had, by the path it has now.
  private let earlierNames: [String: Set<String>]

  init(_ change: Change) {
    var added: [Subject] = []
    var before: [Subject] = []
    var after: [String: SubjectFile] = [:]
    var names: [String: Set<String>] = [:]
    for file in change.files {
      let old = file.before.flatMap { Self.isC($0.path) ? SubjectFile($0) : nil }
      if let old { before += old.outline.functions.map(old.subject) }
      guard let version = file.after, Self.isC(version.path) else { continue }
      let new = SubjectFile(version)
      after[version.path] = new
      let known = Set(old?.outline.functions.map(\.name) ?? [])
      names[version.path] = known
      for item in new.outline.functions {
        let isNew = !known.contains(item.name) || Self.isRewritten(item, file.addedLines)
        if isNew, old == nil || Self.touches(item, file.addedLines) {
          added.append(new.subject(item))
        }
      }
    }
    self.added = added
    self.before = before
    self.after = after
    earlierNames = names
  }

  private static func isC(_ path: String) -> Bool { path.hasSuffix(".c") || path.hasSuffix(".h") }

  private static func touches(_ item: FunctionItem, _ lines: [ClosedRange<Int>]) -> Bool {
    lines.contains { $0.overlaps(item.startLine...max(item.startLine, item.endLine)) }
  }

  /// True when at least half of the function's lines are new.
  private static func isRewritten(_ item: FunctionItem, _ lines: [ClosedRange<Int>]) -> Bool {
    let whole = item.startLine...max(item.startLine, item.endLine)
    let touched = lines.reduce(0) { $0 + ($1.overlaps(whole) ? $1.clamped(to: whole).count : 0) }
    return touched * 2 >= whole.count
  }

  /// True when `function` of `path` was there before the change.
  func existed(_ function: String, in path: String) -> Bool {
    earlierNames[path].map { $0.contains(function) } ?? true
  }
}

extension SubjectFile {
  init(_ version: FileVersion) { self.init(path: version.path, text: version.text) }
}
