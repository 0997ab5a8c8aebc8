import Foundation

/// A cache for one run, where the user wants none or has none that can be written.
struct TemporaryCache {
  let path = FileManager.default.temporaryDirectory
    .appending(path: "lockstep-\(UUID().uuidString)").path

  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
