import Findings
import Foundation
import ProgramUnderTest
import Testing

/// `make C=1` as a developer of the kernel types it, with the kernel's own Makefiles and compiler.
@Suite(.enabled(if: KernelClone.source != nil, KernelClone.hint)) struct KbuildTests {
  /// A copy of the prepared kernel that may be built in.
  ///
  /// Sources are linked, since make never writes to them; what make made is copied.
  private func copy(of kernel: String, to place: String) async throws {
    let script = """
      set -e
      cp -al "$1" "$2" 2>/dev/null || { rm -rf "$2"; cp -a "$1" "$2"; }
      rm -rf "$2/.git"
      cd "$1"
      git -c safe.directory='*' ls-files -o -z |
        xargs -0 cp -a --parents --remove-destination -t "$2"
      """
    let outcome = try await ProgramUnderTest.run(
      program: "bash", ["-c", script, "copy", kernel, place])
    try #require(outcome.status == 0, "\(outcome.error)")
  }

  /// Beside the kernel where that can be, so that links are possible.
  private func folder(beside kernel: String) throws -> TemporaryFolder {
    try (try? TemporaryFolder(in: URL(filePath: kernel).deletingLastPathComponent().path))
      ?? TemporaryFolder()
  }

  /// A line that the adapter prints for a finding.
  private func line(_ finding: Finding) -> String {
    let level = finding.severity == .info ? "note" : finding.severity.rawValue
    return "\(finding.file):\(finding.line):\(finding.column): \(level): \(finding.message) "
      + "[\(finding.type.rawValue)]"
  }

  @Test func makeWithTheAdapterAsChecker() async throws {
    let kernel = try #require(KernelClone.source)
    let folder = try folder(beside: kernel)
    let tree = folder.path + "/linux"
    try await copy(of: kernel, to: tree)
    let clone = try await KernelClone()
    var sources = try await FuseSources(clone, at: clone.base)
    try sources.leak()
    let file = FuseSources.passthroughPath
    let text = try #require(sources.files[file])
    // Not written into the kernel's own file, which has the same inode.
    try text.write(toFile: tree + "/" + file, atomically: true, encoding: .utf8)

    let made = try await ProgramUnderTest.run(
      program: "make",
      ["-j2", "C=1", "CHECK=\(ProgramUnderTest.path) adapter kbuild", "fs/fuse/"], in: tree,
      environment: ["XDG_CACHE_HOME": SharedCache.path])
    #expect(made.status == 0, "\(made.error)")
    let found = Set(
      made.output.split(separator: "\n").filter { $0.hasSuffix("]") }.map(String.init))
    let leak = try #require(sources.lineOfEarlyReturn)
    #expect(
      found.contains {
        $0.hasPrefix("\(file):\(leak):") && $0.hasSuffix("[LOCK_HELD_AT_RETURN]")
      }, "\(made.output)\(made.error)")
    #expect(!made.error.contains("not reviewed"), "\(made.error)")
    #expect(FileManager.default.fileExists(atPath: tree + "/fs/fuse/passthrough.o"))
    #expect(!FileManager.default.fileExists(atPath: kernel + "/fs/fuse/passthrough.o"))

    let scan = try await ProgramUnderTest.run(
      ["scan", "--tree", tree, "--config-from", tree, "--format", "json", tree + "/fs/fuse"],
      environment: ["XDG_CACHE_HOME": SharedCache.path])
    let result = try JSONDecoder().decode(ReviewResult.self, from: Data(scan.output.utf8))
    let sourceFindings = result.findings.filter { $0.file.hasSuffix(".c") }
    #expect(found.isSubset(of: Set(sourceFindings.map(line))), "\(found)")
    #expect(
      found.filter { $0.contains("[LOCK_") }
        == Set(sourceFindings.filter { $0.type.area == .locks }.map(line)))
  }
}
