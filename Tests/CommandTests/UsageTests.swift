import Findings
import ProgramUnderTest
import Testing

/// Exit codes and sentences for everything that goes wrong before a review begins.
@Suite struct UsageTests {
  @Test(arguments: [
    (["check", "--formt", "json"], "Did you mean '--format'?"),
    (["check", "--format", "yaml"], "text, terse, json, jsonl"),
    (["check", "--staged", "HEAD"], "exclude each other"),
    (["check", "--staged", "--worktree"], "exclude each other"),
    (["check", "-3", "--staged"], "exclude each other"),
    (["check", "--terse", "--format", "json"], "exclude each other"),
    (["check", "--types", "LOCK_NOT_HELT"], "Did you mean LOCK_NOT_HELD?"),
    (["check", "--only", "locks,docs"], "there is no area 'docs'"),
    (["check", "--jobs", "0"], "--jobs needs a number from 1 on"),
    (["check", "-j0"], "--jobs needs a number from 1 on"),
    (["check", "-x1", "-y"], "Unknown option"),
    (["check", "--budget", "-1"], "--budget"),
    (["check", "-C", "/no/such/folder"], "cannot change to '/no/such/folder'"),
    (["scan"], "paths"),
    (["scan", "-"], "--as"),
    (["scan", "--as", "a.c", "/no/such/file"], "cannot read '/no/such/file'"),
    (["scan", "--as", "a.c", "b.c", "c.c"], "exactly one file"),
    (["explain", "LOCK_NOT_HELT"], "Did you mean LOCK_NOT_HELD?"),
    (["explain"], "type"),
    (["nonsense"], "nonsense"),
    (["check", "--types", "A\u{1b}[31m"], "<U+001B>"),
  ])
  func wrongUsageExitsWith2AndSaysWhatToType(arguments: [String], sentence: String) async throws {
    let outcome = try await ProgramUnderTest.run(arguments)
    #expect(outcome.status == 2)
    #expect(outcome.output == "")
    #expect(outcome.error.hasPrefix("lockstep: "))
    #expect(outcome.error.contains(sentence))
    #expect(!outcome.error.contains("U+000A"))
    #expect(outcome.error.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
  }

  @Test(
    "Whoever closed the error output still gets the exit code", arguments: ["nonsense", "scan"])
  func closedErrorOutput(command: String) async throws {
    let outcome = try await ProgramUnderTest.run(
      program: "/bin/sh", ["-c", "\"$0\" \"$1\" 2>&-", ProgramUnderTest.path, command])
    #expect(outcome.status == 2)
  }

  @Test(arguments: [["--help"], ["help", "check"], ["check", "--help"], ["--version"]])
  func helpGoesToStandardOutput(arguments: [String]) async throws {
    let outcome = try await ProgramUnderTest.run(arguments)
    #expect(outcome.status == 0)
    #expect(outcome.output != "" && outcome.error == "")
  }

  @Test func typesAreListedOneALine() async throws {
    let outcome = try await ProgramUnderTest.run(["list-types"])
    #expect(outcome.status == 0)
    let names = outcome.output.split(separator: "\n").map { String($0.prefix { $0 != " " }) }
    #expect(names == FindingType.allCases.map(\.rawValue))
    let locks = try await ProgramUnderTest.run(["list-types", "--only", "locks"])
    #expect(locks.output.split(separator: "\n").allSatisfy { $0.hasPrefix("LOCK_") })
  }

  @Test func aTypeIsExplained() async throws {
    let outcome = try await ProgramUnderTest.run(["explain", "lock-held-at-return"])
    #expect(outcome.status == 0)
    for part in ["LOCK_HELD_AT_RETURN (locks, error)", "Why it matters", "Bad", "Good"] {
      #expect(outcome.output.contains(part))
    }
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func shellsGetCompletions(shell: String) async throws {
    let outcome = try await ProgramUnderTest.run(["--generate-completion-script", shell])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("list-types"))
  }
}
