import GitKit
import Testing

/// Ranges mean what `git rev-list` makes of them.
struct RangeTests {
  let fixture: GitFixture
  let repository: Repository

  /// main: c1 … c5, with `side` (s1, s2) from c2 merged after c4.
  init() throws {
    fixture = try GitFixture()
    for number in 1...2 { try fixture.change("c\(number)") }
    try fixture.git("checkout", "-q", "-b", "side")
    for number in 1...2 { try fixture.change("s\(number)") }
    try fixture.git("checkout", "-q", "main")
    for number in 3...4 { try fixture.change("c\(number)") }
    try fixture.merge("side")
    try fixture.change("c5")
    try fixture.git("tag", "v1", "main~4")
    try fixture.git("tag", "-a", "-m", "Annotated", "v2", "main")
    repository = try fixture.open()
  }

  @Test(arguments: [
    ["main~1..main"], ["main~2..main"], ["v1..v2"], ["v1..main"], ["^v1", "main"], ["^v1 main"],
    ["side..main"], ["main..side"], ["main~2...side"], ["side...main~2"], ["-3"], ["-n", "3"],
    ["-n3"], ["--max-count=2"], ["-2", "side"], ["-3", "v1..main"], ["main", "side", "^v1"],
    ["..side"], ["side.."], ["main", "--not", "side"], ["main~1^!"], ["main^!"], ["main~1^-2"],
    ["main~1^-"], ["--first-parent", "v1..main"], ["main~4..main~4"], ["-0"], ["HEAD~2..HEAD"],
    ["@~2..@"], ["main^{/s2}..main"],
  ])
  func sameCommitsAsRevList(words: [String]) throws {
    let isLimited = words.contains { $0.hasPrefix("-") && !$0.hasPrefix("--") }
    // rev-list has no default of its own.
    let defaults = words.allSatisfy { $0.hasPrefix("-") || Int($0) != nil } ? ["HEAD"] : []
    let arguments = words.flatMap { $0.split(separator: " ").map(String.init) } + defaults
    // With a limit, the order decides what is chosen, and rev-list's default is by date.
    let order = isLimited ? ["--reverse"] : ["--topo-order", "--reverse"]
    let selected = try fixture.revList(order + arguments)
    let merges = try fixture.revList(["--merges", "--all"])
    let expected = selected.filter { !merges.contains($0) }
    let range = try repository.range(words)
    #expect(isLimited || range.commits.map(\.id) == expected)
    #expect(range.commits.count == expected.count)
    #expect(Set(range.commits.map(\.id)) == Set(expected))
    #expect(range.notes.count == selected.count - expected.count)
  }

  @Test(arguments: [
    ["main"], ["HEAD~1^2"], ["main~3"], ["v2"], ["HEAD^{/c4}"], ["main@{0}"],
  ])
  func oneNameIsOneCommit(words: [String]) throws {
    let range = try repository.range(words)
    #expect(range.commits.map(\.id) == [try fixture.id(words[0] + "^0")])
    #expect(range.base == range.commits.first?.parents.first)
    #expect(range.head == range.commits.last?.id)
  }

  @Test func aMessageSearchIsOneCommit() throws {
    #expect(try repository.range([":/c3"]).commits.map(\.subject) == ["c3"])
  }

  @Test func abbreviatedIDsAreFound() throws {
    let id = try fixture.id("main~3")
    #expect(try repository.range([String(id.description.prefix(10))]).commits.map(\.id) == [id])
  }

  @Test func severalNamesAreThoseCommits() throws {
    let range = try repository.range(["main", "side", "main~3"])
    #expect(
      range.commits.map(\.id) == [
        try fixture.id("side"), try fixture.id("main~3"), try fixture.id("main"),
      ])
  }

  @Test func mergesAreNamedNotReviewed() throws {
    let range = try repository.range(["v1..main"])
    #expect(range.commits.map(\.subject) == ["c3", "c4", "s1", "s2", "c5"])
    #expect(range.notes.count == 1)
    #expect(range.notes[0].description.contains("Merge side"))
    #expect(range.base == (try fixture.id("v1")))
    #expect(range.head == (try fixture.id("main")))
    #expect(!range.isIncomplete)
  }

  @Test func anEmptyRangeIsNoError() throws {
    let range = try repository.range(["main..main~1"])
    #expect(range.commits.isEmpty)
    #expect(range.notes.isEmpty)
    #expect(range.head == (try fixture.id("main~1")))
  }

  @Test(arguments: ["nosuch", "main..nosuch", "nosuch...main", "^nosuch", "main~99", "main^-7", ""])
  func aBadNameIsNamed(word: String) throws {
    let error = #expect(throws: GitError.self) {
      try repository.range(word.isEmpty ? ["main..b\u{e9}\u{0}d"] : [word])
    }
    guard case .badRevision = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(error?.description.contains("git log --oneline") == true)
  }

  @Test(arguments: ["--since=1.week", "-x", "--author=Ann", "--", "-n"])
  func otherOptionsAreRefused(word: String) throws {
    #expect(throws: GitError.badRangeOption(text: word)) { try repository.range([word]) }
  }

  @Test func aFileIsNoCommit() throws {
    #expect(throws: GitError.self) { try repository.range(["main:c1.c"]) }
  }

  @Test func commitsCarryTheirData() throws {
    try fixture.write("x", to: "x.c")
    try fixture.git("add", "-A")
    try fixture.commitStaged("Subject line\n\nBody.\n\nSigned-off-by: A\n")
    let commit = try #require(try repository.range(["HEAD"]).commits.first)
    #expect(commit.subject == "Subject line")
    #expect(commit.message == "Subject line\n\nBody.\n\nSigned-off-by: A\n")
    #expect(commit.author.name == "Ann Author")
    #expect(commit.author.email == "ann@example.org")
    #expect(commit.committer.name == "Carl Committer")
    #expect(commit.author.zone == 60)
    #expect(commit.author.time > 1_700_000_000)
    #expect(commit.parents == [try fixture.id("main~1")])
  }

  @Test func aRootCommitHasNoParentTree() throws {
    let root = try #require(try repository.range(["v1~1"]).commits.first)
    #expect(root.isRoot)
    #expect(try repository.parentTree(of: root) == nil)
    let delta = try repository.delta(of: root)
    #expect(delta.files.map(\.kind) == [.added])
    #expect(delta.files.map(\.path) == ["c1.c"])
  }

  @Test func wholeHistoryThroughALimit() throws {
    let range = try repository.range(["-100"])
    #expect(range.commits.map(\.subject) == ["c1", "c2", "c3", "c4", "s1", "s2", "c5"])
    #expect(range.base == nil)
  }
}

extension GitFixture {
  /// Commits a new file named after the subject.
  @discardableResult
  func change(_ subject: String) throws -> ObjectID {
    try write("int \(subject);\n", to: subject + ".c")
    return try commit(subject)
  }
}
