import GitKit
import Testing

/// What differs between the files of two commits.
struct DeltaTests {
  let fixture: GitFixture
  private let body = (1...40).map { "line \($0)\n" }.joined()

  init() throws {
    fixture = try GitFixture()
    try fixture.write(body, to: "fs/a.c")
    try fixture.write("one\ntwo\nthree\n", to: "b.h")
    try fixture.write("script\n", to: "run.sh")
    try fixture.commit("Begin")
  }

  private func delta() throws -> TreeDelta {
    try fixture.commit("Change")
    let repository = try fixture.open()
    let commit = try #require(try repository.range(["HEAD"]).commits.first)
    return try repository.delta(of: commit)
  }

  @Test func added() throws {
    try fixture.write("new\n", to: "new.c")
    let delta = try delta()
    let file = try #require(delta.files.first)
    #expect(delta.files.count == 1)
    #expect(file.kind == .added)
    #expect(file.oldPath == nil)
    #expect(file.newPath == "new.c")
    #expect(file.newID == ObjectID.blob(of: Array("new\n".utf8)))
  }

  @Test func deleted() throws {
    try fixture.remove("b.h")
    let delta = try delta()
    #expect(delta.files.map(\.kind) == [.deleted])
    #expect(delta.files.map(\.oldPath) == ["b.h"])
    #expect(delta.files.map(\.newPath) == [nil])
    #expect(delta.files.map(\.path) == ["b.h"])
  }

  @Test func modified() throws {
    try fixture.write("one\n2\nthree\nfour\n", to: "b.h")
    let delta = try delta()
    #expect(delta.files.map(\.kind) == [.modified])
    #expect(delta.files[0].hasSameContent == false)
    #expect(delta.files[0].oldID == ObjectID.blob(of: Array("one\ntwo\nthree\n".utf8)))
  }

  @Test func renamedWithAChange() throws {
    try fixture.git("mv", "fs/a.c", "moved.c")
    try fixture.write(body + "one more\n", to: "moved.c")
    let delta = try delta()
    #expect(delta.files.map(\.kind) == [.renamed])
    #expect(delta.files.map(\.oldPath) == ["fs/a.c"])
    #expect(delta.files.map(\.newPath) == ["moved.c"])
    #expect(delta.files[0].hasSameContent == false)
  }

  @Test func renamedOnly() throws {
    try fixture.git("mv", "fs/a.c", "fs/z.c")
    #expect(try delta().files.map(\.hasSameContent) == [true])
  }

  @Test func modeChanged() throws {
    try fixture.git("add", "--chmod=+x", "run.sh")
    try fixture.commitStaged("Make it run")
    let repository = try fixture.open()
    let delta = try repository.delta(of: repository.commit(fixture.id("HEAD")))
    #expect(delta.files.map(\.kind) == [.modified])
    #expect(delta.files[0].oldMode == .regular)
    #expect(delta.files[0].newMode == .executable)
    #expect(delta.files[0].hasSameContent)
  }

  @Test func symlinksAndSubmodulesAreNamedOnly() throws {
    try fixture.git("update-index", "--add", "--cacheinfo", "120000,\(blob("b.h")),link")
    try fixture.git("update-index", "--add", "--cacheinfo", "160000,\(fixture.id("HEAD")),sub")
    try fixture.commitStaged("Link")
    let repository = try fixture.open()
    let delta = try repository.delta(of: repository.commit(fixture.id("HEAD")))
    #expect(delta.files.isEmpty)
    #expect(delta.passedOver.map(\.path) == ["link", "sub"])
    #expect(delta.passedOver.map(\.reason) == [.symlink, .submodule])
  }

  @Test func aFileThatBecomesALinkIsDeleted() throws {
    try fixture.git("update-index", "--cacheinfo", "120000,\(blob("b.h")),b.h")
    try fixture.commitStaged("Link")
    let repository = try fixture.open()
    let delta = try repository.delta(of: repository.commit(fixture.id("HEAD")))
    #expect(delta.files.map(\.kind) == [.deleted])
    #expect(delta.passedOver.map(\.reason) == [.symlink])
  }

  @Test func filesAreSortedByPath() throws {
    for name in ["z.c", "a/b.c", "a.c", "a-b.c"] { try fixture.write(name, to: name) }
    #expect(try delta().files.map(\.path) == ["a-b.c", "a.c", "a/b.c", "z.c"])
  }

  @Test func twoCommitsFarApart() throws {
    try fixture.write("x\n", to: "x.c")
    try fixture.commit("Two")
    try fixture.remove("x.c")
    try fixture.write("y\n", to: "y.c")
    try fixture.commit("Three")
    let repository = try fixture.open()
    let old = repository.tree(of: try repository.commit(fixture.id("HEAD~2")))
    let new = repository.tree(of: try repository.commit(fixture.id("HEAD")))
    #expect(try repository.delta(from: old, to: new).files.map(\.path) == ["y.c"])
    #expect(try repository.delta(from: old, to: old).isEmpty)
    #expect(
      try repository.delta(from: old, to: nil).files.map(\.kind) == [.deleted, .deleted, .deleted])
  }

  private func blob(_ path: String) throws -> ObjectID { try fixture.id("HEAD:" + path) }
}
