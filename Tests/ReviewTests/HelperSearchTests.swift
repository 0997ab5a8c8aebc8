import BuiltinRules
import Foundation
import GitKit
import LockCheck
import Testing
import TreeIndex

@testable import Review

/// Which files are worth a parse for the locks of one file.
@Suite struct HelperSearchTests {
  private static let files = [
    "net/brook/lock.c": """
    void brook_lock(struct brook *b)
    {
    \tmutex_lock(&b->lock);
    }
    void brook_unlock(struct brook *b)
    {
    \tmutex_unlock(&b->lock);
    }
    """,
    "net/brook/wrap.c": """
    static void wrap_take(struct brook *b)
    {
    \tmutex_lock(&b->lock);
    }
    void brook_enter(struct brook *b)
    {
    \twrap_take(b);
    }
    void brook_count(struct brook *b)
    {
    \tmutex_lock(&b->lock);
    \tb->count++;
    \tmutex_unlock(&b->lock);
    }
    void brook_both(struct brook *b)
    {
    \tbrook_lock(b);
    \tbrook_unlock(b);
    }
    void brook_plain(struct brook *b)
    {
    \tb->count = 0;
    }
    """,
    "lib/stub.h": "static inline void brook_flush(struct brook *b)\n{\n}\n",
    "lib/flush.c": "void brook_flush(struct brook *b)\n{\n\tspin_unlock(&b->spin);\n}\n",
    "arch/a/cache.c": "void cache_take(void)\n{\n\tspin_lock(&cache);\n}\n",
    "arch/b/cache.c": "void cache_take(void)\n{\n\tspin_lock(&cache);\n}\n",
    "lib/hidden.c": "static void hidden_take(void)\n{\n\tspin_lock(&hidden);\n}\n",
  ]

  private func found(_ names: [String], from path: String = "fs/user.c") throws -> [String] {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "lockstep-helpers-\(UInt64.random(in: 0...UInt64.max))").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var tree = OverlayTree(try FolderTree(folder))
    for (path, text) in Self.files { tree.write(Array(text.utf8), to: path) }
    let index = try TreeIndex(of: Array(Self.files.keys), in: tree, isWhole: true)
    return try HelperSearch(LockCheck(rules: .builtin)).files(for: names, from: path, in: index)
  }

  @Test(arguments: [
    (["brook_lock"], ["net/brook/lock.c"]),
    // Through a static function of its file.
    (["brook_enter"], ["net/brook/wrap.c"]),
    // What gives back all that it takes, itself or by what it calls, needs no parse.
    (["brook_count", "brook_both", "brook_plain"], []),
    // A stub in a header does not hide the real one.
    (["brook_flush"], ["lib/flush.c"]),
    // Which of two is meant, or whether a static one is, names do not say.
    (["cache_take", "hidden_take", "nowhere"], []),
    // The rules know these.
    (["mutex_lock", "mutex_unlock"], []),
    (["brook_unlock", "brook_enter"], ["net/brook/lock.c", "net/brook/wrap.c"]),
  ])
  func onlyFilesThatMayLeaveALockTaken(names: [String], files: [String]) throws {
    #expect(try found(names) == files)
  }

  @Test func theFileItselfIsLeftOut() throws {
    #expect(try found(["brook_lock"], from: "net/brook/lock.c").isEmpty)
  }
}
