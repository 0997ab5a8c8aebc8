import Foundation
import Synchronization
import Testing

@testable import KernelTree

@Suite struct MadeUpTests {
  private func opened(_ texts: [String: String], cache: String) throws -> KernelTree {
    try KernelTree(base: DictionaryTree(texts: texts), options: .init(cacheDirectory: cache))
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test func aFileOfAnUnbuiltTreeHasFlagsAndHeaders() throws {
    try withTemporaryFolder { folder in
      let tree = DictionaryTree(texts: MiniatureTree.files)
      let kernel = try opened(MiniatureTree.files, cache: folder)
      let setting = try kernel.version(tree).setting(for: "fs/file.c")
      #expect(setting.source == .madeUp)
      #expect(setting.unsavedFiles == [])
      let root = String(setting.mainFile.dropLast("/fs/file.c".count))
      let flags = setting.arguments
      for flag in [
        "--target=x86_64-linux-gnu", "-nostdinc", "-D__KERNEL__", "-std=gnu11", "-fshort-wchar",
        "-DCC_USING_FENTRY", "-DX86_MAKEFILE", "-DMODULE", #"-DKBUILD_MODNAME="fuse""#, "-mno-sse",
        root + "/include/linux/kconfig.h", root + "/fs/inc",
      ] {
        #expect(flags.contains(flag), "\(flag) in \(flags)")
      }
      #expect(!flags.contains("-mtune=generic"))
      #expect(!flags.contains(root + "/include/linux/compiler-version.h"))
      for path in ["include/linux/a.h", "fs/file.h", "fs/inc/deep.h", "net/private.h"] {
        #expect(try text(root + "/" + path) == MiniatureTree.files[path])
      }
      #expect(try kernel.version(tree).buildRole(of: "fs/file.c") == .module("fuse"))
    }
  }

  /// The folder of generated headers, which the first include folder of that name is.
  private func generated(_ setting: CompileSetting) throws -> String {
    let suffix = "/arch/\(setting.architecture)/include/generated"
    let folder = try #require(setting.arguments.first { $0.hasSuffix(suffix) })
    return String(folder.dropLast(suffix.count))
  }

  @Test func generatedHeadersAreMadeUp() throws {
    try withTemporaryFolder { folder in
      let tree = DictionaryTree(texts: MiniatureTree.files)
      let kernel = try opened(MiniatureTree.files, cache: folder)
      let root = try generated(kernel.version(tree).setting(for: "fs/file.c"))
      #expect(
        try text(root + "/include/generated/autoconf.h") == """
          #define CONFIG_FUNCTION_TRACER 1
          #define CONFIG_FUSE_MODULE 1
          #define CONFIG_HAVE_FENTRY 1
          #define CONFIG_HZ 100
          #define CONFIG_TITLE "a\\"b"
          #define CONFIG_X86 1

          """)
      let asm = root + "/arch/x86/include/generated/asm"
      #expect(try text(asm + "/wrapped.h") == "#include <asm-generic/wrapped.h>\n")
      #expect(try text(asm + "/missing.h") == "#include <asm-generic/missing.h>\n")
      #expect(!FileManager.default.fileExists(atPath: asm + "/own.h"))
      #expect(try text(asm + "/strange.h") == "")
      #expect(
        try text(asm + "/unistd_64.h")
          == "#define __NR_read 0\n#define __NR_open 2\n#define __NR_syscalls 3\n")
      #expect(
        try text(asm + "/unistd_x32.h")
          == "#define __NR_x32_only (BIT + 3)\n#define __NR_x32_syscalls 4\n")
      #expect(
        try text(asm + "/syscalls_64.h") == """
          __SYSCALL(0, sys_read)
          __SYSCALL(1, sys_ni_syscall)
          __SYSCALL_WITH_COMPAT(2, sys_open, compat_open)

          """)
      let version = try text(root + "/include/generated/uapi/linux/version.h")
      #expect(version.contains("#define LINUX_VERSION_CODE \(6 << 16 + 12 << 8 + 3)\n"))
      #expect(
        try text(root + "/include/generated/utsrelease.h") == "#define UTS_RELEASE \"6.12.3-rc1\"\n"
      )
      let constants = try text(root + "/include/generated/timeconst.h")
      #expect(constants.contains("#define HZ_TO_MSEC_NUM 10\n"))
    }
  }

  @Test func aFileOfAnotherArchitectureIsParsedForIt() throws {
    try withTemporaryFolder { folder in
      let tree = DictionaryTree(texts: MiniatureTree.files)
      let kernel = try opened(MiniatureTree.files, cache: folder)
      let setting = try kernel.version(tree).setting(for: "arch/arm64/kernel/k.c")
      #expect(setting.architecture == "arm64")
      #expect(setting.arguments.contains("--target=aarch64-linux-gnu"))
      #expect(setting.arguments.contains("-DARM64_MAKEFILE=y"))
      let asm = try generated(setting) + "/arch/arm64/include/generated/asm"
      #expect(
        try text(asm + "/unistd_64.h")
          == "#define __NR_zero 0\n#define __NR_one 1\n#define __NR_syscalls 2\n")
      #expect(
        try text(asm + "/cpucap-defs.h")
          == "#define ARM64_ALPHA 0\n#define ARM64_BETA 1\n#define ARM64_NCAPS 2\n")
      let registers = try text(asm + "/sysreg-defs.h")
      for line in [
        "#define SYS_FOO_EL1 sys_reg(3, 0, 1, 2, 4)", "#define REG_FOO_EL1 S3_0_C1_C2_4",
        "#define FOO_EL1_MODE GENMASK(31, 28)", "#define FOO_EL1_MODE_SIGNED true",
        "#define FOO_EL1_MODE_NI UL(0b0000)", "#define FOO_EL1_BIT_SHIFT 27",
        "#define FOO_EL1_RES0 (UL(0) | GENMASK_ULL(63, 32))",
      ] {
        #expect(registers.contains(line + "\n"))
      }
    }
  }

  @Test func aVersionThatChangesHeadersSeesItsOwn() throws {
    try withTemporaryFolder { folder in
      var changed = MiniatureTree.files
      changed["include/linux/a.h"] = "long a;\n"
      changed["fs/file.h"] = "#include <new.h>\n"
      changed["fs/inc/new.h"] = "int new;\n"
      changed["net/private.h"] = "long private;\n"
      changed["Kconfig"]! += "\nconfig EXTRA\n\tbool \"e\"\n"
      changed["arch/x86/include/asm/own.h"] = nil
      changed["scripts/unrelated"] = "x"
      let kernel = try opened(MiniatureTree.files, cache: folder)
      let base = try kernel.version(DictionaryTree(texts: MiniatureTree.files))
        .setting(for: "fs/file.c")
      let setting = try kernel.version(DictionaryTree(texts: changed)).setting(for: "fs/file.c")
      #expect(setting.arguments == base.arguments)
      #expect(setting.mainFile == base.mainFile)
      let root = String(setting.mainFile.dropLast("/fs/file.c".count))
      let generated = try generated(setting)
      let unsaved = Dictionary(
        uniqueKeysWithValues: setting.unsavedFiles.map {
          ($0.path, String(decoding: $0.bytes, as: UTF8.self))
        })
      #expect(unsaved[root + "/include/linux/a.h"] == "long a;\n")
      #expect(unsaved[root + "/fs/file.h"] == "#include <new.h>\n")
      #expect(unsaved[root + "/net/private.h"] == "long private;\n")
      #expect(unsaved[root + "/arch/x86/include/asm/own.h"] == "#include_next <asm/own.h>\n")
      #expect(
        unsaved[generated + "/arch/x86/include/generated/asm/own.h"]
          == "#include <asm-generic/own.h>\n")
      let autoconf = try #require(unsaved[generated + "/include/generated/autoconf.h"])
      #expect(autoconf.contains("#define CONFIG_EXTRA 1\n"))
      // A header that is only in this version is put on disk, where it is in nobody's way.
      #expect(try text(root + "/fs/inc/new.h") == "int new;\n")
      #expect(unsaved.count == 6)
      // The base is as it was, but for the file that only the other version has.
      let again = try kernel.version(DictionaryTree(texts: MiniatureTree.files))
        .setting(for: "fs/file.c")
      #expect(again == base)
    }
  }

  @Test func aHeaderOfAnotherVersionIsHidden() throws {
    try withTemporaryFolder { folder in
      var other = MiniatureTree.files
      other["fs/gone.h"] = "int only_there;\n"
      let kernel = try opened(MiniatureTree.files, cache: folder)
      let theirs = try kernel.version(DictionaryTree(texts: other)).setting(for: "fs/file.c")
      #expect(theirs.unsavedFiles == [])
      let ours = try kernel.version(DictionaryTree(texts: MiniatureTree.files))
        .setting(for: "fs/file.c")
      #expect(
        ours.unsavedFiles.map { String(decoding: $0.bytes, as: UTF8.self) } == [
          "#include_next <gone.h>\n"
        ])
    }
  }

  @Test func contentIDsFollowTheVersion() throws {
    try withTemporaryFolder { folder in
      var changed = MiniatureTree.files
      changed["include/linux/a.h"] = "long a;\n"
      let kernel = try opened(MiniatureTree.files, cache: folder)
      let old = kernel.version(DictionaryTree(texts: MiniatureTree.files))
      let new = kernel.version(DictionaryTree(texts: changed))
      let (before, after) = (try old.setting(for: "fs/file.c"), try new.setting(for: "fs/file.c"))
      let root = String(before.mainFile.dropLast("/fs/file.c".count))
      let header = root + "/include/linux/../linux/a.h"
      #expect(try old.contentID(of: header, in: before) != new.contentID(of: header, in: after))
      #expect(try old.treePath(of: header, in: before) == "include/linux/a.h")
      for path in ["/include/linux/kconfig.h", "/fs/file.h"] {
        let id = try #require(try old.contentID(of: root + path, in: before))
        #expect(try new.contentID(of: root + path, in: after) == id)
      }
      let autoconf = try generated(before) + "/include/generated/autoconf.h"
      #expect(try old.contentID(of: autoconf, in: before) != nil)
      #expect(try old.contentID(of: root + "/none.h", in: before) == nil)
    }
  }

  @Test func aSecondRunFindsWhatTheFirstLeft() throws {
    try withTemporaryFolder { folder in
      let tree = DictionaryTree(texts: MiniatureTree.files)
      let first = try opened(MiniatureTree.files, cache: folder).version(tree).setting(
        for: "fs/file.c")
      let marks = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
      let second = try opened(MiniatureTree.files, cache: folder).version(tree).setting(
        for: "fs/file.c")
      #expect(first == second)
      #expect(try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() == marks)
    }
  }

  @Test func twoRunsAtOnceAndADeletedCacheAreHarmless() throws {
    try withTemporaryFolder { folder in
      let tree = DictionaryTree(texts: MiniatureTree.files)
      let settings = Mutex<[CompileSetting]>([])
      DispatchQueue.concurrentPerform(iterations: 8) { _ in
        let setting = try? opened(MiniatureTree.files, cache: folder).version(tree)
          .setting(for: "fs/file.c")
        if let setting { settings.withLock { $0.append(setting) } }
      }
      let found = settings.withLock { $0 }
      #expect(found.count == 8)
      #expect(Set(found).count == 1)
      let drafts = try FileManager.default.subpathsOfDirectory(atPath: folder)
        .filter { $0.contains("draft") }
      #expect(drafts == [])

      let kernel = try opened(MiniatureTree.files, cache: folder)
      let version = kernel.version(tree)
      let before = try version.setting(for: "fs/file.c")
      try FileManager.default.removeItem(atPath: folder)
      let after = try version.setting(for: "fs/file.c")
      #expect(after == before)
      let root = String(after.mainFile.dropLast("/fs/file.c".count))
      for path in ["include/linux/a.h", "fs/file.h", "fs/inc/deep.h", "net/private.h"] {
        #expect(FileManager.default.fileExists(atPath: root + "/" + path))
      }
    }
  }

  @Test func whatIsNoKernelOrCannotBeWrittenIsSaid() throws {
    try withTemporaryFolder { folder in
      let tree = DictionaryTree(texts: ["a.c": "int a;\n"])
      let kernel = try KernelTree(base: tree, options: .init(cacheDirectory: folder))
      #expect(throws: KernelTreeError.notAKernelTree(missing: "Kconfig")) {
        try kernel.version(tree).setting(for: "a.c")
      }
      try write(["file": ""], below: folder)
      let blocked = try opened(MiniatureTree.files, cache: folder + "/file")
      #expect(throws: KernelTreeError.self) {
        try blocked.version(DictionaryTree(texts: MiniatureTree.files)).setting(for: "fs/file.c")
      }
    }
  }
}
