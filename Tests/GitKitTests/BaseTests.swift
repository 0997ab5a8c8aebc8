import GitKit
import Testing

/// Where a branch begins when no range is named.
struct BaseTests {
  let fixture: GitFixture

  /// main: c1, c2, with `topic` (t1, t2) from c1; HEAD is on topic.
  init() throws {
    fixture = try GitFixture()
    try fixture.change("c1")
    try fixture.git("checkout", "-q", "-b", "topic")
    try fixture.git("checkout", "-q", "main")
    try fixture.change("c2")
    try fixture.git("checkout", "-q", "topic")
  }

  private func commitTopic() throws {
    try fixture.change("t1")
    try fixture.change("t2")
  }

  private func range() throws -> CommitRange { try fixture.open().range() }

  @Test func upstream() throws {
    try commitTopic()
    try fixture.git("branch", "-q", "--set-upstream-to=main")
    let range = try range()
    #expect(range.commits.map(\.subject) == ["t1", "t2"])
    #expect(range.notes.isEmpty)
    let words = try fixture.open().range(["@{u}.."])
    #expect(words.commits == range.commits)
  }

  @Test func upstreamOfARemote() throws {
    let clone = try fixture.clone("clone", "--branch=topic")
    let repository = try Repository(at: clone, environment: [:])
    #expect(try repository.range().commits.isEmpty)
    #expect(try repository.range(["origin/main.."]).commits.isEmpty)
    #expect(try repository.range(["origin/main~1..origin/main"]).commits.map(\.subject) == ["c2"])
  }

  @Test(arguments: [false, true])
  func originHead(isDetached: Bool) throws {
    try commitTopic()
    try fixture.git("update-ref", "refs/remotes/origin/main", "main")
    try fixture.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
    if isDetached { try fixture.git("checkout", "-q", "--detach") }
    let range = try range()
    #expect(range.commits.map(\.subject) == ["t1", "t2"])
    #expect(range.notes.count == 1)
    #expect(range.notes[0].description.contains("origin/HEAD"))
    #expect(range.base == (try fixture.id("main~1")))
  }

  @Test func anUpstreamThatIsGone() throws {
    try commitTopic()
    try fixture.git("branch", "-q", "--set-upstream-to=main")
    try fixture.git("branch", "-q", "-D", "main")
    let error = #expect(throws: GitError.noBase(branch: "topic")) { try range() }
    #expect(error?.description.contains("git branch --set-upstream-to=BASE") == true)
  }

  @Test func nothingToGoBy() throws {
    #expect(throws: GitError.noBase(branch: "topic")) { try range() }
    try fixture.git("checkout", "-q", "--detach")
    #expect(throws: GitError.noBase(branch: nil)) { try range() }
  }

  // MARK: b4

  private func cover(_ tracking: String) -> String {
    """
    EDITME: cover title for topic

    Signed-off-by: Carl Committer <carl@example.org>

    --- b4-submit-tracking ---
    # This section is used internally by b4 prep for tracking purposes.
    {
      "series": {
        "revision": 1,\(tracking)
        "change-id": "20261124-topic-0123456789ab"
      }
    }
    """
  }

  @Test func b4CoverLetterCommit() throws {
    try fixture.git("config", "branch.topic.b4-prep-cover-strategy", "commit")
    try fixture.git("config", "user.email", "carl@example.org")
    try fixture.commitStaged(cover(""))
    try commitTopic()
    let range = try range()
    #expect(range.commits.map(\.subject) == ["t1", "t2"])
    #expect(range.notes.map(\.description).joined().contains("b4's cover letter"))
    // Named by hand, the cover letter is in the range and is passed over.
    let whole = try fixture.open().range(["main..topic"])
    #expect(whole.commits.map(\.subject) == ["t1", "t2"])
    #expect(whole.notes.map(\.description).joined().contains("EDITME"))
  }

  @Test func aCoverLetterOfSomebodyElseIsNotTheBase() throws {
    try fixture.git("config", "branch.topic.b4-prep-cover-strategy", "commit")
    try fixture.git("config", "user.email", "someone@else.org")
    try fixture.commitStaged(cover(""))
    try commitTopic()
    #expect(throws: GitError.noBase(branch: "topic")) { try range() }
  }

  @Test func b4BranchDescription() throws {
    try fixture.git("config", "branch.topic.b4-prep-cover-strategy", "branch-description")
    try fixture.git(
      "config", "branch.topic.b4-tracking",
      #"{"series": {"revision": 1, "base-branch": "main", "prefixes": []}}"#)
    try commitTopic()
    let range = try range()
    #expect(range.commits.map(\.subject) == ["t1", "t2"])
    #expect(range.notes.map(\.description).joined().contains("b4 says that it left main"))
  }

  @Test func b4TipCommit() throws {
    try fixture.git("config", "branch.topic.b4-prep-cover-strategy", "tip-commit")
    try fixture.git("config", "user.email", "carl@example.org")
    try commitTopic()
    try fixture.commitStaged(cover(#""base-branch": "main","#))
    let range = try range()
    #expect(range.commits.map(\.subject) == ["t1", "t2"])
    #expect(range.base == (try fixture.id("main~1")))
  }

  @Test(arguments: ["", "{", "[]", #"{"series": 1}"#, #"{"series": {"base-branch": "nosuch"}}"#])
  func brokenTrackingDataIsIgnored(tracking: String) throws {
    try fixture.git("config", "branch.topic.b4-prep-cover-strategy", "branch-description")
    try fixture.git("config", "branch.topic.b4-tracking", tracking)
    try commitTopic()
    #expect(throws: GitError.noBase(branch: "topic")) { try range() }
  }

  // MARK: Merge bases

  @Test func mergeBasesAreGits() throws {
    try commitTopic()
    try fixture.merge("main")
    try fixture.change("t3")
    try fixture.git("checkout", "-q", "main")
    try fixture.change("c3")
    let repository = try fixture.open()
    for (one, other) in [("main", "topic"), ("topic", "main"), ("main~1", "topic~3")] {
      let expected = try fixture.git("merge-base", one, other)
      let found = try repository.mergeBases(repository.resolve(one), repository.resolve(other))
      #expect(found.map(\.description) == [expected])
    }
    try fixture.git("checkout", "-q", "--orphan", "apart")
    try fixture.commitStaged("Apart")
    #expect(try repository.mergeBases(repository.resolve("apart"), fixture.id("main")).isEmpty)
  }
}
