import Foundation
import ProgramUnderTest
import Testing

/// Only `prepare` runs something of the tree, and reviews use what it made.
@Suite struct PrepareTests {
  private static let makefile = """
    VERSION = 6
    PATCHLEVEL = 12
    SUBLEVEL = 0
    allmodconfig:
    \t@echo CONFIG_BROOK_DEEP=y >$(O)/.config
    prepare:
    \t@mkdir -p $(O)/include/generated
    \t@echo '#define CONFIG_BROOK_DEEP 1' >$(O)/include/generated/autoconf.h

    """

  @Test func reviewsUseWhatWasPrepared() async throws {
    let kernel = try MiniatureKernel()
    try kernel.commit(["Makefile": Self.makefile])
    try kernel.commit(["fs/brook/leaky.c": MiniatureKernel.leaky()])
    let image = try FolderImage(kernel.path)
    let before = try await kernel.run("check", "HEAD", "--format", "json")
    #expect(try before.result().coverage.contains { $0.config.contains("made up") })
    let outcome = try await kernel.run("prepare")
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.output.hasPrefix("Prepared in "))
    let after = try await kernel.run("check", "HEAD", "--format", "json")
    let coverage = try after.result().coverage
    #expect(coverage.contains { $0.config == "x86, prepared by make allmodconfig" })
    #expect(try after.result().findings.contains { $0.type == .lockHeldAtReturn })
    #expect(try FolderImage(kernel.path) == image)
  }

  @Test func aFailureOfMakeIsToldWithItsWords() async throws {
    let kernel = try MiniatureKernel()
    try kernel.commit(["Makefile": "allmodconfig:\n\t@echo no such tool >&2; false\n"])
    let outcome = try await kernel.run("prepare")
    #expect(outcome.status == 2)
    #expect(outcome.error.contains("no such tool"))
  }

  @Test func whatIsNoKernelIsNotRun() async throws {
    let folder = try TemporaryFolder()
    try folder.write("allmodconfig:\n\t@touch ran\n", to: "Makefile")
    let outcome = try await ProgramUnderTest.run(
      ["prepare"], in: folder.path,
      environment: [
        "XDG_CACHE_HOME": folder.path + "/cache", "GIT_CEILING_DIRECTORIES": folder.path,
      ])
    #expect(outcome.status == 2)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/ran"))
  }
}
