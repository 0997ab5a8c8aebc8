import Foundation
import GitKit
import Testing

/// Nothing that is read changes a byte of the repository, its index or the work tree.
struct ReadOnlyTests {
  let fixture: GitFixture
  let before: FolderPrint

  init() throws {
    fixture = try GitFixture()
    try fixture.write("one\n", to: "fs/a.c")
    try fixture.write((1...30).map { "line \($0)\n" }.joined(), to: "fs/b.c")
    try fixture.commit("One")
    try fixture.git("branch", "side")
    try fixture.write("two\n", to: "fs/a.c")
    try fixture.commit("Two")
    try fixture.write("staged\n", to: "fs/new.c")
    try fixture.git("mv", "fs/b.c", "fs/c.c")
    try fixture.git("add", "-A")
    try fixture.write("on disk\n", to: "fs/a.c")
    // The index knows another time for this file than the disk: git itself would refresh it.
    let later = Date(timeIntervalSinceNow: 60)
    try FileManager.default.setAttributes(
      [.modificationDate: later], ofItemAtPath: fixture.path + "/fs/new.c")
    before = try FolderPrint(fixture.path)
  }

  private func expectUnchanged() throws {
    let after = try FolderPrint(fixture.path)
    #expect(after == before)
    #expect(before.entries.keys.contains(".git/index"))
    #expect(before.entries.keys.contains { $0.hasPrefix(".git/objects/") })
  }

  @Test func commitsAndRanges() throws {
    let repository = try fixture.open()
    for words in [["-2"], ["side..HEAD"], ["side...HEAD"], ["HEAD"]] {
      for commit in try repository.range(words).commits {
        _ = try repository.delta(of: commit)
        for file in try repository.tree(of: commit).files(below: "") {
          _ = try repository.tree(of: commit).read(file.path)
        }
      }
    }
    _ = try? repository.range()
    try expectUnchanged()
  }

  @Test func index() throws {
    let repository = try fixture.open()
    let index = try repository.index()
    #expect(try repository.delta(from: repository.headTree(), to: index).files.count == 2)
    for file in try index.files(below: "") { _ = try index.read(file.path) }
    _ = try index.treeID(of: "")
    try expectUnchanged()
  }

  @Test func workTree() throws {
    let repository = try fixture.open()
    let work = try repository.workTree()
    #expect(try repository.delta(from: repository.headTree(), to: work).files.count == 3)
    for file in try work.files(below: "") { _ = try work.read(file.path) }
    _ = try work.treeID(of: "")
    try expectUnchanged()
  }

  @Test func folderAndOverlay() throws {
    let folder = try FolderTree(fixture.path)
    for file in try folder.files(below: "") { _ = try folder.read(file.path) }
    var overlay = OverlayTree(folder)
    overlay.write(Array("new".utf8), to: "fs/a.c")
    overlay.delete("fs/c.c")
    _ = try overlay.files(below: "")
    try expectUnchanged()
  }

  @Test func patches() throws {
    let patch = Patch(
      Array(
        """
        diff --git a/fs/a.c b/fs/a.c
        index \(try fixture.id("HEAD~1:fs/a.c"))..0000000 100644
        --- a/fs/a.c
        +++ b/fs/a.c
        @@ -1 +1,2 @@
         one
        +more

        """.utf8))
    let repository = try fixture.open()
    let head = try #require(try repository.headTree())
    for tree in [head, try repository.index()] as [any TreeSource] {
      let result = try patch.applied(to: tree, preimagesFrom: repository)
      #expect(result.rejects.count + result.merged.count + result.delta.files.count > 0)
    }
    try expectUnchanged()
  }

  @Test func aPrintSeesEveryChange() throws {
    try fixture.write("Two\n", to: "fs/a.c")
    #expect(try FolderPrint(fixture.path) != before)
    try fixture.write("on disk\n", to: "fs/a.c")
    try fixture.git("status")
    // git refreshes its index here, which is what must not happen in the other tests.
    #expect(try FolderPrint(fixture.path) != before)
  }
}
