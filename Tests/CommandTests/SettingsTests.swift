import Findings
import Foundation
import ProgramUnderTest
import Testing

/// Command line before git's configuration before the tree's file.
@Suite struct SettingsTests {
  private let kernel: MiniatureKernel

  init() throws {
    kernel = try MiniatureKernel()
    try kernel.commit(["fs/brook/leaky.c": MiniatureKernel.leaky()])
  }

  private func git(_ words: String...) async throws -> String {
    try await ProgramUnderTest.git(words, in: kernel.path)
  }

  private func write(_ text: String) throws {
    try kernel.folder.write(text, to: "linux/.lockstep.conf")
  }

  @Test func theOrderOfWhatCounts() async throws {
    #expect(try await kernel.run("check", "HEAD").status == 1)
    try write("# ours\n[lockstep]\n\tfailOn = never\n")
    #expect(try await kernel.run("check", "HEAD").status == 0)
    _ = try await git("config", "lockstep.failOn", "error")
    #expect(try await kernel.run("check", "HEAD").status == 1)
    #expect(try await kernel.run("check", "HEAD", "--fail-on", "never").status == 0)
    #expect(try await kernel.run("scan", "fs/brook/leaky.c").status == 1)
  }

  @Test func listsAndAreas() async throws {
    try write("[lockstep]\n\tignore = LOCK_HELD_AT_RETURN\n")
    let ignored = try await kernel.run("check", "HEAD", "--format", "json")
    #expect(try !ignored.result().findings.contains { $0.type == .lockHeldAtReturn })
    let named = try await kernel.run(
      "check", "HEAD", "--ignore", "LOCK_NOT_HELD", "--format", "json")
    #expect(try named.result().findings.contains { $0.type == .lockHeldAtReturn })
    try write("[lockstep]\n\tonly = exports\n")
    let exports = try await kernel.run("check", "HEAD", "--format", "json")
    #expect(try exports.result().findings.allSatisfy { $0.type.area == .exports })
  }

  /// Whoever sends a patch does not decide how it is reviewed.
  @Test func mailsAreReviewedByTheFileOfTheirBase() async throws {
    let parent = try await git("rev-parse", "HEAD~1")
    try kernel.commit([".lockstep.conf": "[lockstep]\n\tfailOn = never\n"], "conf")
    let mails = try await git("format-patch", "--stdout", "\(parent)..HEAD")
    func status(_ base: String) async throws -> Int32 {
      try await ProgramUnderTest.run(
        ["check", "--mbox", "-", "--base", base], in: kernel.path, input: mails + "\n"
      ).status
    }
    #expect(try await status(parent) == 1)
    // The file on disk says never, and so does the patch; the base says nothing.
    let base = try kernel.commit(
      ["fs/brook/leaky.c": "int brook_x;\n", ".lockstep.conf": "[lockstep]\n\tfailOn = never\n"])
    let second = try kernel.commit(["fs/brook/leaky.c": MiniatureKernel.leaky()])
    let mail = try await git("format-patch", "--stdout", "-1", second)
    let outcome = try await ProgramUnderTest.run(
      ["check", "--mbox", "-", "--base", base], in: kernel.path, input: mail + "\n")
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.error)")
  }

  @Test(arguments: [
    ("[lockstep]\n\tconfigFrom = /tmp\n", "'lockstep.configfrom' is no key that counts there"),
    ("[lockstep]\n\tcommand = rm\n", "'lockstep.command' is no key that counts there"),
    ("[include]\n\tpath = /dev/zero\n", "it includes other files"),
    ("[lockstep\n", ".lockstep.conf is passed over"),
  ])
  func whatAFileMayNotSay(text: String, complaint: String) async throws {
    try write(text)
    let outcome = try await kernel.run("check", "HEAD")
    #expect(outcome.status == 1 && outcome.error.contains(complaint), "\(outcome.error)")
  }

  @Test func aWrongValueNamesItsKey() async throws {
    _ = try await git("config", "lockstep.failOn", "sometimes")
    let outcome = try await kernel.run("check", "HEAD")
    #expect(outcome.status == 2)
    #expect(outcome.error.contains("lockstep.failon in git's configuration cannot be 'sometimes'"))
  }

  /// They have no command line of their own, so nothing else can tell them.
  @Test func hooksAndAdaptersTakeThem() async throws {
    let mail = try await git("format-patch", "--stdout", "-1", "HEAD")
    try await ProgramUnderTest.git(["reset", "-q", "--soft", "HEAD~1"], in: kernel.path)
    func outcomes() async throws -> [ProgramUnderTest.Outcome] {
      var outcomes: [ProgramUnderTest.Outcome] = []
      for words in [
        ["hook", "run", "pre-commit"], ["adapter", "b4-classic"], ["adapter", "b4-review"],
        ["adapter", "kbuild", "fs/brook/leaky.c"],
      ] {
        outcomes.append(
          try await ProgramUnderTest.run(
            words, in: kernel.path, input: mail + "\n",
            environment: ["XDG_CACHE_HOME": kernel.folder.path + "/cache"]))
      }
      return outcomes
    }
    let before = try await outcomes()
    #expect(before.allSatisfy { $0.output.contains("LOCK_HELD_AT_RETURN") })
    // A complaint about the tree's file would be one about the patch.
    try write("[lockstep]\n\tformat = html\n")
    _ = try await git("config", "lockstep.ignore", "LOCK_HELD_AT_RETURN")
    let after = try await outcomes()
    for outcome in after {
      #expect(outcome.status == 0 && !outcome.output.contains("LOCK_HELD_AT_RETURN"))
    }
    #expect(after[1].output == "" && after[1].error == "")
    #expect(after[2].output.contains("\"status\":\"pass\""))
    _ = try await git("config", "--unset", "lockstep.ignore")
    _ = try await git("config", "lockstep.only", "exports")
    for outcome in try await outcomes() { #expect(!outcome.output.contains("LOCK_")) }
  }
}
