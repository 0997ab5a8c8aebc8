import Foundation
import Testing

@testable import KernelTree

@Suite struct CacheFolderTests {
  /// A folder of 100 bytes that was used so many seconds ago.
  private func add(_ key: String, age: TimeInterval, to cache: CacheFolder) throws -> String {
    let path = try cache.folder("kind", key: key) {
      try CacheFolder.write(Array("100".utf8), to: $0 + "/size")
    }
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -age)], ofItemAtPath: path + "/complete")
    return path
  }

  @Test func theOldestGoFirstAndWhatIsInUseStays() throws {
    try withTemporaryFolder { folder in
      let cache = CacheFolder(root: folder, limit: 250)
      let paths = try [("new", 10.0), ("middle", 5_000), ("old", 9_000), ("oldest", 20_000)].map {
        try add($0.0, age: $0.1, to: CacheFolder(root: folder))
      }
      cache.trim()
      #expect(
        paths.map { FileManager.default.fileExists(atPath: $0) } == [true, true, false, false])
      CacheFolder(root: folder, limit: 0).trim()
      #expect(
        paths.map { FileManager.default.fileExists(atPath: $0) } == [true, false, false, false])
    }
  }

  @Test func anIncompleteFolderIsMadeAnew() throws {
    try withTemporaryFolder { folder in
      let cache = CacheFolder(root: folder)
      try write(["kind/key/half": "x"], below: folder)
      let path = try cache.folder("kind", key: "key") {
        try CacheFolder.write([1], to: $0 + "/whole")
      }
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: path).sorted() == ["complete", "whole"])
    }
  }

  @Test func aFailureLeavesNothing() throws {
    try withTemporaryFolder { folder in
      let cache = CacheFolder(root: folder)
      #expect(throws: KernelTreeError.self) {
        try cache.folder("kind", key: "key") { _ in
          throw KernelTreeError.cache(path: "x", reason: "y")
        }
      }
      let left = try FileManager.default.contentsOfDirectory(atPath: folder + "/kind")
      #expect(left == [])
    }
  }
}
