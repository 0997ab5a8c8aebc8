import Foundation
import GitKit
import Testing

/// Every kind of tree tells the same about the same files.
struct TreeSourceTests {
  enum Kind: CaseIterable {
    case commit
    case index
    case workTree
    case folder
    case overlay
  }

  let fixture: GitFixture

  init() throws {
    fixture = try GitFixture()
    try fixture.write("int a;\n", to: "fs/fuse/a.c")
    try fixture.write("int b;\n", to: "fs/b.c")
    try fixture.write("", to: "fs.c")
    try fixture.write("x", to: "fs-x.c")
    try fixture.write([0x00, 0xff, 0x0a, 0x00], to: "nul.bin")
    try fixture.write([0x63, 0xe9, 0x0a], to: "latin1.c")
    try fixture.write("\u{fc}\n", to: "gr\u{fc}\u{df}e.c")
    try FileManager.default.createSymbolicLink(
      atPath: fixture.path + "/link.c", withDestinationPath: "fs/b.c")
    try FileManager.default.createSymbolicLink(
      atPath: fixture.path + "/linked", withDestinationPath: "fs")
    try fixture.commit("All")
  }

  private func tree(_ kind: Kind) throws -> any TreeSource {
    let repository = try fixture.open()
    switch kind {
    case .commit: return try #require(try repository.headTree())
    case .index: return try repository.index()
    case .workTree: return try repository.workTree()
    case .folder: return try FolderTree(fixture.path)
    case .overlay:
      var overlay = OverlayTree(try #require(try repository.headTree()))
      overlay.delete("fs/b.c")
      overlay.write(Array("int b;\n".utf8), to: "fs/b.c")
      return overlay
    }
  }

  private let all = [
    "fs-x.c", "fs.c", "fs/b.c", "fs/fuse/a.c", "gr\u{fc}\u{df}e.c", "latin1.c", "nul.bin",
  ]

  @Test(arguments: Kind.allCases) func files(kind: Kind) throws {
    let tree = try tree(kind)
    let files = try tree.files(below: "")
    #expect(files.map(\.path) == all)
    for file in files {
      #expect(file.id == (try fixture.id("HEAD:" + file.path)))
      #expect(try tree.blobID(of: file.path) == file.id)
      #expect(try tree.read(file.path).map { ObjectID.blob(of: $0) } == file.id)
    }
    #expect(try tree.files(below: "fs").map(\.path) == ["fs/b.c", "fs/fuse/a.c"])
    #expect(try tree.files(below: "fs/fuse").map(\.path) == ["fs/fuse/a.c"])
  }

  @Test(arguments: Kind.allCases) func list(kind: Kind) throws {
    let tree = try tree(kind)
    let names = try tree.list("").filter { !$0.hasPrefix("link") }
    #expect(
      names == ["fs-x.c", "fs.c", "fs/", "gr\u{fc}\u{df}e.c", "latin1.c", "nul.bin"])
    #expect(try tree.list("fs") == ["b.c", "fuse/"])
  }

  @Test(arguments: Kind.allCases) func nothingThere(kind: Kind) throws {
    let tree = try tree(kind)
    let paths = [
      "nosuch.c", "fs/nosuch.c", "nosuch/a.c", "fs", "fs/", "", "/", "fs//b.c", "./fs/b.c",
      "../repo/fs/b.c", "fs/../fs.c", "/etc/passwd", "fs.c/x", "link.c", "linked/b.c", "linked",
      "fs/b.c/", "a\0b", "\u{e9}.c",
    ]
    for path in paths {
      #expect(try tree.read(path) == nil, "\(path)")
      #expect(try tree.blobID(of: path) == nil, "\(path)")
      if ["fs", ""].contains(path) { continue }
      #expect(try tree.list(path).isEmpty, "\(path)")
      #expect(try tree.files(below: path).isEmpty, "\(path)")
      #expect(try tree.treeID(of: path) == nil, "\(path)")
    }
  }

  @Test(arguments: [Kind.commit, .index, .workTree]) func treeIDs(kind: Kind) throws {
    let tree = try tree(kind)
    #expect(try tree.treeID(of: "") == (try fixture.id("HEAD^{tree}")))
    #expect(try tree.treeID(of: "fs/fuse") == (try fixture.id("HEAD:fs/fuse")))
  }

  @Test(arguments: Kind.allCases) func manyThreads(kind: Kind) async throws {
    let tree = try tree(kind)
    let all = all
    let texts = try await withThrowingTaskGroup(of: [String].self) { group in
      for _ in 0..<8 {
        group.addTask {
          try (0..<20).flatMap { _ in
            try all.map { "\(try tree.read($0) ?? []) \(try tree.files(below: "fs").count)" }
          }
        }
      }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(texts.count == 1)
  }

  // MARK: Names that are no UTF-8

  @Test(arguments: Kind.allCases) func latin1Names(kind: Kind) throws {
    // Swift cannot write such a name, so git does.
    let script = #"mkdir "$(printf 'd\351')" && echo 'int e;' > "$(printf 'd\351/\351.c')""#
    try fixture.shell(script)
    try fixture.commit("Odd name")
    let tree = try tree(kind)
    #expect(try tree.read("d\u{e9}/\u{e9}.c")?.text == "int e;\n")
    #expect(try tree.list("d\u{e9}") == ["\u{e9}.c"])
    #expect(try tree.files(below: "").map(\.path).contains("d\u{e9}/\u{e9}.c"))
    let repository = try fixture.open()
    let delta = try repository.delta(of: repository.commit(repository.resolve("HEAD")))
    #expect(delta.files.map(\.path) == ["d\u{e9}/\u{e9}.c"])
    try fixture.shell(#"echo 'int f;' > "$(printf 'd\351/\351.c')""#)
    let onDisk = try repository.delta(from: repository.headTree(), to: repository.workTree())
    #expect(onDisk.files.map(\.path) == ["d\u{e9}/\u{e9}.c"])
    #expect(onDisk.files.map(\.kind) == [.modified])
  }

  // MARK: Folders

  @Test func aFolderNeedsNoGit() throws {
    let folder = try FolderTree(fixture.path + "/fs")
    #expect(try folder.files(below: "").map(\.path) == ["b.c", "fuse/a.c"])
    let before = try folder.blobID(of: "b.c")
    try fixture.write("int B;\n", to: "fs/b.c")
    #expect(try folder.blobID(of: "b.c") != before)
    #expect(throws: GitError.noSuchFolder(path: "/no/such")) { try FolderTree("/no/such") }
  }

  @Test func pipesAndDevicesAreNoFiles() throws {
    try fixture.shell("mkfifo fs/pipe.c")
    let folder = try FolderTree(fixture.path)
    #expect(try folder.read("fs/pipe.c") == nil)
    #expect(try folder.list("fs") == ["b.c", "fuse/"])
  }

  // MARK: Overlays

  @Test func overlayAddsReplacesAndDeletes() throws {
    let base = try tree(.commit)
    var overlay = OverlayTree(base)
    overlay.write(Array("int A;\n".utf8), to: "fs/fuse/a.c")
    overlay.write(Array("new\n".utf8), to: "drivers/new/n.c")
    overlay.delete("fs.c")
    #expect(try overlay.read("fs/fuse/a.c")?.text == "int A;\n")
    #expect(try overlay.read("drivers/new/n.c")?.text == "new\n")
    #expect(try overlay.read("fs.c") == nil)
    #expect(try overlay.blobID(of: "fs.c") == nil)
    #expect(try overlay.list("drivers") == ["new/"])
    #expect(try overlay.list("").contains("drivers/"))
    #expect(try !overlay.list("").contains("fs.c"))
    #expect(
      try overlay.files(below: "").map(\.path)
        == (all.filter { $0 != "fs.c" } + ["drivers/new/n.c"]).sorted {
          $0.utf8.lexicographicallyPrecedes($1.utf8)
        })
    #expect(overlay.changedPaths == ["drivers/new/n.c", "fs.c", "fs/fuse/a.c"])
    #expect(try base.read("fs/fuse/a.c")?.text == "int a;\n")
  }

  @Test func aFolderGoesWithItsLastFile() throws {
    var overlay = OverlayTree(try tree(.commit))
    overlay.delete("fs/fuse/a.c")
    #expect(try overlay.list("fs") == ["b.c"])
    overlay.delete("fs/b.c")
    #expect(try overlay.list("fs").isEmpty)
    #expect(try !overlay.list("").contains("fs/"))
  }

  @Test func overlayTreeIDsChangeWithTheContent() throws {
    let base = try tree(.commit)
    var one = OverlayTree(base)
    #expect(try one.treeID(of: "") == (try base.treeID(of: "")))
    one.write(Array("1".utf8), to: "fs/b.c")
    #expect(try one.treeID(of: "fs/fuse") == (try base.treeID(of: "fs/fuse")))
    #expect(try one.treeID(of: "fs") != (try base.treeID(of: "fs")))
    var two = OverlayTree(one)
    #expect(try two.treeID(of: "fs") == (try one.treeID(of: "fs")))
    two.write(Array("2".utf8), to: "fs/b.c")
    #expect(try two.treeID(of: "fs") != (try one.treeID(of: "fs")))
  }
}

extension GitFixture {
  func shell(_ script: String) throws {
    try git("-c", "alias.run=!" + script, "run")
  }
}
