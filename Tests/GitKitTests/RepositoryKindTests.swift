import Foundation
import GitKit
import Testing

/// Every kind of repository that a kernel developer keeps.
struct RepositoryKindTests {
  let fixture: GitFixture

  init() throws {
    fixture = try GitFixture()
    for number in 1...4 {
      try fixture.write("int v\(number);\n", to: "fs/a.c")
      try fixture.commit("c\(number)")
    }
  }

  private func text(_ repository: Repository, _ revision: String) throws -> String? {
    let commit = try repository.commit(repository.resolve(revision))
    return try repository.tree(of: commit).read("fs/a.c")?.text
  }

  @Test func fromAFolderInside() throws {
    let repository = try Repository(at: fixture.path + "/fs", environment: [:])
    #expect(repository.workTreeRoot == fixture.path + "/")
    #expect(repository.gitDirectory == fixture.path + "/.git/")
    #expect(try repository.range(["-2"]).commits.map(\.subject) == ["c3", "c4"])
    #expect(try repository.currentBranch() == "main")
  }

  @Test func bare() throws {
    let path = try fixture.clone("bare.git", "--bare")
    let repository = try Repository(at: path, environment: [:])
    #expect(repository.workTreeRoot == nil)
    #expect(try repository.range(["HEAD~2..HEAD"]).commits.map(\.subject) == ["c3", "c4"])
    #expect(try text(repository, "HEAD~1") == "int v3;\n")
    #expect(throws: GitError.noWorkTree(path: path + "/")) { try repository.workTree() }
    #expect(throws: GitError.noWorkTree(path: path + "/")) { try repository.index() }
  }

  @Test func linkedWorkTree() throws {
    let place = fixture.root.appendingPathComponent("linked").path
    try fixture.git("worktree", "add", "-q", "-b", "topic", place, "main~1")
    try "int linked;\n".write(toFile: place + "/fs/a.c", atomically: true, encoding: .utf8)
    let repository = try Repository(at: place + "/fs", environment: [:])
    #expect(repository.workTreeRoot == place + "/")
    #expect(try repository.currentBranch() == "topic")
    #expect(try text(repository, "HEAD") == "int v3;\n")
    #expect(try repository.range(["HEAD..main"]).commits.map(\.subject) == ["c4"])
    let work = try repository.workTree()
    #expect(try work.read("fs/a.c")?.text == "int linked;\n")
    let delta = try repository.delta(from: repository.headTree(), to: work)
    #expect(delta.files.map(\.path) == ["fs/a.c"])
    #expect(try repository.delta(from: repository.headTree(), to: repository.index()).isEmpty)
  }

  @Test func bareWithLinkedWorkTreesAndTheirConfiguration() throws {
    let bare = try fixture.clone("hub.git", "--bare")
    let place = fixture.root.appendingPathComponent("linked").path
    try fixture.git(
      ["worktree", "add", "-q", place, "main"], in: URL(fileURLWithPath: bare))
    // Does what `git sparse-checkout` does: core.bare moves to the main one's own configuration.
    try fixture.git(["sparse-checkout", "set", "fs"], in: URL(fileURLWithPath: place))
    #expect(FileManager.default.fileExists(atPath: bare + "/config.worktree"))
    #expect(try Repository(at: bare, environment: [:]).workTreeRoot == nil)
    let repository = try Repository(at: place, environment: [:])
    #expect(repository.workTreeRoot == place + "/")
    #expect(try text(repository, "HEAD") == "int v4;\n")
  }

  @Test func shallow() throws {
    let path = try fixture.clone("shallow", "--depth=2")
    let repository = try Repository(at: path, environment: [:])
    #expect(repository.isShallow)
    #expect(try repository.range(["HEAD~1..HEAD"]).commits.map(\.subject) == ["c4"])
    #expect(try repository.range(["HEAD"]).commits.map(\.subject) == ["c4"])
    let range = try repository.range(["-3"])
    #expect(range.commits.map(\.subject) == ["c4"])
    #expect(range.isIncomplete)
    #expect(range.notes.map(\.description).joined().contains("git fetch --deepen=1"))
    let last = try repository.commit(repository.resolve("HEAD~1"))
    #expect(try repository.parentTree(of: last) == nil)
    let error = #expect(throws: GitError.self) { try repository.range(["HEAD~2..HEAD"]) }
    #expect(error?.description.contains("shallow") == true)
  }

  @Test func shallowToOneCommit() throws {
    let path = try fixture.clone("shallow", "--depth=1")
    let range = try Repository(at: path, environment: [:]).range(["HEAD"])
    #expect(range.commits.isEmpty)
    #expect(range.isIncomplete)
  }

  @Test func borrowedObjects() throws {
    let path = fixture.root.appendingPathComponent("borrower").path
    try fixture.git(["clone", "-q", "--shared", fixture.path, path], in: fixture.root)
    #expect(FileManager.default.fileExists(atPath: path + "/.git/objects/info/alternates"))
    #expect(try text(Repository(at: path, environment: [:]), "HEAD~3") == "int v1;\n")
  }

  @Test func packed() throws {
    try fixture.git("gc", "-q", "--aggressive", "--prune=now")
    #expect(try text(fixture.open(), "HEAD~2") == "int v2;\n")
  }

  @Test func partialCloneNamesWhatIsMissing() throws {
    try fixture.git("config", "uploadpack.allowFilter", "true")
    let path = try fixture.clone("partial", "--no-checkout", "--filter=blob:none")
    let repository = try Repository(at: path, environment: [:])
    let range = try repository.range(["HEAD~2..HEAD"])
    #expect(range.commits.map(\.subject) == ["c3", "c4"])
    #expect(try repository.delta(of: range.commits[1]).files.map(\.path) == ["fs/a.c"])
    let error = #expect(throws: GitError.self) { try text(repository, "HEAD") }
    #expect(error?.description.contains("'fs/a.c'") == true)
    #expect(error?.description.contains("partial clone") == true)
  }

  // MARK: The environment

  @Test func objectFoldersOfTheEnvironment() throws {
    // As in a hook that judges what is pushed: the new objects lie apart.
    let path = try fixture.clone("target.git", "--bare")
    try fixture.write("int v5;\n", to: "fs/a.c")
    let pushed = try fixture.commit("c5")
    #expect(throws: GitError.self) {
      try Repository(at: path, environment: [:]).commit(pushed)
    }
    let repository = try Repository(
      at: path, environment: ["GIT_OBJECT_DIRECTORY": fixture.path + "/.git/objects"])
    #expect(try text(repository, pushed.description) == "int v5;\n")
    #expect(try repository.range(["main..\(pushed)"]).commits.map(\.id) == [pushed])
  }

  @Test func gitDirectoryOfTheEnvironmentIsFollowedOnlyWithoutAFolder() throws {
    let other = try GitFixture()
    try other.write("x\n", to: "x.c")
    try other.commit("Other")
    let environment = ["GIT_DIR": other.path + "/.git", "GIT_WORK_TREE": other.path]
    #expect(try Repository(environment: environment).workTreeRoot == other.path + "/")
    let repository = try Repository(at: fixture.path, environment: environment)
    #expect(repository.workTreeRoot == fixture.path + "/")
  }

  @Test func searchStopsAtTheCeiling() throws {
    #expect(throws: GitError.notARepository(path: fixture.path + "/fs")) {
      try Repository(
        at: fixture.path + "/fs", environment: ["GIT_CEILING_DIRECTORIES": fixture.path])
    }
  }
}
