import Foundation
import Testing

@testable import KernelTree

@Suite struct BuildDirectoryTests {
  private let tree = [
    "Kconfig": "", "scripts/x": "", "include/linux/a.h": "int a;\n",
    "fs/a/b.c": "#include \"b.h\"\n", "fs/a/b.h": "int b;\n",
  ]

  @Test func aRecordInABuildDirectoryGivesTheFlags() throws {
    try withTemporaryFolder { folder in
      try write(tree, below: folder + "/src")
      try write(
        [
          ".config": "#\n# Automatically generated\n# Linux/x86 6.12.0 Kernel Configuration\n#\n",
          "Makefile": "# made\ninclude \(folder)/src/Makefile\n",
          "include/generated/autoconf.h": "#define CONFIG_A 1\n",
          "fs/a/.b.o.cmd":
            "savedcmd_fs/a/b.o := gcc -fplugin=x.so -I./include -I\(folder)/src/include "
            + "-DKBUILD_MODNAME='\"b\"' -c -o fs/a/b.o \(folder)/src/fs/a/b.c \n",
        ], below: folder + "/out")
      let source = DictionaryTree(texts: tree)
      let kernel = try KernelTree(
        base: source, options: .init(cacheDirectory: folder + "/cache", configFrom: folder + "/out")
      )
      let setting = try kernel.version(source).setting(for: "fs/a/b.c")
      #expect(setting.source == .buildDirectory)
      #expect(
        setting.arguments.suffix(5) == [
          "-I", folder + "/out/include", "-I", folder + "/src/include", #"-DKBUILD_MODNAME="b""#,
        ])
      #expect(setting.mainFile == folder + "/src/fs/a/b.c")
      #expect(setting.workingDirectory == folder + "/out")
      #expect(setting.unsavedFiles == [])
    }
  }

  @Test func anEntryOfTheDatabaseGivesTheFlags() throws {
    try withTemporaryFolder { folder in
      try write(tree, below: folder)
      let entry = """
        [{"directory": "\(folder)", "file": "fs/a/b.c",
          "arguments": ["clang", "-DFROM_DATABASE", "-Iinclude", "-load", "x.so", "fs/a/b.c"]},
         {"directory": "\(folder)", "file": "\(folder)/fs/a/c.c", "command": "gcc -DQ='\\"x y\\"'"}]
        """
      try write(["compile_commands.json": entry], below: folder)
      let source = DictionaryTree(texts: tree)
      let kernel = try KernelTree(
        base: source,
        options: .init(
          cacheDirectory: folder + "/cache", configFrom: folder + "/compile_commands.json"))
      let version = kernel.version(source)
      let setting = try version.setting(for: "fs/a/b.c")
      #expect(setting.source == .compileCommands)
      #expect(setting.arguments.suffix(3) == ["-DFROM_DATABASE", "-I", folder + "/include"])
      #expect(try version.setting(for: "fs/a/c.c").arguments.last == #"-DQ="x y""#)
    }
  }

  @Test func headersOfAnotherCommitAreUnsaved() throws {
    try withTemporaryFolder { folder in
      var onDisk = tree
      onDisk["include/generated/autoconf.h"] = ""
      onDisk["include/linux/old.h"] = ""
      try write(onDisk, below: folder)
      var commit = tree
      commit["include/linux/a.h"] = "long a;\n"
      commit["include/linux/new.h"] = "int n;\n"
      commit["fs/a/b.h"] = "#include \"../c.h\"\n"
      commit["fs/c.h"] = "int c;\n"
      let disk = DictionaryTree(texts: onDisk)
      let kernel = try KernelTree(
        base: disk,
        options: .init(
          cacheDirectory: folder + "/cache", workTree: folder, workTreeContent: disk))
      let unsaved = try kernel.version(DictionaryTree(texts: commit)).setting(for: "fs/a/b.c")
        .unsavedFiles
      let texts = Dictionary(
        uniqueKeysWithValues: unsaved.map {
          (String($0.path.dropFirst(folder.count + 1)), String(decoding: $0.bytes, as: UTF8.self))
        })
      #expect(
        texts == [
          "include/linux/a.h": "long a;\n", "include/linux/new.h": "int n;\n",
          "fs/a/b.h": "#include \"../c.h\"\n", "fs/c.h": "int c;\n",
          "include/linux/old.h": "#include_next <linux/old.h>\n",
        ])
    }
  }

  @Test func whatIsNoBuildIsRefusedWithASentence() throws {
    try withTemporaryFolder { folder in
      try write(["x.json": "{", "empty.json": "[]"], below: folder)
      for name in ["", "/x.json", "/empty.json", "/absent"] {
        #expect(throws: KernelTreeError.self) { try BuildDirectory(path: folder + name) }
      }
    }
  }
}
