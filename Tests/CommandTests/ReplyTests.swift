import DemoSeries
import Findings
import Foundation
import Mail
import ProgramUnderTest
import Testing

/// The reviewer's mail, and that mail programs take it.
@Suite struct ReplyTests {
  private let kernel: MiniatureKernel

  init() throws { kernel = try MiniatureKernel() }

  /// The example series as mails of a thread.
  private func mails() async throws -> String {
    for patch in ExampleSeries.brook.patches {
      try kernel.commit(bytes: patch.files.mapValues { Array($0.utf8) }, patch.message)
    }
    return try await ProgramUnderTest.git(
      [
        "format-patch", "--stdout", "--thread", "--cover-letter", "--to=list@example.com",
        "--cc=J\u{fc}rgen <j@example.com>", "\(kernel.base)..HEAD",
      ], in: kernel.path)
  }

  @Test func anAnswerThreadsAndQuotes() async throws {
    let mbox = try await mails()
    let outcome = try await ProgramUnderTest.run(
      ["check", "--mbox", "-", "--base", kernel.base, "--format", "mail"], in: kernel.path,
      input: mbox + "\n")
    #expect(outcome.status == 1)
    let replies = try Mailbox.messages(in: Array(outcome.output.utf8), named: "replies")
    #expect(replies.count == 2)
    let last = String(decoding: try #require(replies.last), as: UTF8.self)
    #expect(
      last.contains("Subject: Re: [PATCH 3/4] brook: refuse direct writes beyond the quota\n"))
    #expect(last.contains("In-Reply-To: <") && last.contains("References: <"))
    #expect(last.contains("Cc: list@example.com, =?UTF-8?B?"))
    #expect(last.contains("\n> +\t\treturn -EDQUOT;\n\nReturns with `bi->inode.i_rwsem` held"))
    #expect(last.contains("git commit --fixup="))
    let body = try #require(last.range(of: "\n\n")).upperBound
    for line in last[body...].split(separator: "\n") where !line.hasPrefix(">") {
      #expect(line.count <= 78, "\(line)")
    }
  }

  @Test(.enabled(if: Tools.hasSendEmail)) func gitSendEmailTakesIt() async throws {
    let mbox = try await mails()
    let file = kernel.folder.path + "/reply"
    _ = try await ProgramUnderTest.run(
      [
        "check", "--mbox", "-", "--base", kernel.base, "--format", "mail", "--only", "locks",
        "-o", file,
      ], in: kernel.path, input: mbox + "\n")
    let outcome = try await ProgramUnderTest.run(
      program: "git",
      [
        "send-email", "--dry-run", "--from=r@example.com", "--confirm=never", "--no-validate",
        "--to=author@example.com", file,
      ], in: kernel.path,
      environment: [
        "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_COMMITTER_NAME": "R",
        "GIT_COMMITTER_EMAIL": "r@example.com", "GIT_AUTHOR_NAME": "R",
        "GIT_AUTHOR_EMAIL": "r@example.com",
      ])
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.output.contains("Subject: Re: [PATCH 3/4] brook: refuse direct writes"))
    #expect(outcome.output.contains("In-Reply-To: <"))
  }
}
