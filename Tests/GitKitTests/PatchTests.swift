import Foundation
import GitKit
import Testing

/// Patches that git makes do in memory what git does on disk.
struct PatchTests {
  let fixture: GitFixture
  private static let body = (1...60).map { "line \($0)\n" }.joined()

  init() throws {
    fixture = try GitFixture()
    try fixture.write(Self.body, to: "fs/a.c")
    try fixture.write("one\ntwo\nthree\n", to: "b.h")
    try fixture.write("no newline", to: "end.c")
    try fixture.write("dos\r\nlines\r\nhere\r\n", to: "dos.c")
    try fixture.write([0x63, 0xe9, 0x0a, 0x64, 0x0a], to: "latin1.c")
    try fixture.write("\u{fc}\n", to: "gr\u{fc}n file.c")
    try fixture.commit("Begin")
  }

  private func tree(_ revision: String) throws -> CommitTree {
    let repository = try fixture.open()
    return repository.tree(of: try repository.commit(repository.resolve(revision)))
  }

  /// HEAD as a mail.
  private func mail() throws -> [UInt8] {
    let file = fixture.root.appendingPathComponent("mail")
    try fixture.git("format-patch", "-q", "-M", "-C", "-1", "--output=\(file.path)")
    return [UInt8](try Data(contentsOf: file))
  }

  /// Commits what is on disk, applies that commit's mail to its parent, and compares the results.
  @discardableResult
  private func roundTrip() throws -> PatchResult {
    try fixture.commit("Change")
    let result = try Patch(mail()).applied(to: tree("HEAD~1"))
    let expected = try tree("HEAD").files(below: "")
    #expect(result.rejects.isEmpty)
    let files = try result.tree.files(below: "")
    #expect(files.map(\.path) == expected.map(\.path))
    #expect(files.map(\.id) == expected.map(\.id))
    let repository = try fixture.open()
    let delta = try repository.delta(of: repository.commit(repository.resolve("HEAD")))
    #expect(result.delta.files.map(\.path) == delta.files.map(\.path))
    #expect(result.delta.files.map(\.newID) == delta.files.map(\.newID))
    return result
  }

  @Test func severalHunks() throws {
    var lines = Self.body.split(separator: "\n").map(String.init)
    lines[2] = "changed"
    lines.remove(at: 30)
    lines.append("last")
    lines.insert("first", at: 0)
    try fixture.write(lines.joined(separator: "\n") + "\n", to: "fs/a.c")
    try roundTrip()
  }

  @Test func addedDeletedAndEmptied() throws {
    try fixture.write("new\n", to: "deep/er/new.c")
    try fixture.write("", to: "empty.c")
    try fixture.write("", to: "dos.c")
    try fixture.remove("b.h")
    try fixture.remove("end.c")
    let result = try roundTrip()
    #expect(result.delta.files.map(\.kind) == [.deleted, .added, .modified, .added, .deleted])
  }

  @Test func endsOfFiles() throws {
    try fixture.write("no newline\n", to: "end.c")
    try fixture.write("one\ntwo\nthree", to: "b.h")
    try fixture.write("dos\r\nlines\r\nthere", to: "dos.c")
    try roundTrip()
  }

  @Test func renamedCopiedAndSwapped() throws {
    try fixture.git("mv", "fs/a.c", "fs/moved.c")
    try fixture.write(Self.body + "more\n", to: "fs/moved.c")
    let result = try roundTrip()
    #expect(result.delta.files.map(\.kind) == [.renamed])
    #expect(result.delta.files.map(\.oldPath) == ["fs/a.c"])
    try fixture.write(Self.body + "copy\n", to: "fs/copy.c")
    try fixture.write(Self.body + "more\nand more\n", to: "fs/moved.c")
    #expect(try roundTrip().delta.files.map(\.kind) == [.added, .modified])
  }

  @Test func filesThatSwapNames() throws {
    let patch = """
      diff --git a/fs/a.c b/b.h
      similarity index 100%
      rename from fs/a.c
      rename to b.h
      diff --git a/b.h b/fs/a.c
      similarity index 100%
      rename from b.h
      rename to fs/a.c
      """
    let result = try Patch(Array(patch.utf8)).applied(to: tree("HEAD"))
    #expect(try result.tree.read("b.h")?.text == Self.body)
    #expect(try result.tree.read("fs/a.c")?.text == "one\ntwo\nthree\n")
  }

  @Test func oddNamesAndBytes() throws {
    try fixture.write("\u{df}\n", to: "gr\u{fc}n file.c")
    try fixture.write([0x63, 0xe9, 0xe8, 0x0a, 0x64, 0x0a], to: "latin1.c")
    try fixture.write("tab\n", to: "tab\there \"quoted\".c")
    try fixture.shell(#"echo new > "$(printf '\351.c')""#)
    try roundTrip()
  }

  @Test func modesOnly() throws {
    try fixture.git("update-index", "--chmod=+x", "b.h")
    try fixture.commitStaged("Mode")
    let result = try Patch(mail()).applied(to: tree("HEAD~1"))
    #expect(result.delta.files.map(\.newMode) == [.executable])
    #expect(result.delta.files.map(\.hasSameContent) == [true])
  }

  @Test func binaryFilesLinksAndSubmodulesAreNamed() throws {
    try fixture.write([0, 1, 2, 3, 0, 255], to: "bin")
    try fixture.git("add", "-A")
    try fixture.git("update-index", "--add", "--cacheinfo", "160000,\(fixture.id("HEAD")),sub")
    try fixture.git(
      "update-index", "--add", "--cacheinfo", "120000,\(fixture.id("HEAD:b.h")),link")
    try fixture.commitStaged("Odd ones")
    let result = try Patch(mail()).applied(to: tree("HEAD~1"))
    #expect(result.delta.passedOver.map(\.path) == ["bin", "link", "sub"])
    #expect(result.delta.passedOver.map(\.reason) == [.binary, .symlink, .submodule])
    #expect(result.delta.files.isEmpty)
    #expect(result.rejects.isEmpty)
  }

  @Test func aSeries() throws {
    var patches: [Patch] = []
    for number in 1...5 {
      try fixture.write(Self.body + "series \(number)\n", to: "fs/a.c")
      try fixture.write("\(number)\n", to: "new\(number).c")
      try fixture.commit("Step \(number)")
      patches.append(Patch(try mail()))
    }
    var tree: any TreeSource = try tree("HEAD~5")
    for patch in patches {
      let result = try patch.applied(to: tree)
      #expect(result.rejects.isEmpty)
      tree = result.tree
    }
    #expect(
      try tree.files(below: "").map(\.id) == (try self.tree("HEAD").files(below: "").map(\.id)))
  }

  // MARK: Elsewhere than expected

  @Test func linesHaveMoved() throws {
    let patch = try patchOfLine40()
    for text in ["above\n" + Self.body, "a\nb\nc\nd\ne\nf\n" + Self.body] {
      try fixture.write(text, to: "fs/a.c")
      try fixture.commit("Moved")
      let result = try patch.applied(to: tree("HEAD"))
      #expect(result.rejects.isEmpty)
      #expect(
        try result.tree.read("fs/a.c")?.text
          == text.replacingOccurrences(of: "line 40\n", with: "forty\n"))
    }
  }

  @Test func mergedThroughTheTextThatThePatchWasMadeFor() throws {
    let patch = try patchOfLine40()
    let other = Self.body.replacingOccurrences(of: "line 43\n", with: "other\n")
    try fixture.write(other, to: "fs/a.c")
    try fixture.commit("Context changed")
    #expect(try patch.applied(to: tree("HEAD")).rejects.map(\.hunk) == [1])
    let result = try patch.applied(to: tree("HEAD"), preimagesFrom: fixture.open())
    #expect(result.rejects.isEmpty)
    #expect(result.merged == ["fs/a.c"])
    #expect(
      try result.tree.read("fs/a.c")?.text
        == other.replacingOccurrences(of: "line 40\n", with: "forty\n"))
  }

  @Test func aContradictionIsRejectedAndNamed() throws {
    let patch = try patchOfLine40()
    let other = Self.body.replacingOccurrences(of: "line 40\n", with: "other\n")
    try fixture.write(other, to: "fs/a.c")
    try fixture.commit("Same line")
    let result = try patch.applied(to: tree("HEAD"), preimagesFrom: fixture.open())
    #expect(
      result.rejects.map(\.description) == [
        "fs/a.c: hunk 1: line 40 is 'other' where the patch expects 'line 40'"
      ])
    #expect(try result.tree.read("fs/a.c")?.text == other)
    #expect(result.delta.files.isEmpty)
  }

  @Test func whatCannotBeIsNamedAndTheRestApplied() throws {
    let patch = """
      diff --git a/nosuch.c b/nosuch.c
      --- a/nosuch.c
      +++ b/nosuch.c
      @@ -1 +1 @@
      -a
      +b
      diff --git a/b.h b/b.h
      new file mode 100644
      --- /dev/null
      +++ b/b.h
      @@ -0,0 +1 @@
      +b
      diff --git a/../../etc/passwd b/../../etc/passwd
      --- a/../../etc/passwd
      +++ b/../../etc/passwd
      @@ -1 +1 @@
      -a
      +b
      diff --git a/fs/a.c b/fs/a.c
      --- a/fs/a.c
      +++ b/fs/a.c
      @@ -1,2 +1,2 @@
      -line 1
      +LINE 1
       line 2
      diff --git a/end.c b/end.c
      --- a/end.c
      +++ b/end.c
      @@ -1,5 +1,5 @@
       no newline
      """
    let result = try Patch(Array(patch.utf8)).applied(to: tree("HEAD"))
    #expect(result.rejects.map(\.path) == ["nosuch.c", "b.h", "../../etc/passwd", "end.c"])
    #expect(result.rejects.last?.reason.contains("cut off") == true)
    #expect(result.delta.files.map(\.path) == ["fs/a.c"])
    #expect(try result.tree.read("fs/a.c")?.text.hasPrefix("LINE 1\nline 2\n") == true)
  }

  @Test func plainDiffs() throws {
    let patch = """
      Subject: quilt writes no line of git's

      --- linux.orig/b.h\t2026-01-01 00:00:00.000000000 +0000
      +++ linux/b.h\t2026-01-01 00:00:01.000000000 +0000
      @@ -1,3 +1,3 @@
       one
      -two
      +2
       three
      --- /dev/null
      +++ b/new.c
      @@ -0,0 +1,2 @@
      +new

      """
    let result = try Patch(Array(patch.utf8)).applied(to: tree("HEAD"))
    #expect(result.delta.files.map(\.path) == ["b.h"])
    #expect(try result.tree.read("b.h")?.text == "one\n2\nthree\n")
    #expect(result.rejects.map(\.path) == ["new.c"])
  }

  @Test func aBareEmptyLineIsContext() throws {
    try fixture.write("a\n\nb\n", to: "gap.c")
    try fixture.commit("Gap")
    let patch = "--- a/gap.c\n+++ b/gap.c\n@@ -1,3 +1,3 @@\n a\n\n-b\n+c\n"
    let result = try Patch(Array(patch.utf8)).applied(to: tree("HEAD"))
    #expect(try result.tree.read("gap.c")?.text == "a\n\nc\n")
  }

  @Test(arguments: ["", "no patch at all\n", "--- a\n+++ b\n"])
  func noPatch(text: String) throws {
    let result = try Patch(Array(text.utf8)).applied(to: tree("HEAD"))
    #expect(result.delta.isEmpty)
    #expect(result.rejects.isEmpty)
  }

  @Test func aNameThatCannotBeReadIsNotPassedOverInSilence() throws {
    let patch = "diff --git what\n@@ -1 +1 @@\n-a\n+b\n"
    let result = try Patch(Array(patch.utf8)).applied(to: tree("HEAD"))
    #expect(result.rejects.map(\.reason) == ["no name can be read above line 5 of the patch"])
  }

  /// What a mail loses on its way must not make the rest look like all there was.
  @Test(arguments: [
    ("@@ -1 +1 @@\n-one\n+1\n", "has no file's name above it"),
    ("diff --git a/b.h b/b.h\nindex 1234567..89abcde 100644\n", "its hunks are cut off"),
    ("diff --git a/n.c b/n.c\nnew file mode 100644\nindex 0000000..89abcde\n", "is cut off"),
    ("--- a/b.h\n+++ b/b.h\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n+3\n", "goes on where its last hunk"),
    (
      "diff --git a/b.h b/c.h\nsimilarity index 90%\nrename from b.h\nrename to c.h\n"
        + "index 1234567..89abcde 100644\n", "its hunks are cut off"
    ),
  ])
  func lostPartsAreTold(text: String, reason: String) throws {
    let result = try Patch(Array(text.utf8)).applied(to: tree("HEAD"))
    #expect(result.rejects.count == 1 && result.delta.isEmpty)
    #expect(result.rejects.first?.reason.contains(reason) == true, "\(result.rejects)")
  }

  @Test func mutilatedPatchesDoNoHarm() throws {
    try fixture.write(Self.body + "more\n", to: "fs/a.c")
    try fixture.git("mv", "b.h", "c.h")
    try fixture.commit("Change")
    let whole = try mail()
    let tree = try tree("HEAD~1")
    var random = SplitMix(state: 1)
    for _ in 0..<2000 {
      var bytes = whole
      for _ in 0...random.next(3) {
        let place = random.next(bytes.count)
        switch random.next(4) {
        case 0: bytes[place] = UInt8(random.next(256))
        case 1: bytes.removeSubrange(place..<min(place + 1 + random.next(40), bytes.count))
        case 2: bytes.insert(contentsOf: bytes.prefix(random.next(60)), at: place)
        default: bytes = Array(bytes.prefix(place + 1))
        }
        if bytes.isEmpty { bytes = [0x0a] }
      }
      let patch = Patch(bytes)
      let result = try patch.applied(to: tree)
      // Every file of the patch is accounted for.
      #expect(
        patch.files.count
          == result.delta.files.count + result.delta.passedOver.count + result.rejects.count)
    }
  }

  private func patchOfLine40() throws -> Patch {
    try fixture.git("checkout", "-q", "-b", "topic")
    let text = Self.body.replacingOccurrences(of: "line 40\n", with: "forty\n")
    try fixture.write(text, to: "fs/a.c")
    try fixture.commit("Forty")
    let patch = Patch(try mail())
    try fixture.git("checkout", "-q", "main")
    return patch
  }
}

/// A small generator of numbers that are the same in every run (Steele, Lea, Flood 2014).
struct SplitMix {
  var state: UInt64

  mutating func next(_ bound: Int) -> Int {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return Int((z ^ (z >> 31)) % UInt64(bound))
  }
}
