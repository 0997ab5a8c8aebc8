import DemoSeries
import Findings
import Foundation
import ProgramUnderTest
import Testing

/// The protocols of other programs, spoken with those programs where tests can have them.
@Suite struct AdapterTests {
  private let kernel: MiniatureKernel
  private let home: [String: String]
  private let tips: [String]

  init() throws {
    kernel = try MiniatureKernel()
    tips = try ExampleSeries.brook.patches.map { [kernel] patch in
      try kernel.commit(bytes: patch.files.mapValues { Array($0.utf8) }, patch.message)
    }
    home = [
      "XDG_CACHE_HOME": kernel.folder.path + "/cache",
      "XDG_DATA_HOME": kernel.folder.path + "/data",
      "HOME": kernel.folder.path, "GIT_CONFIG_SYSTEM": "/dev/null",
    ]
  }

  private func run(
    _ words: String..., input: String = "", environment: [String: String] = [:]
  ) async throws -> ProgramUnderTest.Outcome {
    try await ProgramUnderTest.run(
      ["adapter"] + words, in: kernel.path, input: input,
      environment: home.merging(environment) { $1 })
  }

  /// A patch of the series as b4 hands it over: no commit named, nothing else said.
  private func mail(_ number: Int) async throws -> String {
    let text = try await ProgramUnderTest.git(
      ["format-patch", "--stdout", "--start-number", "\(number)", "-N", "-1", tips[number - 1]],
      in: kernel.path)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
    return lines.joined(separator: "\n").replacing(
      "Subject: [PATCH] ", with: "Subject: [PATCH \(number)/4] ") + "\n"
  }

  /// The types that the range has for each patch, in their order.
  private func expected(_ number: Int, from level: Severity = .warning) async throws -> [String] {
    let range = try await kernel.run("check", "\(kernel.base)..HEAD", "--format", "json")
    return try range.result().counted
      .filter { $0.patch == number && $0.severity >= level }.map(\.type.rawValue)
  }

  @Test(arguments: 1...4) func classicSaysWhatTheRangeSays(number: Int) async throws {
    try await ProgramUnderTest.git(["branch", "-q", "base", kernel.base], in: kernel.path)
    try await ProgramUnderTest.git(["branch", "-q", "-u", "base"], in: kernel.path)
    let outcome = try await run("b4-classic", input: mail(number))
    let types = outcome.output.split(separator: "\n").map { line in
      line.split(separator: ":").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    #expect(types.map { $0[3] } == (try await expected(number)), "\(outcome.output)")
    #expect(outcome.error == "" && outcome.status == 0)
    for line in types { #expect(["ERROR", "WARNING"].contains(line[2])) }
  }

  /// `b4 am` asks before anything is applied, one mail after the other.
  @Test func classicPutsAThreadTogether() async throws {
    let mails = try await [mail(1), mail(2), mail(3)]
    try await ProgramUnderTest.git(["reset", "-q", "--hard", kernel.base], in: kernel.path)
    let before = try FolderImage(kernel.path)
    var outcomes: [String] = []
    for (number, mail) in mails.enumerated() {
      let thread = "Message-ID: <\(number)@x>\nReferences: <0@x>\n"
      outcomes.append(try await run("b4-classic", input: thread + mail).output)
    }
    #expect(outcomes[1].contains("DUPLICATE_FUNCTION"))
    #expect(outcomes[2].contains("ERROR:LOCK_HELD_AT_RETURN"))
    #expect(try FolderImage(kernel.path) == before)
  }

  @Test func classicIsNeverSilentAboutWhatItCannotJudge() async throws {
    let patch = try await mail(4)
    try await ProgramUnderTest.git(["checkout", "-q", "--orphan", "other"], in: kernel.path)
    try await ProgramUnderTest.git(["rm", "-q", "-r", "-f", "fs/brook"], in: kernel.path)
    try await ProgramUnderTest.git(["commit", "-q", "-m", "other"], in: kernel.path)
    let outcome = try await run("b4-classic", input: patch)
    #expect(outcome.output.hasPrefix("WARNING: fs/brook/direct.c: not analysed: "))
    #expect(outcome.error == "" && !outcome.output.contains("ERROR:"))
    let nonsense = try await run("b4-classic", input: "hello\n")
    #expect(nonsense.output.hasPrefix("WARNING: not reviewed: "))
  }

  @Test func reviewAnswersInJSON() async throws {
    try await ProgramUnderTest.git(["branch", "-q", "base", kernel.base], in: kernel.path)
    try await ProgramUnderTest.git(["branch", "-q", "-u", "base"], in: kernel.path)
    func entries(_ outcome: ProgramUnderTest.Outcome) throws -> [[String: String]] {
      try JSONDecoder().decode([[String: String]].self, from: Data(outcome.output.utf8))
    }
    let fine = try entries(await run("b4-review", input: mail(4)))
    #expect(fine.count == 1 && fine[0]["tool"] == "lockstep")
    #expect(fine[0]["status"] == "pass" && fine[0]["summary"] == "no findings")
    let leaky = try entries(await run("b4-review", input: mail(3)))
    #expect(leaky[0]["status"] == "fail" && leaky[0]["summary"] == "1 error")
    #expect(leaky[0]["details"]?.contains("BISECT_BREAK") == true)
    let tracking = kernel.folder.path + "/tracking.json"
    try #"{"series": {"base-commit": "\#(kernel.base)"}, "patches": []}"#.write(
      toFile: tracking, atomically: true, encoding: .utf8)
    let whole = try entries(
      await run("b4-review", "--series", environment: ["B4_TRACKING_FILE": tracking]))
    #expect(whole[0]["status"] == "fail" && whole[0]["summary"]?.contains("1 error, ") == true)
    #expect(try entries(await run("b4-review", input: "hello\n"))[0]["status"] == "warn")
  }

  @Test func nipaGetsItsCodesAndDescription() async throws {
    let results = kernel.folder.path + "/results"
    try FileManager.default.createDirectory(
      atPath: results, withIntermediateDirectories: true)
    for (number, status) in zip(1...4, [0, 250, 1, 0] as [Int32]) {
      try await ProgramUnderTest.git(
        ["checkout", "-q", "--detach", tips[number - 1]], in: kernel.path)
      let script =
        "exec 7>\(results)/desc; DESC_FD=7 RESULTS_DIR=\(results) BRANCH_BASE=\(kernel.base) "
        + "exec \(ProgramUnderTest.path) adapter nipa"
      let outcome = try await ProgramUnderTest.run(
        program: "sh", ["-c", script], in: kernel.path, environment: home)
      #expect(outcome.status == status, "\(number): \(outcome.output)\(outcome.error)")
      let description = try String(contentsOfFile: results + "/desc", encoding: .utf8)
      #expect(
        description.hasPrefix(status == 0 ? "no findings" : number == 2 ? "0 errors, 1" : "1 error")
      )
      let report = try String(contentsOfFile: results + "/lockstep.txt", encoding: .utf8)
      #expect(report == outcome.output)
    }
  }

  @Test func kbuildGetsLinesAsOfACompilerAndNoFailure() async throws {
    try kernel.folder.write(MiniatureKernel.leaky(), to: "linux/fs/brook/leaky.c")
    let outcome = try await run(
      "kbuild", "-D__linux__", "-Wp,-MMD,x", "-C", "-3", "-I", "./include", "-Dx='\"y\"'",
      "fs/brook/leaky.c")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("fs/brook/leaky.c:9:3: error: "), "\(outcome.error)")
    #expect(outcome.output.contains("[LOCK_HELD_AT_RETURN]"))
  }

  // MARK: The real b4

  private func b4(_ words: String...) async throws -> ProgramUnderTest.Outcome {
    try await ProgramUnderTest.run(
      program: try #require(Tools.python("b4")), ["--offline-mode"] + words, in: kernel.path,
      environment: home)
  }

  private func git(_ words: String...) async throws {
    let outcome = try await ProgramUnderTest.run(
      program: "git", words, in: kernel.path, environment: home)
    #expect(outcome.status == 0, "\(words): \(outcome.error)")
  }

  @Test(.enabled(if: Tools.python("b4") != nil)) func prepAndAmOfTheRealB4() async throws {
    let program = ProgramUnderTest.path
    try await git("config", "user.name", "A U Thor")
    try await git("config", "user.email", "author@example.com")
    try await git("config", "b4.prep-perpatch-check-cmd", "\(program) adapter b4-classic")
    try await git("config", "b4.am-perpatch-check-cmd", "\(program) adapter b4-classic")
    try await git("checkout", "-q", "-b", "topic", kernel.base)
    let new = try await b4("prep", "-n", "brook", "-f", kernel.base)
    #expect(new.status == 0, "\(new.error)")
    try await git("cherry-pick", tips[0], tips[1], tips[2], tips[3])
    let check = try await b4("prep", "--check")
    let text = check.output + check.error
    #expect(text.contains("Success: 2, Warning: 1, Error: 1"), "\(text)")
    #expect(text.contains("ERROR:BISECT_BREAK") && text.contains("WARNING:DUPLICATE_FUNCTION"))

    try await git("checkout", "-q", "main")
    let mbox = kernel.folder.path + "/series.mbox"
    let mails = try await ProgramUnderTest.git(
      [
        "format-patch", "--stdout", "--thread", "--cover-letter", "--from=A <a@example.com>",
        "\(kernel.base)..main",
      ], in: kernel.path)
    try Data((mails + "\n").utf8).write(to: URL(filePath: mbox))
    try await git("reset", "-q", "--hard", kernel.base)
    let am = try await b4("am", "-m", mbox, "--check", "--no-parent", "-o", kernel.folder.path)
    let said = am.output + am.error
    #expect(said.contains("ERROR:LOCK_HELD_AT_RETURN"), "\(said)")
    #expect(said.contains("WARNING:DUPLICATE_FUNCTION") && !said.contains("not analysed"))
  }
}
