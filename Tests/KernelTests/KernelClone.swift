import Foundation
import Testing
import ProgramUnderTest

/// A clone of the prepared kernel without a work tree, to commit test branches in.
///
/// Objects are borrowed from the kernel's own repository, so making one takes no time; the kernel's
/// tree is only read.
final class KernelClone: Sendable {
  /// The prepared kernel, from `LOCKSTEP_KERNEL`; nil when the tests are to be skipped.
  static let source: String? = {
    let path = ProcessInfo.processInfo.environment["LOCKSTEP_KERNEL"] ?? ""
    return path.isEmpty ? nil : path
  }()

  static let hint: Comment =
    "type make test-kernel, or set LOCKSTEP_KERNEL to a prepared Linux 6.12"

  private static let noObject = String(repeating: "0", count: 40)

  /// The kernel that the clone was made of.
  let kernel: String
  /// The clone, a bare repository.
  let path: String
  /// The commit that branches start from.
  let base: String
  private let folder: TemporaryFolder

  init() async throws {
    kernel = try #require(Self.source)
    folder = try TemporaryFolder()
    path = folder.path + "/linux.git"
    try await ProgramUnderTest.git(
      ["clone", "-q", "--bare", "--shared", kernel, path], in: folder.path)
    base = try await ProgramUnderTest.git(["rev-parse", "HEAD"], in: path)
  }

  /// The text of a file of a commit.
  func text(of file: String, at commit: String) async throws -> String {
    try await ProgramUnderTest.git(["show", "\(commit):\(file)"], in: path) + "\n"
  }

  /// Commits the whole tree of another commit on top of `parent`; gives the new commit.
  func commit(treeOf other: String, on parent: String, subject: String) async throws -> String {
    try await ProgramUnderTest.git(
      ["commit-tree", "\(other)^{tree}", "-p", parent, "-m", subject], in: path)
  }

  /// Commits changed files on top of `parent`, without those that are nil; gives the new commit.
  func commit(_ files: [String: String?], on parent: String, subject: String) async throws -> String
  {
    let index = ["GIT_INDEX_FILE": folder.path + "/index"]
    func git(_ words: [String], input: String = "") async throws -> String {
      try await ProgramUnderTest.git(words, in: path, input: input, environment: index)
    }
    _ = try await git(["read-tree", parent])
    for (file, text) in files {
      guard let text else {
        _ = try await git(["update-index", "--index-info"], input: "0 \(Self.noObject)\t\(file)\n")
        continue
      }
      let blob = try await git(["hash-object", "-w", "--stdin"], input: text)
      _ = try await git(["update-index", "--add", "--cacheinfo", "100644,\(blob),\(file)"])
    }
    let tree = try await git(["write-tree"])
    return try await git(["commit-tree", tree, "-p", parent, "-m", subject])
  }
}
