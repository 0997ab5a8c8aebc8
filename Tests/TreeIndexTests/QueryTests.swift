import Testing

@testable import TreeIndex

@Suite struct QueryTests {
  private func index() throws -> TreeIndex {
    try TreeIndex(of: Array(Meadow.tree.files.keys), in: Meadow.tree)
  }

  @Test func knowsDefinitionsDeclarationsAndExports() throws {
    let found = try index().definitions(of: "meadow_mow")
    #expect(
      found.map { "\($0.kind) \($0.file):\($0.line)-\($0.endLine)" } == [
        "function core/meadow.c:5-8", "exportForGPL core/meadow.c:9-9",
        "prototype include/meadow.h:8-8",
      ])
    let unit = try index().definitions(of: "meadow_unit")
    #expect(unit.map(\.namespace) == ["", "MEADOW"])
    let twice = try index().definitions(of: "meadow_twice")
    #expect(twice.first?.isStatic == true)
    #expect(twice.first?.isInline == true)
    #expect(
      try index().definitions(of: "meadow_count").map(\.kind) == [.variable, .declaredVariable])
    #expect(try index().definitions(of: "MEADOW_DIM").map(\.kind) == [.macro])
    let fast = try index().definitions(of: "meadow_fast")
    #expect(fast.map(\.kind) == [.function, .export])
    #expect(try index().definitions(of: "nowhere").isEmpty)
  }

  @Test func knowsEveryUseOutsideCommentsAndStrings() throws {
    let found = try index().uses(of: "meadow_mow")
    #expect(
      found.map { "\($0.kind) \($0.file):\($0.line) \($0.function ?? "-")" } == [
        "assembly arch/fast.S:4 -", "macro include/meadow.h:10 -",
        "call include/meadow.h:13 meadow_twice", "rust rust/meadow.rs:7 -",
        "call user/user.c:6 user_mow", "reference user/user.c:11 -", "macro user/user.c:14 -",
      ])
  }

  @Test func localsAndFieldsOfThatNameAreNoUses() throws {
    let count = try index().uses(of: "meadow_count")
    #expect(count.map { "\($0.file):\($0.line)" } == ["core/meadow.c:12"])
    let mow = try index().uses(of: "mow")
    #expect(mow.isEmpty)
    #expect(try index().uses(of: "MEADOW_DIM").map(\.line) == [5])
    #expect(try index().uses(of: "meadow_unit").map(\.kind) == [.macro])
  }

  @Test func knowsWhatTablesHold() throws {
    let found = try index().operations(ofMember: "mow")
    #expect(found.map(\.value) == ["user_mow"])
    #expect(found.map(\.type) == ["meadow_ops"])
    #expect(found.map(\.line) == [10])
    #expect(try index().operations(ofMember: "sow").isEmpty)
  }

  @Test func knowsWhatAFunctionCalls() throws {
    let index = try index()
    func callees(_ name: String) throws -> [Set<TreeIndex.CalledName>] {
      try index.bodies(named: TreeIndex.CalledName(name)).map { Set($0.callees) }
    }
    let mow = TreeIndex.CalledName("meadow_mow")
    #expect(try callees("user_mow") == [[mow, TreeIndex.CalledName("meadow_twice")]])
    #expect(try callees("meadow_twice") == [[mow]])
    // A call through a member is a call of no name.
    #expect(try callees("meadow_mow") == [[]])
    #expect(try callees("nowhere").isEmpty)
    let body = try #require(try index.bodies(named: TreeIndex.CalledName("user_mow")).first)
    #expect(body.file == "user/user.c")
    #expect(body.isStatic)
  }

  @Test func filesThatChangeLieOnTop() throws {
    var later = Meadow.tree
    later.files["user/user.c"] = nil
    later.files["new.c"] = "int anew(void)\n{\n\treturn meadow_unit(1);\n}\n"
    let updated = try index().updated(["user/user.c", "new.c", "README"], in: later)
    let fresh = try TreeIndex(of: Array(later.files.keys), in: later)
    for name in ["meadow_mow", "meadow_unit", "user_mow", "anew"] {
      #expect(try updated.definitions(of: name) == fresh.definitions(of: name))
      #expect(try updated.uses(of: name) == fresh.uses(of: name))
    }
    #expect(try updated.bodies(named: TreeIndex.CalledName("anew")).count == 1)
    #expect(try updated.bodies(named: TreeIndex.CalledName("user_mow")).isEmpty)
  }

  @Test func listsTheSourcesOfASmallTreeOnly() throws {
    #expect(try TreeIndex.sources(of: Meadow.tree, atMost: 5)?.count == 5)
    #expect(try TreeIndex.sources(of: Meadow.tree, atMost: 4) == nil)
  }

  @Test func theNumberOfJobsDoesNotMatter() throws {
    var files: [String: String] = [:]
    for number in 0..<700 {
      files["d\(number % 7)/f\(number).c"] = Meadow.core.replacing("meadow", with: "m\(number)")
    }
    let tree = TextTree(files)
    func bytes(_ jobs: Int) throws -> [UInt8] {
      let list = try tree.files(below: "")
      var builder = try SegmentBuilder(MemorySink(), files: list)
      let reader = RecordReader(source: tree, files: list, jobs: jobs)
      try reader.forEachBatch { (batch) throws(IndexError) in try builder.add(batch) }
      return try builder.finish(
        SegmentIdentity(tree: nil, base: nil, isWhole: true), folders: [], removed: []
      ).bytes
    }
    let one = try bytes(1)
    #expect(one == (try bytes(4)))
    #expect(one == (try bytes(3)))
  }

  @Test func aFileThatCannotBeReadIsNamed() {
    var tree = Meadow.tree
    tree.broken = ["user/user.c"]
    #expect {
      _ = try TreeIndex(of: Array(tree.files.keys), in: tree)
    } throws: { error in
      "\(error)".contains("user/user.c")
    }
  }

  @Test func anEmptyTreeAnswers() throws {
    let index = try TreeIndex(of: [], in: TextTree([:]))
    #expect(try index.definitions(of: "x").isEmpty)
    #expect(try index.uses(of: "x").isEmpty)
    #expect(try index.operations(ofMember: "x").isEmpty)
    #expect(
      try index.similar(to: "meadow_mow", path: "a.c", text: Meadow.core, limit: 5).isEmpty)
  }

  @Test func filesThatAreNoCAnswerToo() throws {
    let noise = String(
      decoding: (0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435 >> 7) }, as: UTF8.self)
    let index = try TreeIndex(
      of: ["a.c", "b.c", "c.h"],
      in: TextTree(["a.c": noise, "b.c": "", "c.h": String(repeating: "{(", count: 5000)]))
    #expect(try index.definitions(of: "main").isEmpty)
    #expect(index.size.files == 3)
  }
}
