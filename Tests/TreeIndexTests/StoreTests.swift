import Foundation
import Testing

@testable import TreeIndex

@Suite struct StoreTests {
  /// `LOCKSTEP_SOAK=1` takes the sizes that a test between two edits cannot wait for.
  private enum Size {
    private static let isLarge = ProcessInfo.processInfo.environment["LOCKSTEP_SOAK"] == "1"
    static let files = isLarge ? 100_000 : 20_000
    static let bytes = isLarge ? 20 << 20 : 3 << 20
  }

  /// Calls `body` with a store in a folder of its own.
  private func withStore(_ body: (IndexStore) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "lockstep-index-\(UInt64.random(in: 0...UInt64.max))"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(IndexStore(folder: folder + "/cache"))
  }

  private func facts(_ index: TreeIndex) throws -> String {
    let names = [
      "meadow_mow", "meadow_unit", "meadow_count", "meadow_twice", "meadow_fast", "user_mow",
      "MEADOW_DIM", "meadow_new", "mow",
    ]
    return try names.map { name in
      "\(name) \(try index.definitions(of: name)) \(try index.uses(of: name)) "
        + "\(try index.operations(ofMember: name))"
    }.joined(separator: "\n")
  }

  @Test func buildsOnceAndFindsAfter() throws {
    try withStore { store in
      let first = try store.index(of: Meadow.tree)
      #expect(first.origin == .built(files: 5))
      #expect(first.index.isWholeTree)
      let second = try store.index(of: Meadow.tree)
      #expect(second.origin == .found)
      #expect(try facts(first.index) == facts(second.index))
      #expect(store.entries().map(\.files) == [5])
      #expect(store.entries().compactMap(\.problem).isEmpty)
    }
  }

  @Test(arguments: [true, false])
  func aLaterVersionIsAnUpdateThatKnowsTheSame(hasFolderNames: Bool) throws {
    var tree = Meadow.tree
    tree.namesFolders = hasFolderNames
    var later = tree
    later.files["core/meadow.c"] = Meadow.core
      .replacing("EXPORT_SYMBOL_GPL(meadow_mow);\n", with: "")
      .replacing("return m->mow", with: "meadow_new();\n\treturn m->mow")
    later.files["user/user.c"] = nil
    later.files["arch/fast.S"] = nil
    later.files["new/deep/down.c"] = "int meadow_new(void)\n{\n\treturn meadow_mow(0, 1);\n}\n"
    try withStore { store in
      _ = try store.index(of: tree)
      let updated = try store.index(of: later)
      #expect(updated.origin == .updated(files: 2))
      #expect(updated.index.isWholeTree)
      try withStore { other in
        let fresh = try other.index(of: later)
        #expect(try facts(updated.index) == facts(fresh.index))
      }
      #expect(try store.index(of: later).origin == .found)
      #expect(try store.index(of: tree).origin == .found)
    }
  }

  @Test func existingNeverBuilds() throws {
    try withStore { store in
      #expect(try store.existing(Meadow.tree) == nil)
      _ = try store.index(of: Meadow.tree)
      #expect(try store.existing(Meadow.tree) != nil)
    }
  }

  @Test func progressMayStopIt() throws {
    try withStore { store in
      #expect(throws: IndexError.cancelled) {
        _ = try store.index(of: Meadow.tree) { done, total in
          #expect(total == 5)
          return done > total
        }
      }
      #expect(store.entries().isEmpty)
      #expect(store.clear() == 0)
    }
  }

  /// Opens the file after `damage` was done to it: what is wrong must not be believed.
  private func survives(_ damage: (inout [UInt8]) -> Void) throws {
    try withStore { store in
      let right = try facts(store.index(of: Meadow.tree).index)
      let name = try #require(store.entries().first?.name)
      let path = store.path + "/" + name
      var bytes = [UInt8](try #require(FileManager.default.contents(atPath: path)))
      damage(&bytes)
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      var answer: String?
      // Damage that shows only when a column is read is an error then, and the file is dropped.
      for _ in 0..<2 where answer == nil {
        do {
          answer = try facts(store.index(of: Meadow.tree).index)
        } catch let error as IndexError {
          store.discard(after: error)
        }
      }
      #expect(answer == right)
    }
  }

  @Test(arguments: [0, 1, 24, 47, 48, 100, 1000, 2000])
  func aTruncatedFileIsBuiltAgain(length: Int) throws {
    try survives { $0 = Array($0.prefix(length)) }
  }

  @Test func flippedBitsAreNeverBelieved() throws {
    for round in 0..<120 {
      try survives { bytes in
        let place = (round * 7919 + round * round * 104_729) % bytes.count
        bytes[place] ^= 1 << UInt8(round % 8)
      }
    }
  }

  @Test func foreignFilesAreBuiltAgain() throws {
    try survives { $0 = Array(repeating: 0, count: 5000) }
    try survives { $0 = Array("#!/bin/sh\necho no index\n".utf8) }
    try survives { $0 += [0] }
  }

  @Test func anotherTreesFileUnderThisNameIsNotBelieved() throws {
    try withStore { store in
      let other = TextTree(["a.c": "int a(void)\n{\n}\n"])
      _ = try store.index(of: other)
      let foreign = try #require(store.entries().first)
      _ = try store.index(of: Meadow.tree)
      let own = try #require(
        store.entries().first { $0.tree != foreign.tree && $0.base == nil }
          ?? store.entries().first { $0.tree != foreign.tree })
      let paths = (store.path + "/" + foreign.name, store.path + "/" + own.name)
      try FileManager.default.removeItem(atPath: paths.1)
      try FileManager.default.copyItem(atPath: paths.0, toPath: paths.1)
      #expect(try !store.index(of: Meadow.tree).index.definitions(of: "meadow_mow").isEmpty)
    }
  }

  @Test func unfinishedFilesAreLeftAlone() throws {
    try withStore { store in
      _ = try store.index(of: Meadow.tree)
      let name = try #require(store.entries().first?.name)
      let part = store.path + "/\(name).1-2.part"
      #expect(FileManager.default.createFile(atPath: part, contents: Data("torn".utf8)))
      #expect(try store.index(of: Meadow.tree).origin == .found)
      #expect(FileManager.default.fileExists(atPath: part))
      // In the folder for temporary files, others have theirs beside it.
      let foreign = store.path + "/film.mkv.part"
      #expect(FileManager.default.createFile(atPath: foreign, contents: nil))
      #expect(store.clear() == 2)
      #expect(!FileManager.default.fileExists(atPath: part))
      #expect(FileManager.default.fileExists(atPath: foreign))
    }
  }

  @Test func twoAtATimeMakeTheSameFile() async throws {
    let folder = NSTemporaryDirectory() + "lockstep-index-\(UInt64.random(in: 0...UInt64.max))"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<6 {
        group.addTask {
          try IndexStore(folder: folder).index(of: Meadow.tree).index.uses(of: "meadow_mow").count
        }
      }
      for try await count in group { #expect(count == 7) }
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(names.count == 1)
  }

  @Test func aCacheThatCannotBeWrittenToIsDoneWithout() throws {
    let file = NSTemporaryDirectory() + "lockstep-file-\(UInt64.random(in: 0...UInt64.max))"
    defer { try? FileManager.default.removeItem(atPath: file) }
    #expect(FileManager.default.createFile(atPath: file, contents: nil))
    let store = IndexStore(folder: file + "/cache")
    let result = try store.index(of: Meadow.tree)
    #expect(result.origin == .built(files: 5))
    #expect(try result.index.uses(of: "meadow_mow").count == 7)
  }

  @Test func aFullDiskIsAnErrorThatNamesTheFile() throws {
    struct FullSink: SegmentSink {
      var room = 500
      mutating func write(_ bytes: UnsafeRawBufferPointer) throws(IndexError) {
        room -= bytes.count
        if room < 0 { throw .cannotWrite(path: "x.tree", reason: "No space left on device") }
      }
    }
    let files = try Meadow.tree.files(below: "").filter { SourceKind(path: $0.path) != nil }
    #expect(throws: IndexError.self) {
      var builder = try SegmentBuilder(FullSink(), files: files)
      try RecordReader(source: Meadow.tree, files: files, jobs: 1)
        .forEachBatch { (batch) throws(IndexError) in try builder.add(batch) }
      _ = try builder.finish(
        SegmentIdentity(tree: nil, base: nil, isWhole: true), folders: [], removed: [])
    }
  }

  @Test func aTreeOfOneFileIsEnough() throws {
    try withStore { store in
      let tree = TextTree(["one.c": "int one(void)\n{\n\treturn two();\n}\n"])
      #expect(try store.index(of: tree).origin == .built(files: 1))
      let index = try #require(try store.existing(tree)).index
      #expect(try index.definitions(of: "one").map(\.line) == [1])
      #expect(try index.uses(of: "two").map(\.function) == ["one"])
    }
  }

  @Test func aTreeOfManyFilesInOneFolderIsFound() throws {
    try withStore { store in
      var files: [String: String] = [:]
      let count = Size.files
      for number in 0..<count { files["many/\(number).h"] = "int many_\(number)(void);\n" }
      let tree = TextTree(files)
      #expect(try store.index(of: tree).origin == .built(files: count))
      let index = try #require(try store.existing(tree)).index
      for number in [0, 1, count / 2, count - 1] {
        #expect(
          try index.definitions(of: "many_\(number)").map(\.file) == ["many/\(number).h"])
      }
    }
  }

  /// Tables that a generator wrote, as register headers are, only longer.
  @Test func aVeryLongGeneratedFileIsRead() throws {
    try withStore { store in
      var text = "int before(void)\n{\n\treturn 1;\n}\nstatic const unsigned int table[] = {\n"
      text.reserveCapacity(Size.bytes + 1000)
      while text.utf8.count < Size.bytes { text += "\t0x00c0ffee, 0x00000001, TABLE_ENTRY(7),\n" }
      text += "};\nint after(void)\n{\n\treturn before();\n}\n"
      let index = try store.index(of: TextTree(["big.c": text])).index
      #expect(try index.definitions(of: "after").count == 1)
      #expect(try index.uses(of: "before").map(\.function) == ["after"])
    }
  }

  /// What else lies in a tree under a name that ends in `.c`.
  private static let noC = [
    "nothing": "", "a zero byte": "\0", "an open string": "\"", "an open character": "'",
    "an open comment": "/*", "a bare directive": "#", "a bare #if": "#if", "a backslash": "\\",
    "ends without beginnings": "#else\n#endif\n#endif\n}}}}))))]]]]",
    "a byte order mark": "\u{feff}int f;", "brackets": String(repeating: "{([", count: 50_000),
    "one long word": String(repeating: "x", count: 1 << 20),
    "empty lines": String(repeating: "\n", count: 100_000),
    "conditions": String(repeating: "#if 1\n", count: 20_000),
    "a page": "<html><body>It's no C.</body></html>\n",
    "a program": "\u{7f}ELF\u{2}\u{1}\u{1}\0\0\0 (){;}=,\0\0",
  ]

  @Test(arguments: noC.keys.sorted())
  func aFileThatIsNoCHarmsNoOther(what: String) throws {
    try expectHarmless(try #require(Self.noC[what]))
  }

  private func expectHarmless(_ text: String) throws {
    try withStore { store in
      let other = "int one(void)\n{\n\treturn two();\n}\n"
      let index = try store.index(of: TextTree(["a.c": other, "b.c": text, "c.c": other])).index
      #expect(try index.definitions(of: "one").map(\.file) == ["a.c", "c.c"])
      #expect(try index.uses(of: "two").map(\.file) == ["a.c", "c.c"])
      #expect(index.size.files == 3)
    }
  }

  @Test func noiseInAFileHarmsNoOther() throws {
    var random: UInt64 = 88_172_645_463_325_252
    for _ in 0..<20 {
      let noise = (0..<5000).map { _ -> Character in
        random ^= random << 13
        random ^= random >> 7
        random ^= random << 17
        // Signs and letters of C more often than not.
        let signs = Array("{}()[];,#\"'\\/*\n =ab")
        return signs[Int(random % UInt64(signs.count))]
      }
      try expectHarmless(String(noise))
    }
  }

  @Test func onlyTheLastUsedAreKept() throws {
    try withStore { store in
      for number in 0..<5 {
        var files: [String: String] = [:]
        for file in 0..<5000 { files["\(number)/\(file).h"] = "" }
        _ = try store.index(of: TextTree(files))
      }
      #expect(store.entries().count == 3)
    }
  }
}
