internal import Foundation
import GitKit

/// Bytes that earlier runs made, each in a file below one folder.
///
/// A file is written beside its place and renamed, and starts with the id of its bytes: a torn or
/// foreign one counts as none. Nobody depends on what is here, so an error of the disk means "not
/// kept" and no more. All of it may be deleted at any time, by anyone.
struct KeptBytes: Sendable {
  /// Absolute path; made when something is written.
  let folder: String
  /// Bytes that may stay; the files that were not used for the longest time go first.
  var limit = 400_000_000

  /// Length of the id that a file starts with.
  private static let headLength = 20

  /// What was written under `name`, unless something happened to it.
  func read(_ name: String) -> [UInt8]? {
    let path = place(of: name)
    guard let data = FileManager.default.contents(atPath: path), data.count >= Self.headLength
    else { return nil }
    let bytes = [UInt8](data.dropFirst(Self.headLength))
    guard ObjectID.blob(of: bytes) == ObjectID(bytes: data.prefix(Self.headLength)) else {
      return nil
    }
    utimes(path, nil)
    return bytes
  }

  /// Keeps `bytes` under `name`, in place of what was there.
  func write(_ bytes: [UInt8], as name: String) {
    let url = URL(fileURLWithPath: place(of: name))
    try? FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try? Data(ObjectID.blob(of: bytes).bytes + bytes).write(to: url, options: .atomic)
  }

  /// Names are spread over folders by their first two letters, as git does it.
  private func place(of name: String) -> String { "\(folder)/\(name.prefix(2))/\(name)" }

  /// Deletes the files that were not used for long until the rest fits.
  func trim() {
    let keys: Set<URLResourceKey> = [
      .contentModificationDateKey, .fileSizeKey, .isRegularFileKey,
    ]
    let root = URL(fileURLWithPath: folder)
    let walk = FileManager.default.enumerator(at: root, includingPropertiesForKeys: Array(keys))
    var files: [(url: URL, used: Date, bytes: Int)] = []
    while let url = walk?.nextObject() as? URL {
      guard let values = try? url.resourceValues(forKeys: keys), values.isRegularFile == true
      else { continue }
      files.append(
        (url, values.contentModificationDate ?? .distantPast, values.fileSize ?? 0))
    }
    var total = files.reduce(0) { $0 + $1.bytes }
    for file in files.sorted(by: { $0.used < $1.used }) where total > limit {
      try? FileManager.default.removeItem(at: file.url)
      total -= file.bytes
    }
  }
}
