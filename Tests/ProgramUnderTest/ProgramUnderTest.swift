import Foundation
internal import Subprocess

#if canImport(System)
  internal import System
#else
  internal import SystemPackage
#endif

/// The built `lockstep`, run as a user runs it.
public enum ProgramUnderTest {
  /// How a run ended and what it said.
  public struct Outcome: Sendable {
    /// The exit code; 128 and more when a signal ended it.
    public let status: Int32
    public let output: String
    public let error: String
  }

  /// The program: `LOCKSTEP_PROGRAM`, else the one built beside the tests.
  public static let path: String = {
    if let path = ProcessInfo.processInfo.environment["LOCKSTEP_PROGRAM"], !path.isEmpty {
      return path
    }
    return URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "lockstep").path
  }()

  /// Runs it with these arguments, and with the environment of the tests plus `environment`.
  public static func run(
    _ arguments: [String], in directory: String? = nil, input: String = "",
    environment: [String: String] = [:]
  ) async throws -> Outcome {
    try await run(
      program: path, arguments, in: directory, input: input, environment: environment)
  }

  /// Runs git, which has to succeed, and gives its output without the last line end.
  ///
  /// The user's own configuration of git plays no part.
  @discardableResult
  public static func git(
    _ arguments: [String], in directory: String, input: String = "",
    environment: [String: String] = [:]
  ) async throws -> String {
    let fixed = [
      "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null",
      "GIT_AUTHOR_NAME": "A U Thor", "GIT_AUTHOR_EMAIL": "author@example.com",
      "GIT_COMMITTER_NAME": "C O Mitter", "GIT_COMMITTER_EMAIL": "committer@example.com",
    ]
    let outcome = try await run(
      program: "git", ["-c", "gc.auto=0", "-c", "safe.directory=*"] + arguments, in: directory,
      input: input, environment: fixed.merging(environment) { $1 })
    guard outcome.status == 0 else { throw GitFailure(arguments: arguments, outcome: outcome) }
    return outcome.output.hasSuffix("\n") ? String(outcome.output.dropLast()) : outcome.output
  }

  /// A git command that did not do what a test needed.
  public struct GitFailure: Error, CustomStringConvertible {
    let arguments: [String]
    let outcome: Outcome

    public var description: String {
      "git \(arguments.joined(separator: " ")): \(outcome.status): \(outcome.error)"
    }
  }

  /// Runs another program, by its path or a name that the path of programs has.
  public static func run(
    program: String, _ arguments: [String], in directory: String? = nil, input: String = "",
    environment: [String: String] = [:]
  ) async throws -> Outcome {
    let variables = environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
    let record = try await Subprocess.run(
      program.contains("/") ? .path(FilePath(program)) : .name(program),
      arguments: Arguments(arguments),
      environment: .inherit.updating(
        Dictionary(uniqueKeysWithValues: variables.map { ($0.0, Optional($0.1)) })),
      workingDirectory: directory.map { FilePath($0) },
      input: .fileDescriptor(opened(input), closeAfterSpawningProcess: true),
      output: .string(limit: 1 << 28), error: .string(limit: 1 << 24))
    let status =
      switch record.terminationStatus {
      case .exited(let code): code
      case .signaled(let signal): 128 + signal
      }
    return Outcome(
      status: status, output: record.standardOutput, error: record.standardError)
  }

  /// A file without a name that holds the input, open at its start.
  ///
  /// No pipe: a program that ends before it has read all would end the tests too, by a signal.
  private static func opened(_ input: String) throws -> FileDescriptor {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "lockstep-input-\(UUID().uuidString)").path
    try Data(input.utf8).write(to: URL(filePath: path))
    defer { unlink(path) }
    return try FileDescriptor.open(FilePath(path), .readOnly)
  }
}
