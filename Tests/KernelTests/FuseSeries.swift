import Findings
import Foundation
import ProgramUnderTest

/// Four patches on the real kernel that have something of every check: helpers shared, copied
/// instead, a lock leaked, the leak repaired.
struct FuseSeries {
  let clone: KernelClone
  /// The commits, oldest first.
  let commits: [String]
  /// Nothing of whoever runs the tests, and the cache that all tests share.
  let environment: [String: String]
  private let folder: TemporaryFolder

  var base: String { clone.base }
  var range: String { "\(base)..\(commits[commits.count - 1])" }

  init() async throws {
    clone = try await KernelClone()
    folder = try TemporaryFolder()
    let branches = FuseBranches(clone: clone)
    let shared = try await branches.export()
    let copied = try await branches.duplicate()
    let leak = try await branches.commit(on: copied, "fuse: refuse long writes") {
      try $0.leak()
    }.id
    let repair = try await branches.commit(on: leak, "fuse: unlock") { try $0.repairLeak() }.id
    commits = [shared, copied, leak, repair]
    environment = [
      "XDG_CACHE_HOME": SharedCache.path, "XDG_DATA_HOME": folder.path + "/data",
      "HOME": folder.path, "GIT_CONFIG_SYSTEM": "/dev/null", "GIT_AUTHOR_NAME": "A U Thor",
      "GIT_AUTHOR_EMAIL": "author@example.com", "GIT_COMMITTER_NAME": "C O Mitter",
      "GIT_COMMITTER_EMAIL": "committer@example.com",
    ]
    // Hooks and adapters have no options: where the headers are is set once and for all.
    try await git("config", "lockstep.configFrom", clone.kernel)
  }

  /// Runs git in the clone or in `place`, with the environment of the series; it has to succeed.
  @discardableResult
  func git(_ words: String..., in place: String? = nil) async throws -> String {
    try await ProgramUnderTest.git(words, in: place ?? clone.path, environment: environment)
  }

  /// Runs a program as users have it: the settings of the test's git do not reach it.
  func run(
    program: String = ProgramUnderTest.path, _ words: [String], in place: String? = nil,
    input: String = "", more: [String: String] = [:]
  ) async throws -> ProgramUnderTest.Outcome {
    try await ProgramUnderTest.run(
      program: program, words, in: place ?? clone.path, input: input,
      environment: environment.merging(more) { $1 })
  }

  /// The findings of a review, which has to be whole.
  func findings(_ words: [String], in place: String? = nil, input: String = "") async throws
    -> [Finding]
  {
    let outcome = try await run(
      ["check"] + words + ["--format", "json"], in: place, input: input)
    let result = try JSONDecoder().decode(ReviewResult.self, from: Data(outcome.output.utf8))
    guard !result.isIncomplete else { throw Incomplete(error: outcome.error) }
    return result.findings
  }

  struct Incomplete: Error { let error: String }

  /// A work tree that has the folder of fuse and nothing else, at a commit on a new branch.
  func workTree(at commit: String, branch: String) async throws -> String {
    let place = folder.path + "/" + branch
    try await git("worktree", "add", "-q", "--no-checkout", "-b", branch, place, commit)
    try await git("sparse-checkout", "set", "--no-cone", "/fs/fuse/", in: place)
    try await git("checkout", "-q", branch, in: place)
    return place
  }

  /// The series as mails of a thread, a file each; gives the folder.
  func mails() async throws -> String {
    let place = folder.path + "/mails"
    try await git(
      "format-patch", "-q", "--thread", "--cover-letter", "--base", base, "-o", place, range)
    return place
  }

  /// A path for a new file or folder of the test.
  func place(_ name: String) -> String { folder.path + "/" + name }
}
