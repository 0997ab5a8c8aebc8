import Findings
import Report

/// A result with one of everything: a repaired leak with its path through two files, a family of
/// copies, something removed, something old, and a function that was lost.
enum Example {
  static let commits = (1...4).map { number in
    ReviewResult.Commit(
      oid: String(repeating: "\(number)", count: 40), subject: "pond: step \(number)",
      patch: number)
  }

  static let direct = """
    #include "pond_i.h"

    static ssize_t pond_direct_write(struct kiocb *iocb, struct iov_iter *from)
    {
    \tbool exclusive;
    \tssize_t done;

    \tpond_io_lock(iocb, from, &exclusive);
    \tif (!iov_iter_count(from))
    \t\treturn 0;
    \tdone = pond_submit(iocb, from);
    \tpond_io_unlock(iocb, exclusive);
    \treturn done;
    }
    """

  static let file = (1...60).map { "/* line \($0) of file.c */" }.joined(separator: "\n")

  static var leak: Finding {
    var finding = Finding(
      type: .lockHeldAtReturn, file: "fs/pond/direct.c", line: 10, column: 3,
      function: "pond_direct_write",
      message: "returns with inode->i_rwsem held, which the other paths release",
      remedy: "Call pond_io_unlock() before this return, or move the test above the lock.",
      fingerprint: Fingerprint(.lockHeldAtReturn, ["pond_direct_write"]),
      trace: [
        .init(file: "fs/pond/direct.c", line: 8, message: "pond_io_lock() is called"),
        .init(file: "fs/pond/file.c", line: 31, message: "takes inode->i_rwsem for writing"),
        .init(file: "fs/pond/direct.c", line: 9, message: "true on this path"),
        .init(file: "fs/pond/direct.c", line: 10, message: "returns without releasing it"),
      ],
      data: ["lock": "inode->i_rwsem"])
    finding.commit = commits[2].oid
    finding.patch = 3
    finding.patches = 4
    finding.fixedIn = commits[3].oid
    return finding
  }

  static var duplicate: Finding {
    var finding = Finding(
      type: .duplicateFunction, file: "fs/pond/direct.c", line: 3, column: 16,
      function: "pond_direct_write", message: "repeats pond_file_write() but for one call",
      fingerprint: Fingerprint(.duplicateFunction, ["pond_direct_write"]),
      related: [
        .init(
          file: "fs/pond/file.c", line: 12, function: "pond_file_write", message: "the original")
      ],
      data: [
        "similarity": .number(0.9), "containment": .number(0.75),
        "alignment": .array(
          [[3, 12], [4, 13], [5, 0], [0, 14]].map { .array($0.map { .integer($0) }) }),
        "proposal": .object([
          "worthwhile": .bool(true), "signature": "void pond_common(struct kiocb *iocb)",
          "home": "fs/pond/file.c",
        ]),
      ])
    finding.commit = commits[1].oid
    finding.patch = 2
    finding.patches = 4
    return finding
  }

  static var removed: Finding {
    var finding = Finding(
      type: .prototypeRemoved, file: "fs/pond/pond_i.h", line: 7, column: 6,
      message: "the prototype of pond_io_lock() is gone", side: .old,
      fingerprint: Fingerprint(.prototypeRemoved, ["pond_io_lock"]),
      data: ["symbol": "pond_io_lock"])
    finding.commit = commits[1].oid
    finding.patch = 2
    finding.patches = 4
    return finding
  }

  static var old: Finding {
    var finding = Finding(
      type: .lockStaleCheck, confidence: .low, file: "fs/pond/file.c", line: 40, column: 1,
      function: "pond_grow", message: "i_size is tested before the lock is taken, and not again",
      fingerprint: Fingerprint(.lockStaleCheck, ["pond_grow"]))
    finding.preexisting = true
    return finding
  }

  static var result: ReviewResult {
    ReviewResult(
      tool: .init(name: "lockstep", version: "0"),
      range: .init(
        base: String(repeating: "0", count: 40), head: commits[3].oid, commits: commits),
      coverage: [
        Coverage(
          commit: commits[1].oid, file: "fs/pond/direct.c", status: .parsed, config: "made up",
          inactive: [10...24], touched: 4, analysed: 4),
        Coverage(
          commit: commits[2].oid, file: "fs/pond/file.c", status: .degraded,
          reason: "1 function lost", config: "made up",
          functions: [.init(function: "pond_odd", line: 50, reason: "unknown macro for_each_pond")],
          touched: 2, analysed: 1, incomplete: true),
        Coverage(
          commit: commits[2].oid, file: "Documentation/pond.rst", status: .skipped,
          reason: "no C source"),
      ],
      findings: [duplicate, removed, leak, old],
      notes: [.init(message: "1 merge commit passed over")])
  }

  /// The patches as they were sent; the second one adds what is copied.
  struct Patches: PatchSource {
    func patch(of commit: String) -> SentPatch? {
      let lines = direct.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map {
        SentPatch.Line(kind: .added, old: nil, new: $0 + 1, text: String($1))
      }
      var patch = SentPatch(
        subject: "[PATCH v2 2/4] pond: step 2", author: "Jürgen Fluß <j@example.com>",
        files: [
          .init(
            old: nil, new: "fs/pond/direct.c",
            hunks: [.init(heading: "@@ -0,0 +1,14 @@", lines: lines)])
        ])
      (patch.to, patch.cc) = ("linux-pond@example.com", "A <a@example.com>")
      patch.date = "Thu, 1 Jan 2026 10:00:00 +0100"
      (patch.messageID, patch.references) = ("<2@example.com>", "<0@example.com> <1@example.com>")
      return patch
    }
  }

  /// The texts that the findings point into; the other files are not to be had.
  struct Sources: SourceText {
    func text(of file: String, at commit: String?, side: Finding.Side) -> String? {
      switch file {
      case "fs/pond/direct.c": direct
      case "fs/pond/file.c": Example.file
      default: nil
      }
    }
  }
}
