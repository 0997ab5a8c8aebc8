import Foundation
import GitKit
import Testing

/// What is staged and what is on disk, against HEAD.
struct WorkingTests {
  let fixture: GitFixture

  init() throws {
    fixture = try GitFixture()
    try fixture.write("int a;\n", to: "fs/a.c")
    try fixture.write((1...30).map { "line \($0)\n" }.joined(), to: "fs/b.c")
    try fixture.write("int c;\n", to: "c.c")
    try fixture.commit("Begin")
  }

  private func staged(_ environment: [String: String] = [:]) throws -> (IndexTree, TreeDelta) {
    let repository = try fixture.open(environment: environment)
    let index = try repository.index()
    return (index, try repository.delta(from: repository.headTree(), to: index))
  }

  private func onDisk() throws -> (WorkTree, TreeDelta) {
    let repository = try fixture.open()
    let work = try repository.workTree()
    return (work, try repository.delta(from: repository.headTree(), to: work))
  }

  // MARK: Index

  @Test func stagedChangesOnly() throws {
    try fixture.write("int staged;\n", to: "fs/a.c")
    try fixture.git("add", "-A")
    try fixture.write("int later;\n", to: "fs/a.c")
    try fixture.write("int unstaged;\n", to: "c.c")
    let (index, delta) = try staged()
    #expect(delta.files.map(\.path) == ["fs/a.c"])
    #expect(delta.files.map(\.kind) == [.modified])
    #expect(delta.files[0].newID == ObjectID.blob(of: Array("int staged;\n".utf8)))
    #expect(try index.read("fs/a.c")?.text == "int staged;\n")
    #expect(try index.read("c.c")?.text == "int c;\n")
  }

  @Test func stagedRenameDeletionAndAddition() throws {
    try fixture.git("mv", "fs/b.c", "fs/moved.c")
    try fixture.git("rm", "-q", "c.c")
    try fixture.write("new\n", to: "new.c")
    try fixture.git("add", "-A")
    let (index, delta) = try staged()
    #expect(delta.files.map(\.path) == ["c.c", "fs/moved.c", "new.c"])
    #expect(delta.files.map(\.kind) == [.deleted, .renamed, .added])
    #expect(delta.files[1].oldPath == "fs/b.c")
    #expect(try index.list("") == ["fs/", "new.c"])
    #expect(try index.list("fs") == ["a.c", "moved.c"])
  }

  @Test(arguments: [true, false])
  func anIndexElsewhere(isAbsolute: Bool) throws {
    // As `git commit FILE` does it: the hook is given an index of its own.
    let other = isAbsolute ? fixture.root.path + "/next-index" : ".git/next-index"
    try FileManager.default.copyItem(
      atPath: fixture.path + "/.git/index",
      toPath: isAbsolute ? other : fixture.path + "/" + other)
    try fixture.write("int partial;\n", to: "c.c")
    try fixture.git("add", "c.c", environment: ["GIT_INDEX_FILE": other])
    try fixture.write("int other;\n", to: "fs/a.c")
    try fixture.git("add", "fs/a.c")
    let (_, delta) = try staged(["GIT_INDEX_FILE": other])
    #expect(delta.files.map(\.path) == ["c.c"])
    let (_, usual) = try staged()
    #expect(usual.files.map(\.path) == ["fs/a.c"])
    // A relative name counts from the root of the work tree.
    let inside = try Repository(
      at: fixture.path + "/fs", environment: ["GIT_INDEX_FILE": other])
    #expect(try inside.delta(from: inside.headTree(), to: inside.index()).files == delta.files)
  }

  @Test func intentToAddIsNotStaged() throws {
    try fixture.write("int soon;\n", to: "soon.c")
    try fixture.git("add", "-N", "soon.c")
    let (index, delta) = try staged()
    #expect(delta.isEmpty)
    #expect(try index.read("soon.c") == nil)
    let (work, onDisk) = try onDisk()
    #expect(onDisk.files.map(\.path) == ["soon.c"])
    #expect(onDisk.files.map(\.kind) == [.added])
    #expect(onDisk.files[0].newID == ObjectID.blob(of: Array("int soon;\n".utf8)))
    #expect(try work.read("soon.c")?.text == "int soon;\n")
  }

  @Test func conflictsAreNamed() throws {
    try fixture.git("checkout", "-q", "-b", "side")
    try fixture.write("int theirs;\n", to: "fs/a.c")
    try fixture.commit("Theirs")
    try fixture.git("checkout", "-q", "main")
    try fixture.write("int ours;\n", to: "fs/a.c")
    try fixture.commit("Ours")
    try fixture.shell("git merge -q side >/dev/null || true")
    let (index, delta) = try staged()
    #expect(index.conflicts == ["fs/a.c"])
    #expect(delta.passedOver == [.init(path: "fs/a.c", reason: .conflict)])
    #expect(delta.files.isEmpty)
    #expect(try index.read("fs/a.c")?.text == "int ours;\n")
    let (work, onDisk) = try onDisk()
    #expect(onDisk.passedOver == [.init(path: "fs/a.c", reason: .conflict)])
    #expect(try work.read("fs/a.c")?.text.contains("<<<<<<<") == true)
  }

  @Test func folderIDsAreThoseOfTheNextCommit() throws {
    try fixture.write("x", to: "fs/deep/x.c")
    try fixture.write("x", to: "fs.c")
    try fixture.write("x", to: "fs-x.c")
    try fixture.git("add", "-A")
    try fixture.git("update-index", "--chmod=+x", "c.c")
    try fixture.git("update-index", "--add", "--cacheinfo", "160000,\(fixture.id("HEAD")),sub")
    let (index, _) = try staged()
    let tree = try #require(ObjectID(hex: try fixture.git("write-tree")))
    #expect(try index.treeID(of: "") == tree)
    #expect(try index.treeID(of: "fs/deep") == (try fixture.id("\(tree):fs/deep")))
    #expect(try index.treeID(of: "nosuch") == nil)
  }

  @Test func anEmptyIndex() throws {
    try fixture.git("read-tree", "--empty")
    let (index, delta) = try staged()
    #expect(delta.files.map(\.kind) == [.deleted, .deleted, .deleted])
    #expect(try index.list("").isEmpty)
  }

  // MARK: Work tree

  @Test func changesOnDiskStagedOrNot() throws {
    try fixture.write("int disk;\n", to: "fs/a.c")
    try fixture.write("int staged;\n", to: "c.c")
    try fixture.git("add", "c.c")
    try fixture.write("int untracked;\n", to: "untracked.c")
    let (work, delta) = try onDisk()
    #expect(delta.files.map(\.path) == ["c.c", "fs/a.c"])
    #expect(delta.files.map(\.kind) == [.modified, .modified])
    #expect(delta.files[1].newID == ObjectID.blob(of: Array("int disk;\n".utf8)))
    #expect(try work.read("untracked.c") == nil)
    #expect(try work.list("") == ["c.c", "fs/"])
    #expect(try work.blobID(of: "fs/a.c") == ObjectID.blob(of: Array("int disk;\n".utf8)))
  }

  @Test func renamedDeletedAndModeOnDisk() throws {
    try fixture.git("mv", "fs/b.c", "fs/moved.c")
    try fixture.remove("c.c")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: fixture.path + "/fs/a.c")
    let (work, delta) = try onDisk()
    #expect(delta.files.map(\.path) == ["c.c", "fs/a.c", "fs/moved.c"])
    #expect(delta.files.map(\.kind) == [.deleted, .modified, .renamed])
    #expect(delta.files[1].newMode == .executable)
    #expect(delta.files[1].hasSameContent)
    #expect(try work.read("c.c") == nil)
  }

  @Test func aChangeStagedAndTakenBackOnDiskIsNone() throws {
    try fixture.write("int x;\n", to: "c.c")
    try fixture.git("add", "c.c")
    try fixture.write("int c;\n", to: "c.c")
    let (_, delta) = try onDisk()
    #expect(delta.files.filter { !$0.hasSameContent }.isEmpty)
  }

  @Test func aChangeOfEqualSizeInTheSameMoment() throws {
    // Size and time say nothing here: the file is hashed, because the index is as young as it.
    for number in 1...9 {
      try fixture.write("int \(number);\n", to: "fs/a.c")
      try fixture.git("add", "fs/a.c")
      try fixture.write("int \(number - 1);\n", to: "fs/a.c")
      let (work, _) = try onDisk()
      #expect(
        try work.blobID(of: "fs/a.c") == ObjectID.blob(of: Array("int \(number - 1);\n".utf8)))
    }
  }

  @Test func aLinkInPlaceOfAFile() throws {
    try fixture.remove("c.c")
    try FileManager.default.createSymbolicLink(
      atPath: fixture.path + "/c.c", withDestinationPath: "fs/a.c")
    let (work, delta) = try onDisk()
    #expect(delta.files.map(\.kind) == [.deleted])
    #expect(delta.passedOver.map(\.reason) == [.symlink])
    #expect(try work.read("c.c") == nil)
  }

  @Test func whatSparseCheckoutLeavesOutIsUnchanged() throws {
    try fixture.git("sparse-checkout", "set", "--no-cone", "/c.c")
    #expect(!FileManager.default.fileExists(atPath: fixture.path + "/fs/a.c"))
    let (work, delta) = try onDisk()
    #expect(delta.isEmpty)
    #expect(try work.read("fs/a.c")?.text == "int a;\n")
  }

  @Test func assumedUnchanged() throws {
    try fixture.git("update-index", "--assume-unchanged", "c.c")
    try fixture.write("int other;\n", to: "c.c")
    let (_, delta) = try onDisk()
    #expect(delta.isEmpty)
  }

  @Test func aSubmoduleIsNamed() throws {
    let inner = try GitFixture()
    try inner.change("x")
    try fixture.git("-c", "protocol.file.allow=always", "submodule", "-q", "add", inner.path, "sub")
    try fixture.commit("Add a submodule")
    let (_, clean) = try onDisk()
    #expect(clean.isEmpty)
    try fixture.git(
      ["commit", "-q", "--allow-empty", "-m", "More"],
      in: fixture.folder.appendingPathComponent("sub"))
    let (work, delta) = try onDisk()
    #expect(delta.files.isEmpty)
    #expect(delta.passedOver == [.init(path: "sub", reason: .submodule)])
    #expect(try work.read("sub") == nil)
    #expect(try work.read("sub/x.c") == nil)
  }

  // MARK: On demand

  @Test func onDemandIsTheSameAsAtOnce() throws {
    try fixture.write("int changed;\n", to: "fs/a.c")
    try fixture.git("rm", "-q", "c.c")
    try fixture.write("not tracked\n", to: "fs/z.c")
    let repository = try fixture.open()
    let (whole, demanded) = (try repository.workTree(), try repository.workTreeOnDemand())
    for path in ["fs/a.c", "fs/b.c", "fs/z.c", "c.c", "fs", "f"] {
      #expect(try demanded.blobID(of: path) == whole.blobID(of: path), "\(path)")
      #expect(try demanded.read(path) == whole.read(path), "\(path)")
    }
    for folder in ["fs", "", "nowhere"] {
      #expect(try demanded.treeID(of: folder) == whole.treeID(of: folder), "\(folder)")
      #expect(try demanded.list(folder) == whole.list(folder), "\(folder)")
      #expect(
        try demanded.files(below: folder).map(\.path) == whole.files(below: folder).map(\.path))
    }
  }

  @Test func onDemandAFolderStaysAsItWasAtItsFirstQuestion() throws {
    let demanded = try fixture.open().workTreeOnDemand()
    let before = try demanded.treeID(of: "fs")
    try fixture.write("int later;\n", to: "fs/a.c")
    #expect(try demanded.treeID(of: "fs") == before)
    #expect(try demanded.blobID(of: "fs/a.c") == ObjectID.blob(of: Array("int a;\n".utf8)))
  }

  @Test func onDemandNamesThatAreNoUTF8AreFound() throws {
    try fixture.git("config", "core.quotepath", "false")
    for name in [[0xE4], [0x61, 0xFF], [0xC3, 0xA9]] as [[UInt8]] {
      let path = Array((fixture.folder.path + "/fs/").utf8) + name + Array(".c".utf8) + [0]
      let file = path.withUnsafeBytes { fopen($0.baseAddress!, "w") }
      fclose(try #require(file))
    }
    try fixture.commit("Add names of other times")
    let repository = try fixture.open()
    let (whole, demanded) = (try repository.workTree(), try repository.workTreeOnDemand())
    for file in try whole.files(below: "") {
      #expect(try demanded.blobID(of: file.path) == file.id, "\(file.path)")
    }
  }
}
