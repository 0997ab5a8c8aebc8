import Foundation
import Testing

@testable import KernelTree

@Suite struct PreparationTests {
  /// A tree whose Makefile makes a configuration and a header, and uses a script for it.
  private var tree: DictionaryTree {
    var files = MiniatureTree.files
    files["Makefile"] = """
      VERSION = 6
      allmodconfig:
      \t@$(CURDIR)/scripts/answer.sh > $(O)/.config
      olddefconfig:
      \t@grep -q CONFIG_MINE $(O)/.config
      prepare:
      \t@mkdir -p $(O)/include/generated $(O)/arch/$(ARCH)/include/generated/asm
      \t@sed 's/\\(.*\\)=y/#define \\1 1/' $(O)/.config > $(O)/include/generated/autoconf.h
      \t@echo 'int exact;' > $(O)/arch/$(ARCH)/include/generated/asm/exact.h
      \t@echo prepared
      """
    files["scripts/answer.sh"] = "#!/bin/sh\necho CONFIG_ANSWERED=y\n"
    return DictionaryTree(texts: files)
  }

  private func exactHeaders(_ setting: CompileSetting) throws -> [String] {
    let suffix = "/arch/x86/include/generated"
    let folder = try #require(setting.arguments.first { $0.hasSuffix(suffix) }).dropLast(
      suffix.count)
    return try ["include/generated/autoconf.h", "arch/x86/include/generated/asm/exact.h"].map {
      try String(contentsOfFile: folder + "/" + $0, encoding: .utf8)
    }
  }

  @Test func whatMakeHasPreparedIsUsed() throws {
    try withTemporaryFolder { folder in
      var lines: [String] = []
      let prepared = try TreePreparation(of: tree, cacheDirectory: folder).run { lines.append($0) }
      #expect(lines.contains("make allmodconfig") && lines.contains("prepared"))
      let left = try FileManager.default.contentsOfDirectory(atPath: prepared)
      #expect(!left.contains("source") && !left.contains("build"))

      let kernel = try KernelTree(base: tree, options: .init(cacheDirectory: folder))
      let setting = try kernel.version(tree).setting(for: "fs/file.c")
      #expect(try exactHeaders(setting) == ["#define CONFIG_ANSWERED 1\n", "int exact;\n"])
      #expect(setting.note == "x86, prepared by make allmodconfig")

      // Another version's Kconfig was not prepared.
      var other = tree
      other.texts["arch/x86/Kconfig"] = ""
      let made = try KernelTree(base: other, options: .init(cacheDirectory: folder))
        .version(other).setting(for: "fs/file.c")
      #expect(made.note == "x86, made up from the commit's own Kconfig")
    }
  }

  @Test func aConfigurationOfTheUserIsTaken() throws {
    try withTemporaryFolder { folder in
      try write(["mine/.config": "CONFIG_MINE=y\n"], below: folder)
      try TreePreparation(of: tree, configFrom: folder + "/mine", cacheDirectory: folder + "/cache")
        .run { _ in }
      let kernel = try KernelTree(base: tree, options: .init(cacheDirectory: folder + "/cache"))
      let setting = try kernel.version(tree).setting(for: "fs/file.c")
      #expect(try exactHeaders(setting)[0] == "#define CONFIG_MINE 1\n")
      #expect(throws: KernelTreeError.self) {
        try TreePreparation(of: tree, configFrom: folder + "/none", cacheDirectory: folder)
      }
    }
  }

  @Test func aFailingMakeIsSaidAndLeavesNothing() throws {
    try withTemporaryFolder { folder in
      var broken = tree
      broken.texts["scripts/answer.sh"] = "#!/bin/sh\necho 'no compiler' >&2\nexit 1\n"
      let error = #expect(throws: KernelTreeError.self) {
        try TreePreparation(of: broken, cacheDirectory: folder).run { _ in }
      }
      #expect(error?.description.contains("no compiler") == true)
      let left = try FileManager.default.contentsOfDirectory(atPath: folder + "/prepared-1-x86")
      #expect(left == [])
    }
  }
}
