import Foundation

/// A folder of its own for a test, gone when the last reference is.
public final class TemporaryFolder: Sendable {
  public let path: String

  /// - Parameter parent: the folder that it is made in; the system's own for nil.
  public init(in parent: String? = nil) throws {
    let url = (parent.map { URL(filePath: $0) } ?? FileManager.default.temporaryDirectory)
      .appending(path: "lockstep-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.resolvingSymlinksInPath().path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file below the folder, with the folders that it needs.
  public func write(_ text: String, to file: String) throws {
    let url = URL(filePath: path).appending(path: file)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }
}
