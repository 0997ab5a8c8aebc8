import Foundation
import GitKit
import Testing

/// A real git repository in a temporary folder, deleted with the value.
///
/// git runs apart from the user's own configuration; every commit is a minute later than the last.
final class GitFixture {
  /// The folder that holds everything; the repository is `root/repo`.
  let root: URL
  let folder: URL
  private var minutes = 0

  init(_ initArguments: String...) throws {
    root = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appendingPathComponent("gitkit-\(UUID().uuidString)")
    folder = root.appendingPathComponent("repo")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try git(["init", "-q", "-b", "main"] + initArguments)
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  var path: String { folder.path }

  // MARK: git

  /// Runs git and gives its output without the last newline; a failure is a failed test.
  @discardableResult
  func git(_ arguments: String..., environment: [String: String] = [:]) throws -> String {
    try git(arguments, environment: environment)
  }

  @discardableResult
  func git(_ arguments: [String], in place: URL? = nil, environment: [String: String] = [:]) throws
    -> String
  {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git"] + arguments
    process.currentDirectoryURL = place ?? folder
    let date = "\(1_700_000_000 + minutes * 60) +0100"
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin", "HOME": root.path,
      "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "Ann Author",
      "GIT_AUTHOR_EMAIL": "ann@example.org", "GIT_COMMITTER_NAME": "Carl Committer",
      "GIT_COMMITTER_EMAIL": "carl@example.org", "GIT_AUTHOR_DATE": date,
      "GIT_COMMITTER_DATE": date, "GIT_ALLOW_PROTOCOL": "file", "LC_ALL": "C",
    ].merging(environment) { $1 }
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "git \(arguments.joined(separator: " "))")
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
  }

  /// Stages everything and commits it; gives the commit's id.
  @discardableResult
  func commit(_ message: String, _ options: String...) throws -> ObjectID {
    try git("add", "-A")
    return try commitStaged(message, options)
  }

  @discardableResult
  func commitStaged(_ message: String, _ options: [String] = []) throws -> ObjectID {
    minutes += 1
    try git(["commit", "-q", "--allow-empty", "-m", message] + options)
    return try id("HEAD")
  }

  /// Merges with a commit of its own, even where git could go straight on.
  @discardableResult
  func merge(_ branch: String) throws -> ObjectID {
    minutes += 1
    try git("merge", "-q", "--no-ff", "-m", "Merge \(branch)", branch)
    return try id("HEAD")
  }

  func id(_ revision: String) throws -> ObjectID {
    try #require(ObjectID(hex: try git("rev-parse", "--verify", revision)))
  }

  /// Ids that `git rev-list` prints, in its order.
  func revList(_ arguments: [String]) throws -> [ObjectID] {
    try git(["rev-list"] + arguments).split(separator: "\n").compactMap { ObjectID(hex: $0) }
  }

  // MARK: Files

  func write(_ text: String, to path: String) throws { try write(Array(text.utf8), to: path) }

  func write(_ bytes: [UInt8], to path: String) throws {
    let file = folder.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  func remove(_ path: String) throws {
    try FileManager.default.removeItem(at: folder.appendingPathComponent(path))
  }

  // MARK: Reading

  func open(environment: [String: String] = [:]) throws(GitError) -> Repository {
    try Repository(at: folder.path, environment: environment)
  }

  /// A clone beside the repository.
  func clone(_ name: String, _ options: String...) throws -> String {
    let place = root.appendingPathComponent(name).path
    try git(["clone", "-q"] + options + ["file://" + folder.path, place], in: root)
    return place
  }
}

extension Array<UInt8> {
  var text: String { String(decoding: self, as: UTF8.self) }
}
