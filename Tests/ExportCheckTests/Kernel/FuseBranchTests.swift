import ExportCheck
import Findings
import SeriesCheck
import Testing

/// The example series on the real files, edited here; no line of them is part of the project.
@Suite(.enabled(if: KernelFiles.given != nil)) struct FuseBranchKernelTests {
  /// One commit after another on the folder fs/fuse.
  struct Branch {
    private(set) var versions: [[String: String]]

    init(_ kernel: KernelFiles) throws {
      let paths = try kernel.paths(below: "fs/fuse", endings: [".c", ".h", "Makefile"])
      versions = [
        Dictionary(uniqueKeysWithValues: paths.map { ($0, kernel.text(of: $0) ?? "") })
      ]
    }

    mutating func commit(_ edits: (inout [String: String]) -> Void) {
      var next = versions[versions.count - 1]
      edits(&next)
      versions.append(next)
    }

    /// `TYPE symbol severity users` of the events of the last commit and of the whole branch.
    func findings() -> [String] {
      let last = versions[versions.count - 1]
      let tree = TextTree(last)
      let event = change(versions[versions.count - 2], last)
      let whole = change(versions[0], last)
      let old = ExportState().findings(
        in: Change(files: whole.files.map { FileChange(before: nil, after: $0.before) }),
        knowing: TextTree(versions[0])
      ).map(\.fingerprint)
      let found =
        ExportEvents().findings(in: event, knowing: tree)
        + ExportEffects().findings(in: whole, knowing: tree)
        + ExportState().findings(in: whole, knowing: tree).filter { !old.contains($0.fingerprint) }
        + UnusedInSeries().findings(in: whole, knowing: tree)
        + MissingFiles().findings(in: whole, knowing: tree)
      return found.map { finding in
        var users = ""
        if case .integer(let count)? = finding.data["users"] { users = " \(count)" }
        return
          "\(finding.type.rawValue) \(FixtureReview.symbol(finding)) \(finding.severity)\(users)"
      }.sorted()
    }

    private func change(_ old: [String: String], _ new: [String: String]) -> Change {
      Change(
        files: new.keys.sorted().filter { old[$0] != new[$0] }.map { path in
          FileChange(
            before: old[path].map { FileVersion(path: path, text: $0) },
            after: FileVersion(path: path, text: new[path] ?? ""))
        })
    }
  }

  private static let file = "fs/fuse/file.c"
  private static let header = "fs/fuse/fuse_i.h"
  private static let passthrough = "fs/fuse/passthrough.c"

  /// The helpers lose `static`, get prototypes, and passthrough.c calls them.
  private static func export(_ tree: inout [String: String]) {
    for name in ["lock", "unlock"] {
      replace("static void fuse_dio_\(name)(", "void fuse_dio_\(name)(", in: &tree[file])
    }
    replace(
      "/* file.c */\n",
      "/* file.c */\nvoid fuse_dio_lock(struct kiocb *iocb, struct iov_iter *from, bool *exclusive);\n"
        + "void fuse_dio_unlock(struct kiocb *iocb, bool exclusive);\n", in: &tree[header])
    replace(
      "\tinode_lock(inode);\n\tret = backing_file_write_iter(",
      "\tfuse_dio_lock(iocb, iter, &exclusive);\n\tret = backing_file_write_iter(",
      in: &tree[passthrough])
    replace(
      "\t\t\t\t      &ctx);\n\tinode_unlock(inode);\n",
      "\t\t\t\t      &ctx);\n\tfuse_dio_unlock(iocb, exclusive);\n", in: &tree[passthrough])
    replace("\tssize_t ret;\n", "\tssize_t ret;\n\tbool exclusive;\n", in: &tree[passthrough])
  }

  /// Private copies in passthrough.c; the helpers are static again and their prototypes gone.
  private static func duplicate(_ tree: inout [String: String]) {
    for name in ["lock", "unlock"] {
      replace("\nvoid fuse_dio_\(name)(", "\nstatic void fuse_dio_\(name)(", in: &tree[file])
    }
    replace(
      "void fuse_dio_lock(struct kiocb *iocb, struct iov_iter *from, bool *exclusive);\n"
        + "void fuse_dio_unlock(struct kiocb *iocb, bool exclusive);\n", "", in: &tree[header])
    let text = tree[file] ?? ""
    if let start = text.range(of: "static void fuse_dio_lock("),
      let end = text.range(of: "static ssize_t fuse_cache_write_iter")
    {
      let copies = text[start.lowerBound..<end.lowerBound]
        .replacing("fuse_dio_", with: "fuse_passthrough_")
      replace(
        "ssize_t fuse_passthrough_read_iter(",
        copies + "ssize_t fuse_passthrough_read_iter(", in: &tree[passthrough])
    }
    replace("fuse_dio_lock(iocb, iter", "fuse_passthrough_lock(iocb, iter", in: &tree[passthrough])
    replace(
      "fuse_dio_unlock(iocb, exclusive)", "fuse_passthrough_unlock(iocb, exclusive)",
      in: &tree[passthrough])
  }

  private static func replace(_ old: String, _ new: String, in text: inout String?) {
    guard let found = text?.range(of: old) else {
      Issue.record("the kernel source has no ‘\(old)’")
      return
    }
    text?.replaceSubrange(found, with: new)
  }

  private func branch(_ edits: ((inout [String: String]) -> Void)...) throws -> [String] {
    var branch = try Branch(try #require(KernelFiles.given))
    for edit in edits { branch.commit(edit) }
    return branch.findings()
  }

  @Test func exportNamesBothHelpersAndTheirUser() throws {
    #expect(
      try branch(Self.export) == [
        "LINKAGE_WIDENED fuse_dio_lock info 1", "LINKAGE_WIDENED fuse_dio_unlock info 1",
        "PROTOTYPE_ADDED fuse_dio_lock info 1", "PROTOTYPE_ADDED fuse_dio_unlock info 1",
      ])
  }

  @Test func duplicateTakesThePrototypesBack() throws {
    #expect(
      try branch(Self.export, Self.duplicate) == [
        "PROTOTYPE_REMOVED fuse_dio_lock info 0", "PROTOTYPE_REMOVED fuse_dio_unlock info 0",
      ])
  }

  @Test func prototypesWithoutTheirUserCouldBeStatic() throws {
    let found = try branch { tree in
      let old = tree[Self.passthrough]
      Self.export(&tree)
      tree[Self.passthrough] = old
    }
    #expect(
      found == [
        "LINKAGE_COULD_BE_STATIC fuse_dio_lock info",
        "LINKAGE_COULD_BE_STATIC fuse_dio_unlock info",
        "LINKAGE_WIDENED fuse_dio_lock info 0", "LINKAGE_WIDENED fuse_dio_unlock info 0",
        "PROTOTYPE_ADDED fuse_dio_lock info 0", "PROTOTYPE_ADDED fuse_dio_unlock info 0",
      ])
  }

  @Test func leakAndWrongModeAreNothingToTheSurface() throws {
    let leak = { (tree: inout [String: String]) in
      Self.replace(
        "\tret = backing_file_write_iter(",
        "\tif (!backing_file)\n\t\treturn -EIO;\n"
          + "\tret = backing_file_write_iter(", in: &tree[Self.passthrough])
    }
    let wrongMode = { (tree: inout [String: String]) in
      Self.replace(
        "fuse_dio_unlock(iocb, exclusive)", "fuse_dio_unlock(iocb, !exclusive)",
        in: &tree[Self.passthrough])
    }
    #expect(try branch(Self.export, leak).isEmpty)
    #expect(try branch(Self.export, wrongMode).isEmpty)
    let repair = { (tree: inout [String: String]) in
      Self.replace("\tif (!backing_file)\n\t\treturn -EIO;\n", "", in: &tree[Self.passthrough])
    }
    #expect(try branch(Self.export, leak, repair).isEmpty)
  }

  @Test func sharedHelperIsOneCommonPrototype() throws {
    let shared = { (tree: inout [String: String]) in
      for path in [Self.file, Self.header, Self.passthrough] {
        tree[path] = tree[path]?.replacing("fuse_dio_lock", with: "fuse_io_wr_lock")
          .replacing("fuse_dio_unlock", with: "fuse_io_wr_unlock")
      }
    }
    #expect(
      try branch(Self.export, shared) == [
        "PROTOTYPE_ADDED fuse_io_wr_lock info 1", "PROTOTYPE_ADDED fuse_io_wr_unlock info 1",
        "PROTOTYPE_REMOVED fuse_dio_lock info 0", "PROTOTYPE_REMOVED fuse_dio_unlock info 0",
      ])
  }

  @Test func threeTrapsOfThePrivateHeader() throws {
    let kernel = try #require(KernelFiles.given)
    let texts = try Branch(kernel).versions[0]
    let header = FileVersion(path: Self.header, text: texts[Self.header] ?? "")
    let found = ExportState().findings(
      in: Change(files: [FileChange(before: nil, after: header)]), knowing: TextTree(texts))
    #expect(
      found.map { "\($0.type.rawValue) \(FixtureReview.symbol($0))" } == [
        "LINKAGE_COULD_BE_STATIC fuse_backing_get"
      ])
  }
}
