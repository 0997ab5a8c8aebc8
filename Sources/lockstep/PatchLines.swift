import GitKit
import Review

/// A patch as `git range-diff` compares it: files, headings and lines, without their numbers.
enum PatchLines {
  static func lines(of patch: ReviewPatches.Patch?) -> [String] {
    var lines: [String] = []
    for file in patch?.files ?? [] {
      // A blank line stands between two files.
      if !lines.isEmpty { lines.append("") }
      lines.append(" ## \(title(file.old, file.new)) ##")
      for hunk in file.diff.hunks {
        // The file's name stands only where a function's does.
        let name = function(hunk.heading)
        lines.append(name.isEmpty ? "@@" : "@@ \(file.new ?? file.old ?? ""):\(name)")
        lines += hunk.lines.map { $0.kind.mark + String(decoding: $0.text, as: UTF8.self) }
      }
    }
    return lines
  }

  /// How many lines a diff of two patches has, headings and context counted as git counts them.
  static func difference(_ one: [String], _ other: [String]) -> Int {
    func bytes(_ lines: [String]) -> [UInt8] { lines.flatMap { Array($0.utf8) + [0x0a] } }
    guard let diff = try? UnifiedDiff(from: bytes(one), to: bytes(other)) else {
      return one.count + other.count
    }
    return diff.hunks.reduce(0) { $0 + 1 + $1.lines.count }
  }

  private static func title(_ old: String?, _ new: String?) -> String {
    switch (old, new) {
    case (let old?, let new?): old == new ? new : "\(old) => \(new)"
    case (let old?, nil): "\(old) (deleted)"
    case (nil, let new): "\(new ?? "") (new)"
    }
  }

  /// What follows the second `@@` of a heading.
  private static func function(_ heading: String) -> Substring {
    let start = heading.dropFirst(2)
    guard let end = start.firstRange(of: "@@") else { return "" }
    return start[end.upperBound...]
  }
}

extension UnifiedDiff.Line.Kind {
  fileprivate var mark: String {
    switch self {
    case .context: " "
    case .added: "+"
    case .deleted: "-"
    }
  }
}
