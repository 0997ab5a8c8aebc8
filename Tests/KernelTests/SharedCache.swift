import Foundation

/// What the program keeps between its runs, one for all tests.
///
/// So the tree is indexed once and its headers are made up once. Gone when the tests end.
enum SharedCache {
  static let path: String = {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "lockstep-test-cache-\(ProcessInfo.processInfo.processIdentifier)").path
    atexit { try? FileManager.default.removeItem(atPath: SharedCache.path) }
    return folder
  }()
}
