import DemoSeries
import Findings
import Foundation
import ProgramUnderTest
import Testing

/// `check --mbox` as a user types it.
@Suite struct MailboxTests {
  /// The example series, committed; the work tree stays at its base.
  private static func kernel() async throws -> MiniatureKernel {
    let kernel = try MiniatureKernel()
    for patch in ExampleSeries.brook.patches {
      try kernel.commit(bytes: patch.files.mapValues { Array($0.utf8) }, patch.message)
    }
    try await ProgramUnderTest.git(["branch", "topic"], in: kernel.path)
    try await ProgramUnderTest.git(["reset", "-q", "--hard", kernel.base], in: kernel.path)
    return kernel
  }

  private static func export(_ kernel: MiniatureKernel, _ more: String...) async throws -> String {
    let folder = kernel.folder.path + "/mails"
    try await ProgramUnderTest.git(
      ["format-patch", "-q", "-o", folder] + more + ["\(kernel.base)..topic"], in: kernel.path)
    return folder
  }

  @Test func theSameFindingsAsTheRange() async throws {
    let kernel = try await Self.kernel()
    let folder = try await Self.export(kernel, "--cover-letter", "--base", kernel.base)
    let before = try FolderImage(kernel.path)
    let range = try await kernel.run("check", "\(kernel.base)..topic", "--format", "json")
    let mails = try await kernel.run("check", "--mbox", folder, "--format", "json")
    #expect(range.status == 1 && mails.status == 1)
    #expect(range.output == mails.output)
    #expect(mails.error == "")
    #expect(try FolderImage(kernel.path) == before)
  }

  @Test func theCodeIsShownFromTheMails() async throws {
    let kernel = try await Self.kernel()
    let folder = try await Self.export(kernel)
    let text = try await kernel.run("check", "--mbox", folder)
    #expect(text.output.contains("62 |                 return -EDQUOT;"))
  }

  @Test func aMailboxOnStandardInputAndABase() async throws {
    let kernel = try await Self.kernel()
    let mbox = try await ProgramUnderTest.git(
      ["format-patch", "--stdout", "topic~2..topic"], in: kernel.path)
    let outcome = try await ProgramUnderTest.run(
      ["check", "--mbox", "-", "--base", "topic~2", "--format", "json"], in: kernel.path,
      input: mbox)
    let found = try outcome.result().findings.map(\.type)
    #expect(found.contains(.lockHeldAtReturn) && found.contains(.bisectBreak))
    #expect(!found.contains(.duplicateFunction))
  }

  @Test func whatDoesNotApplyIsNamedAndTheRestJudged() async throws {
    let kernel = try await Self.kernel()
    try kernel.folder.write("\n/* moved on */\n", to: "linux/fs/brook/brook_i.h")
    try await ProgramUnderTest.git(["commit", "-q", "-a", "-m", "move on"], in: kernel.path)
    let folder = try await Self.export(kernel)
    let outcome = try await kernel.run("check", "--mbox", folder, "--format", "json")
    let result = try outcome.result()
    #expect(result.isIncomplete)
    let lost = result.coverage.filter { $0.file == "fs/brook/brook_i.h" && $0.incomplete }
    #expect(lost.first?.reason.contains("hunk 1") == true, "\(lost)")
    #expect(lost.first?.reason.contains("patch 1 (\"brook: ") == true)
    // The lock helpers of patch 2 are copies whatever the header says.
    #expect(result.findings.contains { $0.type == .duplicateFunction && $0.patch == 2 })
    #expect(outcome.status == 1)
    let quiet = try await kernel.run("check", "--mbox", folder, "--fail-on", "never")
    #expect(quiet.status == 3 && quiet.output.contains("does not apply"))
  }

  @Test func anUnknownBaseIsSaid() async throws {
    let kernel = try await Self.kernel()
    let folder = try await Self.export(kernel, "--base", kernel.base)
    let id = String(repeating: "1f", count: 20)
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      let file = folder + "/" + name
      let text = try String(contentsOfFile: file, encoding: .utf8)
      try text.replacing(kernel.base, with: id).write(
        toFile: file, atomically: true, encoding: .utf8)
    }
    let outcome = try await kernel.run("check", "--mbox", folder)
    #expect(outcome.status == 1)
    #expect(outcome.error.contains("1f1f1f1f1f1f, which is not in this repository"))
    let bad = try await kernel.run("check", "--mbox", folder, "--base", "nosuch")
    #expect(bad.status == 2)
  }

  @Test(arguments: [
    "", "hello\n", "Subject: [PATCH] x\n\nno diff\n", "From: a\nSubject: Re: x\n\n> diff --git\n",
    "Subject: [PATCH 1/1] x\nContent-Type: text/plain; format=flowed\n\ndiff --git a/a b/a\n",
  ])
  func whatHasNoPatchIsNeverClean(mail: String) async throws {
    let kernel = try MiniatureKernel()
    let outcome = try await ProgramUnderTest.run(
      ["check", "--mbox", "-"], in: kernel.path, input: mail)
    #expect(outcome.status == 2 && outcome.output == "")
    #expect(outcome.error.hasPrefix("lockstep: "))
  }

  @Test func mailsThatAreNotThere() async throws {
    let kernel = try MiniatureKernel()
    let outcome = try await kernel.run("check", "--mbox", "nosuch")
    #expect(outcome.status == 2 && outcome.error.contains("nosuch"))
    let both = try await kernel.run("check", "--mbox", "x", "--staged")
    #expect(both.status == 2 && both.error.contains("exclude each other"))
  }
}
