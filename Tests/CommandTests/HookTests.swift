import DemoSeries
import Findings
import Foundation
import ProgramUnderTest
import Testing

/// Hooks as git itself starts them.
@Suite struct HookTests {
  private let kernel: MiniatureKernel
  private let environment: [String: String]

  init() throws {
    kernel = try MiniatureKernel()
    environment = ["XDG_CACHE_HOME": kernel.folder.path + "/cache"]
  }

  private func git(_ words: String..., input: String = "") async throws -> ProgramUnderTest.Outcome
  {
    let fixed = [
      "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null",
      "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.com", "GIT_COMMITTER_NAME": "A",
      "GIT_COMMITTER_EMAIL": "a@example.com",
    ]
    return try await ProgramUnderTest.run(
      program: "git", words, in: kernel.path, input: input,
      environment: fixed.merging(environment) { $1 })
  }

  private func hook(_ name: String) -> String { kernel.path + "/.git/hooks/" + name }

  private func install(_ words: String...) async throws {
    let outcome = try await ProgramUnderTest.run(
      ["hook", "install"] + words, in: kernel.path, environment: environment)
    #expect(outcome.status == 0, "\(outcome.error)")
  }

  @Test func installedStatusAndGoneAgain() async throws {
    let before = try await kernel.run("hook", "status")
    #expect(before.output.split(separator: "\n").count == 3)
    #expect(before.output.contains("pre-commit: not installed"))
    try await install()
    let status = try await kernel.run("hook", "status")
    #expect(status.output.contains("pre-push: installed"))
    let gone = try await kernel.run("hook", "uninstall")
    #expect(gone.status == 0)
    for name in ["pre-commit", "pre-push", "sendemail-validate"] {
      #expect(!FileManager.default.fileExists(atPath: hook(name)))
    }
    #expect(try await kernel.run("hook", "status").output == before.output)
  }

  @Test func aHookThatIsThereRunsFirstAndComesBack() async throws {
    let own = "#!/bin/sh\necho mine >>../ran\n"
    try kernel.folder.write(own, to: "linux/.git/hooks/pre-commit")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o750], ofItemAtPath: hook("pre-commit"))
    try await install("pre-commit")
    try await install("pre-commit")
    try kernel.folder.write("int brook_x;\n", to: "linux/fs/brook/x.c")
    _ = try await git("add", "-A")
    #expect(try await git("commit", "-q", "-m", "x").status == 0)
    let ran = try String(contentsOfFile: kernel.folder.path + "/ran", encoding: .utf8)
    #expect(ran == "mine\n")
    _ = try await kernel.run("hook", "uninstall")
    #expect(try String(contentsOfFile: hook("pre-commit"), encoding: .utf8) == own)
    let mode = try FileManager.default.attributesOfItem(atPath: hook("pre-commit"))
    #expect(mode[.posixPermissions] as? Int == 0o750)
  }

  @Test func hooksPathIsHonouredAndEditsAreKept() async throws {
    _ = try await git("config", "core.hooksPath", "tools/hooks")
    try await install("pre-commit")
    let file = kernel.path + "/tools/hooks/pre-commit"
    #expect(FileManager.default.isExecutableFile(atPath: file))
    #expect(!FileManager.default.fileExists(atPath: hook("pre-commit")))
    let text = try String(contentsOfFile: file, encoding: .utf8) + "echo more\n"
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    for word in ["install", "uninstall"] {
      let outcome = try await kernel.run("hook", word, "pre-commit")
      #expect(outcome.status == 2 && outcome.error.contains("changed by hand"))
    }
    #expect(try String(contentsOfFile: file, encoding: .utf8) == text)
  }

  /// `git commit FILE` commits another index than the one on disk.
  @Test func aPartialCommitIsJudgedByWhatItCommits() async throws {
    try await install("pre-commit")
    try kernel.folder.write(MiniatureKernel.leaky(), to: "linux/fs/brook/leaky.c")
    try kernel.folder.write("int brook_fine;\n", to: "linux/fs/brook/fine.c")
    _ = try await git("add", "-A")
    let fine = try await git("commit", "-q", "-m", "fine", "--", "fs/brook/fine.c")
    #expect(fine.status == 0, "\(fine.error)\(fine.output)")
    let leaky = try await git("commit", "-q", "-m", "leaky", "--", "fs/brook/leaky.c")
    #expect(leaky.status == 1)
    #expect((leaky.output + leaky.error).contains("LOCK_HELD_AT_RETURN"))
    #expect(leaky.error.contains("--no-verify"))
    #expect(try await git("commit", "-q", "-m", "leaky", "--no-verify").status == 0)
  }

  @Test func pastItsBudgetAHookLetsPassAndSaysSo() async throws {
    try await install("pre-commit", "--budget", "0.001")
    try kernel.folder.write(MiniatureKernel.leaky(), to: "linux/fs/brook/leaky.c")
    _ = try await git("add", "-A")
    let outcome = try await git("commit", "-q", "-m", "leaky")
    #expect(outcome.status == 0)
    #expect((outcome.error + outcome.output).contains("lets pass"))
  }

  @Test func pushesAreJudgedByWhatTheOtherSideLacks() async throws {
    let other = kernel.folder.path + "/other.git"
    _ = try await git("init", "-q", "--bare", other)
    _ = try await git("remote", "add", "origin", other)
    try kernel.commit(["fs/brook/leaky.c": MiniatureKernel.leaky()])
    // The leak is theirs already once it was pushed without a hook.
    #expect(try await git("push", "-q", "origin", "main").status == 0)
    try await install("pre-push")
    try kernel.commit(["fs/brook/fine.c": "int brook_fine;\n"])
    let fine = try await git("push", "-q", "origin", "main", "main:refs/heads/next")
    #expect(fine.status == 0, "\(fine.error)")
    try kernel.commit(["fs/brook/more.c": MiniatureKernel.leaky("brook_more")])
    for target in ["main", "main:refs/heads/new"] {
      let leaky = try await git("push", "-q", "origin", target)
      #expect(leaky.status != 0 && (leaky.output + leaky.error).contains("brook_more"))
    }
    #expect(try await git("push", "-q", "origin", ":next").status == 0)
  }

  @Test(.enabled(if: Tools.hasSendEmail)) func theSeriesIsJudgedWithItsLastMail() async throws {
    for patch in ExampleSeries.brook.patches {
      try kernel.commit(bytes: patch.files.mapValues { Array($0.utf8) }, patch.message)
    }
    try await install("sendemail-validate")
    let mails = kernel.folder.path + "/mails"
    _ = try await git("format-patch", "-q", "--cover-letter", "-o", mails, "HEAD~4")
    let send = [
      "send-email", "--dry-run", "--from=a@example.com", "--to=b@example.com",
      "--confirm=never", "--suppress-cc=all",
    ]
    let all = try await ProgramUnderTest.run(
      program: "git", send + ["--force", mails], in: kernel.path, environment: environment)
    #expect(all.status != 0)
    #expect((all.output + all.error).contains("BISECT_BREAK"), "\(all.error)")
    // The first alone is no longer the last of four.
    let first = try await ProgramUnderTest.run(
      program: "git",
      send + [mails + "/0001-brook-let-direct-writes-run-in-parallel.patch"], in: kernel.path,
      environment: environment)
    #expect(first.status == 0, "\(first.error)")
    #expect(first.output.contains("Dry-OK") || first.output.contains("Dry-Sent"))
  }

  @Test func whatKeepsAHookFromWorkingKeepsNobodyFromCommitting() async throws {
    let folder = try TemporaryFolder()
    let outcome = try await ProgramUnderTest.run(
      ["hook", "run", "pre-commit"], in: folder.path,
      environment: ["GIT_CEILING_DIRECTORIES": folder.path])
    #expect(outcome.status == 0 && outcome.error.contains("nothing was reviewed"))
  }

  @Test func theRepositoryIsOnlyRead() async throws {
    try kernel.folder.write(MiniatureKernel.leaky(), to: "linux/fs/brook/leaky.c")
    _ = try await git("add", "-A")
    let before = try FolderImage(kernel.path)
    #expect(try await kernel.run("hook", "run", "pre-commit").status == 1)
    #expect(try FolderImage(kernel.path) == before)
  }
}
