/// The three files of fs/fuse that the example series is about, and the edits that its patches make.
///
/// No code of the kernel is kept here but the names and single lines that the edits look for: the
/// copies are cut out of the tree's own file while the test runs.
struct FuseSources {
  private static let filePath = "fs/fuse/file.c"
  private static let headerPath = "fs/fuse/fuse_i.h"
  static let passthroughPath = "fs/fuse/passthrough.c"

  /// The functions of file.c that are copied, and what the copies are called.
  static let copies = [
    ("fuse_io_past_eof", "fuse_passthrough_io_past_eof"),
    ("fuse_dio_wr_exclusive_lock", "fuse_passthrough_wr_exclusive_lock"),
    ("fuse_dio_lock", "fuse_passthrough_lock"),
    ("fuse_dio_unlock", "fuse_passthrough_unlock"),
  ]
  /// The two of them that take and release the lock.
  static let helpers = ["fuse_dio_lock", "fuse_dio_unlock"]

  private static let earlyReturn = ["\tif (count > MAX_RW_COUNT)", "\t\treturn -EINVAL;", ""]
    .joined(separator: "\n")
  private static let prototypes = [
    "void fuse_dio_lock(struct kiocb *iocb, struct iov_iter *from, bool *exclusive);",
    "void fuse_dio_unlock(struct kiocb *iocb, bool exclusive);", "",
  ].joined(separator: "\n")

  private var file: EditedText
  private var header: EditedText
  private var passthrough: EditedText

  /// Reads the files as they are at a commit.
  init(_ clone: KernelClone, at commit: String) async throws {
    file = EditedText(try await clone.text(of: Self.filePath, at: commit))
    header = EditedText(try await clone.text(of: Self.headerPath, at: commit))
    passthrough = EditedText(try await clone.text(of: Self.passthroughPath, at: commit))
  }

  /// The texts by path, as a commit wants them.
  var files: [String: String] {
    [
      Self.filePath: file.text, Self.headerPath: header.text,
      Self.passthroughPath: passthrough.text,
    ]
  }

  /// The line of the return that `leak` adds.
  var lineOfEarlyReturn: Int? { passthrough.line(of: Self.earlyReturn).map { $0 + 1 } }

  /// The line on which the write path unlocks.
  var lineOfUnlock: Int? { passthrough.line(of: "_unlock(iocb, ") }

  /// Both helpers lose `static`, get prototypes, and the write path of passthrough.c uses them.
  mutating func shareHelpers() throws {
    for helper in Self.helpers {
      try file.replace("static void \(helper)(", "void \(helper)(")
    }
    try header.replace("/* file.c */\n", "/* file.c */\n" + Self.prototypes)
  }

  /// The write path of passthrough.c takes the lock through the helpers of these names.
  mutating func useHelpers(lock: String, unlock: String) throws {
    try passthrough.edit(function: "fuse_passthrough_write_iter") { body throws(EditError) in
      try body.replace("\tssize_t ret;\n", "\tbool exclusive;\n\tssize_t ret;\n")
      try body.replace("\tinode_lock(inode);\n", "\t\(lock)(iocb, iter, &exclusive);\n")
      try body.replace("\tinode_unlock(inode);\n", "\t\(unlock)(iocb, exclusive);\n")
      // Nothing else in the function needs it now.
      try body.replace("\tstruct inode *inode = file_inode(file);\n", "")
    }
  }

  /// Private copies of the helpers and of what they call; the originals are static again.
  mutating func copyHelpers() throws {
    let copied = try Self.copies.map { try copy(of: $0.0) }.joined(separator: "\n")
    for helper in Self.helpers {
      try file.replace("\nvoid \(helper)(", "\nstatic void \(helper)(")
    }
    try header.replace(Self.prototypes, "")
    let first = "ssize_t fuse_passthrough_read_iter("
    renameCalls(from: \.0, to: \.1)
    try passthrough.replace(first, copied + "\n" + first)
  }

  /// The copies go again, and the helpers of file.c are shared.
  mutating func dropCopies() throws {
    for (_, name) in Self.copies { try passthrough.remove(function: name) }
    renameCalls(from: \.1, to: \.0)
    try shareHelpers()
  }

  /// A return between lock and unlock of the write path.
  mutating func leak() throws {
    let write = "\tret = backing_file_write_iter("
    try passthrough.replace(write, Self.earlyReturn + write)
  }

  /// The early return unlocks first.
  mutating func repairLeak() throws {
    let unlock = try passthrough.statement(containing: "unlock(", in: "fuse_passthrough_write_iter")
    let lines = Self.earlyReturn.split(separator: "\n")
    let repaired = [lines[0] + " {", "\t" + unlock, lines[1], "\t}", ""].joined(separator: "\n")
    try passthrough.replace(Self.earlyReturn, repaired)
  }

  /// The write path unlocks in the other mode.
  mutating func unlockInWrongMode() throws {
    try passthrough.edit(function: "fuse_passthrough_write_iter") { body throws(EditError) in
      try body.replace("_unlock(iocb, exclusive);", "_unlock(iocb, !exclusive);")
    }
  }

  private mutating func renameCalls(
    from old: ((String, String)) -> String, to new: ((String, String)) -> String
  ) {
    for pair in Self.copies {
      passthrough.text = passthrough.text.replacing("\(old(pair))(", with: "\(new(pair))(")
    }
  }

  /// A function of file.c under its new name, static, without the part about uncached I/O.
  private func copy(of name: String) throws -> String {
    var text = try file.function(name)
    if !text.hasPrefix("static ") { text = "static " + text }
    text = text.replacing(#/ \|\|\s+fuse_inode_uncached_io_start\(.*\) != 0/#, with: "")
    text = text.replacing(#/\s+/\*[^*]*\*/\s+fuse_inode_uncached_io_end\(.*\);/#, with: "")
    if !text.contains("&fi->") {
      text = text.replacing("\tstruct fuse_inode *fi = get_fuse_inode(inode);\n", with: "")
    }
    for (old, new) in Self.copies { text = text.replacing("\(old)(", with: "\(new)(") }
    return text
  }
}
