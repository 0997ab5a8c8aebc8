internal import CLibgit2

/// Two texts side by side as `git diff` shows them, with three lines of context.
public struct UnifiedDiff: Sendable, Equatable {
  public struct Line: Sendable, Equatable {
    public enum Kind: Sendable {
      case context
      case added
      case deleted
    }
    public let kind: Kind
    /// Number in the old text, from 1; nil for a line that comes in.
    public let old: Int?
    /// Number in the new text, from 1; nil for a line that goes.
    public let new: Int?
    /// Without its line end.
    public let text: [UInt8]
  }

  public struct Hunk: Sendable, Equatable {
    /// `@@ -1,3 +1,4 @@ function`, without a line end.
    public let heading: String
    public let lines: [Line]
  }

  public let hunks: [Hunk]

  /// Compares two texts; bytes that are no text do no harm.
  ///
  /// - Parameters:
  ///   - old: nil for a file that is added.
  ///   - new: nil for one that is deleted.
  /// - Throws: only for texts too large for libgit2 (over 1 GB).
  public init(from old: [UInt8]?, to new: [UInt8]?) throws(GitError) {
    // A patch's lines point into texts that are gone when it is read, so they are cut out here.
    let sides = (Self.lines(of: old ?? []), Self.lines(of: new ?? []))
    hunks = try TextPatch.hunks(from: old, to: new, hasContext: true) { patch, index in
      Self.hunk(index, of: patch, sides)
    }
  }

  private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
  }

  private static func hunk(
    _ index: Int, of patch: OpaquePointer?,
    _ sides: (old: [ArraySlice<UInt8>], new: [ArraySlice<UInt8>])
  ) -> Hunk {
    var hunk: UnsafePointer<git_diff_hunk>?
    var count = 0
    git_patch_get_hunk(&hunk, &count, patch, index)
    let lines = (0..<count).compactMap { number -> Line? in
      var line: UnsafePointer<git_diff_line>?
      git_patch_get_line_in_hunk(&line, patch, index, number)
      guard let line = line?.pointee else { return nil }
      let old = line.old_lineno > 0 ? Int(line.old_lineno) : nil
      let new = line.new_lineno > 0 ? Int(line.new_lineno) : nil
      let kind: Line.Kind
      switch UInt8(bitPattern: line.origin) {
      case UInt8(ascii: " "): kind = .context
      case UInt8(ascii: "+"): kind = .added
      case UInt8(ascii: "-"): kind = .deleted
      default: return nil  // Remarks about the end of a file.
      }
      let side = new == nil ? sides.old : sides.new
      let place = (new ?? old ?? 0) - 1
      guard side.indices.contains(place) else { return nil }
      return Line(kind: kind, old: old, new: new, text: Array(side[place]))
    }
    return Hunk(heading: heading(hunk!.pointee), lines: lines)
  }

  private static func heading(_ hunk: git_diff_hunk) -> String {
    let text = withUnsafeBytes(of: hunk.header) { bytes in
      Array(bytes.prefix(min(Int(hunk.header_len), bytes.count)))
    }
    return String(gitBytes: text.prefix { $0 != 0x0a && $0 != 0 })
  }
}
