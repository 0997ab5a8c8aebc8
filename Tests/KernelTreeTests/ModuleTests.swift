import Foundation
import Testing

@testable import KernelTree

@Suite struct ModuleTests {
  private let module = [
    "Makefile": """
    ifneq ($(KERNELRELEASE),)
    obj-m := thing.o
    thing-y := main.o lib/part.o
    ccflags-y := -I$(src)/inc -I$(srctree)/fs
    else
    all:
    \tmake -C /lib/modules M=$(PWD)
    endif
    """,
    "main.c": "#include \"main.h\"\n#include <inc.h>\n",
    "main.h": "int m;\n",
    "inc/inc.h": "int i;\n",
    "lib/part.c": "",
  ]

  private func writeKernel(below folder: String) throws {
    var kernel = MiniatureTree.files
    kernel["scripts/x"] = ""
    kernel["include/generated/autoconf.h"] = "#define CONFIG_X86 1\n"
    kernel[".config"] = "# Linux/x86 6.12.0 Kernel Configuration\n"
    try write(kernel, below: folder + "/kernel")
  }

  @Test(arguments: [true, false])
  func aModuleIsParsedAgainstAPreparedKernel(hasWorkTree: Bool) throws {
    try withTemporaryFolder { folder in
      try writeKernel(below: folder)
      try write(module, below: folder + "/module")
      let tree = DictionaryTree(texts: module)
      let kernel = try KernelTree(
        base: tree,
        options: .init(
          cacheDirectory: folder + "/cache", kernelDirectory: folder + "/kernel",
          workTree: hasWorkTree ? folder + "/module" : nil))
      let version = kernel.version(tree)
      let setting = try version.setting(for: "main.c")
      let root = String(setting.mainFile.dropLast("/main.c".count))
      #expect((root == folder + "/module") == hasWorkTree)
      #expect(setting.unsavedFiles == [])
      #expect(FileManager.default.fileExists(atPath: root + "/inc/inc.h"))
      for flag in [
        folder + "/kernel/include", folder + "/kernel/include/linux/kconfig.h", root + "/inc",
        folder + "/kernel/fs", "-DMODULE", #"-DKBUILD_MODNAME="thing""#, "-std=gnu11",
      ] {
        #expect(setting.arguments.contains(flag), "\(flag) in \(setting.arguments)")
      }
      #expect(try version.buildRole(of: "lib/part.c") == .module("thing"))

      var changed = module
      changed["main.h"] = "long m;\n"
      let unsaved = try kernel.version(DictionaryTree(texts: changed)).setting(for: "main.c")
        .unsavedFiles
      #expect(unsaved.map(\.path) == [root + "/main.h"])
    }
  }

  @Test func theRecordOfAModuleStandsBesideItsSource() throws {
    try withTemporaryFolder { folder in
      try writeKernel(below: folder)
      var built = module
      built[".main.o.cmd"] =
        "savedcmd_\(folder)/module/main.o := gcc -I./include -DBUILT -c -o main.o main.c\n"
      try write(built, below: folder + "/module")
      let tree = DictionaryTree(texts: module)
      let setting = try KernelTree(
        base: tree,
        options: .init(
          cacheDirectory: folder + "/cache", kernelDirectory: folder + "/kernel",
          workTree: folder + "/module")
      ).version(tree).setting(for: "main.c")
      #expect(setting.source == .buildDirectory)
      #expect(setting.arguments.suffix(3) == ["-I", folder + "/kernel/include", "-DBUILT"])
    }
  }

  @Test func aKernelWithoutHeadersIsRefused() throws {
    try withTemporaryFolder { folder in
      try write([".config": "", "Kconfig": "", "scripts/x": ""], below: folder + "/kernel")
      #expect(throws: KernelTreeError.self) {
        try KernelTree(
          base: DictionaryTree(texts: module),
          options: .init(cacheDirectory: folder, kernelDirectory: folder + "/kernel"))
      }
    }
  }
}
