import Foundation
import GitKit
import Testing

/// What cannot be read is refused with a sentence that says what to type next.
struct RefusalTests {
  @Test func notARepository() throws {
    let fixture = try GitFixture()
    let place = fixture.root.path
    let error = #expect(throws: GitError.notARepository(path: place)) {
      try Repository(at: place, environment: [:])
    }
    #expect(error?.description.contains("-C DIR") == true)
  }

  @Test func noSuchFolder() {
    #expect(throws: GitError.noSuchFolder(path: "/no/such/folder")) {
      try Repository(at: "/no/such/folder", environment: [:])
    }
  }

  @Test func aFileIsNoFolder() throws {
    let fixture = try GitFixture()
    try fixture.write("x", to: "x")
    #expect(throws: GitError.noSuchFolder(path: fixture.path + "/x")) {
      try Repository(at: fixture.path + "/x", environment: [:])
    }
  }

  @Test func gitDirectoryThatIsNone() throws {
    let fixture = try GitFixture()
    #expect(throws: GitError.notARepository(path: fixture.root.path)) {
      try Repository(environment: ["GIT_DIR": fixture.root.path])
    }
  }

  @Test(.enabled(if: geteuid() == 0, "only root can give a folder away"))
  func someoneElsesRepository() throws {
    let fixture = try GitFixture()
    try fixture.commit("c1")
    for path in [fixture.path, fixture.path + "/.git"] { #expect(chown(path, 4321, 4321) == 0) }
    let error = #expect(throws: GitError.self) { try fixture.open() }
    #expect(error?.description.contains("safe.directory") == true)
    let parent = fixture.root.path
    for value in ["*", fixture.path, parent + "/*", parent + "/./repo"] {
      #expect(try fixture.open(environment: safe([value])).currentBranch() == "main", "\(value)")
    }
    for values in [["/elsewhere"], ["*", ""], [fixture.path + "/*"]] {
      #expect(throws: GitError.notOwned(path: fixture.path + "/")) {
        try fixture.open(environment: safe(values))
      }
    }
    // Behind sudo, the caller's own folders are fine; a repository that is named is trusted.
    #expect(try fixture.open(environment: ["SUDO_UID": "4321"]).currentBranch() == "main")
    let named = ["GIT_DIR": fixture.path + "/.git", "GIT_WORK_TREE": fixture.path]
    #expect(try Repository(environment: named).currentBranch() == "main")
  }

  /// What `git -c safe.directory=VALUE` hands to its hooks.
  private func safe(_ values: [String]) -> [String: String] {
    var environment = ["GIT_CONFIG_COUNT": String(values.count)]
    for (index, value) in values.enumerated() {
      environment["GIT_CONFIG_KEY_\(index)"] = "safe.directory"
      environment["GIT_CONFIG_VALUE_\(index)"] = value
    }
    return environment
  }

  @Test(arguments: ["objectformat=sha256", "refstorage=reftable", "somethingnew=true"])
  func unknownExtensions(setting: String) throws {
    let fixture = try GitFixture()
    try fixture.commit("c1")
    let parts = setting.split(separator: "=").map(String.init)
    let configuration = fixture.path + "/.git/config"
    var text = try String(contentsOfFile: configuration, encoding: .utf8)
    text = text.replacingOccurrences(of: "formatversion = 0", with: "formatversion = 1")
    text += "[extensions]\n\t\(parts[0]) = \(parts[1])\n"
    try text.write(toFile: configuration, atomically: true, encoding: .utf8)
    let error = #expect(throws: GitError.self) { try fixture.open() }
    guard case .unsupportedRepository(_, let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.contains(parts[0]))
  }

  @Test func aNewFormat() throws {
    let fixture = try GitFixture()
    try fixture.git("config", "core.repositoryformatversion", "99")
    #expect(throws: GitError.self) { try fixture.open() }
  }

  @Test func noCommitYet() throws {
    let fixture = try GitFixture()
    try fixture.write("x\n", to: "x.c")
    try fixture.git("add", "-A")
    let repository = try fixture.open()
    for words in [["HEAD"], ["-3"], ["@"], []] {
      #expect(throws: GitError.noCommitYet(path: fixture.path + "/")) {
        try repository.range(words)
      }
    }
    #expect(try repository.headTree() == nil)
    // What is staged can still be reviewed.
    let delta = try repository.delta(from: nil, to: repository.index())
    #expect(delta.files.map(\.path) == ["x.c"])
  }

  @Test func aLostBlob() throws {
    let fixture = try GitFixture()
    try fixture.write("lost\n", to: "fs/lost.c")
    try fixture.write("kept\n", to: "fs/kept.c")
    try fixture.commit("c1")
    let id = ObjectID.blob(of: Array("lost\n".utf8))
    try fixture.removeObject(id)
    let repository = try fixture.open()
    let tree = repository.tree(of: try repository.commit(repository.resolve("HEAD")))
    let error = #expect(
      throws: GitError.missingObject(id: id, what: "'fs/lost.c'", isPartialClone: false)
    ) { try tree.read("fs/lost.c") }
    #expect(error?.description.contains("git fsck") == true)
    #expect(try tree.read("fs/kept.c")?.text == "kept\n")
    #expect(try tree.files(below: "").count == 2)
    let delta = try repository.delta(from: nil, to: tree)
    #expect(delta.files.count == 2)
  }

  @Test func aLostBlobAmongRenames() throws {
    let fixture = try GitFixture()
    let text = (1...40).map { "line \($0)\n" }.joined()
    try fixture.write(text, to: "a.c")
    try fixture.commit("c1")
    try fixture.git("mv", "a.c", "b.c")
    try fixture.write(text + "more\n", to: "b.c")
    try fixture.write(text + "other\n", to: "c.c")
    try fixture.commit("c2")
    try fixture.removeObject(ObjectID.blob(of: Array((text + "more\n").utf8)))
    let repository = try fixture.open()
    let delta = try repository.delta(of: repository.commit(repository.resolve("HEAD")))
    #expect(delta.files.map(\.newPath).contains("b.c"))
    #expect(delta.files.map(\.newPath).contains("c.c"))
  }

  @Test func aLostFolder() throws {
    let fixture = try GitFixture()
    try fixture.write("x\n", to: "fs/x.c")
    try fixture.write("y\n", to: "y.c")
    try fixture.commit("c1")
    try fixture.removeObject(fixture.id("HEAD:fs"))
    let repository = try fixture.open()
    let tree = repository.tree(of: try repository.commit(repository.resolve("HEAD")))
    let error = #expect(throws: GitError.self) { try tree.read("fs/x.c") }
    #expect(error?.description.contains("'fs'") == true)
    #expect(try tree.read("y.c")?.text == "y\n")
  }

  @Test func aLostCommit() throws {
    let fixture = try GitFixture()
    for number in 1...3 { try fixture.change("c\(number)") }
    let lost = try fixture.id("HEAD~1")
    try fixture.removeObject(lost)
    let repository = try fixture.open()
    #expect(
      throws: GitError.missingObject(id: lost, what: "A commit", isPartialClone: false)
    ) { try repository.range(["-3"]) }
    #expect(throws: GitError.self) { try repository.range(["HEAD~1"]) }
  }

  @Test func aDamagedBlob() throws {
    let fixture = try GitFixture()
    try fixture.write(String(repeating: "text\n", count: 100), to: "x.c")
    try fixture.commit("c1")
    let id = try fixture.id("HEAD:x.c")
    let file = fixture.objectFile(id)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: file))
    let repository = try fixture.open()
    let tree = repository.tree(of: try repository.commit(repository.resolve("HEAD")))
    #expect(throws: GitError.missingObject(id: id, what: "'x.c'", isPartialClone: false)) {
      try tree.read("x.c")
    }
  }

  @Test func aDamagedIndex() throws {
    let fixture = try GitFixture()
    try fixture.commit("c1")
    try Data("DIRC no index".utf8).write(to: fixture.folder.appendingPathComponent(".git/index"))
    let repository = try fixture.open()
    for read in [{ _ = try repository.index() }, { _ = try repository.workTree() }] {
      let error = #expect(throws: GitError.self) { try read() }
      guard case .unreadableIndex(let path, _) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(path == fixture.path + "/.git/index")
    }
  }

  @Test func aSplitIndex() throws {
    let fixture = try GitFixture()
    try fixture.change("c1")
    try fixture.git("update-index", "--split-index")
    let error = #expect(throws: GitError.self) { try fixture.open().index() }
    #expect(error?.description.contains("--no-split-index") == true)
    try fixture.git("update-index", "--no-split-index")
    #expect(try fixture.open().index().list("") == ["c1.c"])
  }
}

extension GitFixture {
  func objectFile(_ id: ObjectID) -> String {
    let name = id.description
    return path + "/.git/objects/\(name.prefix(2))/\(name.dropFirst(2))"
  }

  func removeObject(_ id: ObjectID) throws {
    try FileManager.default.removeItem(atPath: objectFile(id))
  }
}
