import Foundation
import ProgramUnderTest
import Testing

/// Under the pre-commit framework of PyPI.
@Suite(.enabled(if: Tools.python("pre-commit") != nil)) struct PreCommitTests {
  private func run(_ words: String..., in directory: String, home: String) async throws
    -> ProgramUnderTest.Outcome
  {
    try await ProgramUnderTest.run(
      program: try #require(Tools.python("pre-commit")), words, in: directory,
      environment: [
        "PRE_COMMIT_HOME": home + "/pre-commit", "XDG_CACHE_HOME": home + "/cache",
        "PATH": "/usr/bin:/bin",
      ])
  }

  @Test func theManifestIsRight() async throws {
    let folder = try TemporaryFolder()
    let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL.path
    let outcome = try await run(
      "validate-manifest", root + "/.pre-commit-hooks.yaml", in: root, home: folder.path)
    #expect(outcome.status == 0, "\(outcome.output)")
  }

  /// As in the manifest, but with the program that is built already.
  @Test func commitsAndPushes() async throws {
    let kernel = try MiniatureKernel()
    try kernel.commit([
      ".pre-commit-config.yaml": """
      repos:
        - repo: local
          hooks:
            - id: lockstep
              name: lockstep
              entry: \(ProgramUnderTest.path) hook run pre-commit
              language: system
              pass_filenames: false
              always_run: true
              stages: [pre-commit, pre-push, manual]

      """
    ])
    let fine = try await run("run", in: kernel.path, home: kernel.folder.path)
    #expect(fine.status == 0 && fine.output.contains("Passed"), "\(fine.output)\(fine.error)")
    try kernel.folder.write(MiniatureKernel.leaky(), to: "linux/fs/brook/leaky.c")
    try await ProgramUnderTest.git(["add", "-A"], in: kernel.path)
    let leaky = try await run("run", in: kernel.path, home: kernel.folder.path)
    #expect(leaky.status == 1 && leaky.output.contains("LOCK_HELD_AT_RETURN"))
    try await ProgramUnderTest.git(["commit", "-q", "-m", "leaky"], in: kernel.path)
    let pushed = try await run(
      "run", "--hook-stage", "pre-push", "--from-ref", "HEAD~1", "--to-ref", "HEAD",
      in: kernel.path, home: kernel.folder.path)
    #expect(pushed.status == 1 && pushed.output.contains("LOCK_HELD_AT_RETURN"))
  }
}
