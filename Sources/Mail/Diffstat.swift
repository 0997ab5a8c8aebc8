/// The last line of a diffstat: ` 3 files changed, 10 insertions(+), 2 deletions(-)`.
///
/// It stands above the diff, so it tells when a mail was cut off behind some file of it.
public struct Diffstat: Sendable, Equatable, CustomStringConvertible {
  public var files: Int
  public var insertions: Int
  public var deletions: Int

  public init(files: Int, insertions: Int, deletions: Int) {
    self.files = files
    self.insertions = insertions
    self.deletions = deletions
  }

  public var description: String {
    "\(files) \(files == 1 ? "file" : "files"), \(insertions) insertions and \(deletions) deletions"
  }

  /// Whether the line names a file: ` fs/fuse/file.c | 12 ++--`.
  static func isFile(_ line: String) -> Bool {
    guard line.hasPrefix(" "), let bar = line.lastIndex(of: "|") else { return false }
    let words = line[line.index(after: bar)...].split(separator: " ")
    guard let first = words.first, words.count <= 6 else { return false }
    if first == "Bin" { return true }
    return Int(first) != nil && words.dropFirst().allSatisfy { $0.allSatisfy { "+-".contains($0) } }
  }

  /// Reads the line; nil for any other.
  init?(_ line: String) {
    let pieces = line.trimmed.split(separator: ",").map { $0.split(separator: " ") }
    guard let first = pieces.first, first.count == 3, first[1] == "file" || first[1] == "files",
      first[2] == "changed", let files = Int(first[0])
    else { return nil }
    self.init(files: files, insertions: 0, deletions: 0)
    for piece in pieces.dropFirst() where piece.count == 2 {
      guard let number = Int(piece[0]) else { return nil }
      if piece[1].hasPrefix("insertion") { insertions = number }
      if piece[1].hasPrefix("deletion") { deletions = number }
    }
  }
}
