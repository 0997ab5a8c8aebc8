import Foundation

/// A folder that lives as long as the closure runs.
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let place = NSTemporaryDirectory() + "/kerneltree-" + UUID().uuidString
  try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: place) }
  guard let real = realpath(place, nil) else { return try body(place) }
  defer { free(real) }
  return try body(String(cString: real))
}

/// Writes files by their path below `root`, with the folders that they need.
func write(_ files: [String: String], below root: String) throws {
  for (path, text) in files {
    let url = URL(fileURLWithPath: root + "/" + path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: url, atomically: false, encoding: .utf8)
  }
}
