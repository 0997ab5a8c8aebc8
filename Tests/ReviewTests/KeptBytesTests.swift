import Foundation
import ProgramUnderTest
import Testing

@testable import Review

/// What is kept is what was written, or nothing.
@Suite struct KeptBytesTests {
  private let folder: TemporaryFolder
  private let kept: KeptBytes

  init() throws {
    folder = try TemporaryFolder()
    kept = KeptBytes(folder: folder.path + "/kept", limit: 3_000)
  }

  private var place: URL { URL(filePath: folder.path + "/kept/ab/abc") }

  @Test func comesBack() {
    #expect(kept.read("abc") == nil)
    kept.write([1, 2, 3], as: "abc")
    #expect(kept.read("abc") == [1, 2, 3])
    kept.write([], as: "abc")
    #expect(kept.read("abc") == [])
  }

  @Test(arguments: [0, 5, 19, 20, 30])
  func aTornFileIsNone(length: Int) throws {
    kept.write(Array(repeating: 7, count: 40), as: "abc")
    try Data(contentsOf: place).prefix(length).write(to: place)
    #expect(kept.read("abc") == nil)
  }

  @Test(arguments: 0..<23)
  func aFlippedBitIsNone(at offset: Int) throws {
    kept.write([1, 2, 3], as: "abc")
    var data = try Data(contentsOf: place)
    data[offset] ^= 16
    try data.write(to: place)
    #expect(kept.read("abc") == nil)
  }

  @Test func whatWasNotUsedForLongGoesFirst() throws {
    for name in ["abc", "bcd", "cde", "def"] {
      kept.write(Array(repeating: 1, count: 980), as: name)
    }
    let past = Date(timeIntervalSinceNow: -1_000)
    for name in ["bc/bcd", "de/def", "ab/abc"] {
      try FileManager.default.setAttributes(
        [.modificationDate: past], ofItemAtPath: folder.path + "/kept/" + name)
    }
    #expect(kept.read("abc") != nil && kept.read("def") != nil)
    kept.trim()
    #expect(kept.read("bcd") == nil)
    #expect(["abc", "cde", "def"].allSatisfy { kept.read($0) != nil })
  }

  @Test func aFolderThatCannotBeWrittenKeepsNothing() {
    let nowhere = KeptBytes(folder: "/proc/none")
    nowhere.write([1], as: "abc")
    nowhere.trim()
    #expect(nowhere.read("abc") == nil)
  }
}
