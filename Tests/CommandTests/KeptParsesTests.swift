import Findings
import Foundation
import ProgramUnderTest
import Testing

/// A parse of an earlier run is used as long as nothing that went into it has changed.
@Suite struct KeptParsesTests {
  private static func header(leaves: Bool) -> String {
    """
    #include <linux/mutex.h>
    struct gate { struct mutex lock; int open; };
    static inline void gate_enter(struct gate *g) { mutex_lock(&g->lock); }
    static inline void gate_leave(struct gate *g) { \(leaves ? "mutex_unlock(&g->lock);" : "") }

    """
  }

  private static let source = """
    #include "gate.h"
    int gate_pass(struct gate *g);

    int gate_pass(struct gate *g)
    {
    \tgate_enter(g);
    \tif (!g->open) {
    \t\tgate_leave(g);
    \t\treturn -1;
    \t}
    \tg->open--;
    \tmutex_unlock(&g->lock);
    \treturn 0;
    }

    """

  private func files(in folder: String) -> [String] {
    let walk = FileManager.default.enumerator(atPath: folder)
    return (walk?.allObjects as? [String] ?? []).filter { $0.contains(".") }.map {
      folder + "/" + $0
    }
  }

  @Test func anInlineOfAHeaderCounts() async throws {
    let kernel = try MiniatureKernel()
    try kernel.folder.write(Self.source, to: "linux/fs/brook/gate.c")
    for leaves in [true, false, true] {
      try kernel.folder.write(Self.header(leaves: leaves), to: "linux/fs/brook/gate.h")
      for _ in 0..<2 {
        let outcome = try await kernel.run("scan", "fs/brook/gate.c", "--format", "json")
        let findings = try outcome.result().findings
        #expect(findings.map(\.line) == (leaves ? [] : [9]), "\(outcome.error)")
      }
    }
  }

  @Test func aHeaderOfACommitCounts() async throws {
    let kernel = try MiniatureKernel()
    try kernel.commit([
      "fs/brook/gate.c": Self.source, "fs/brook/gate.h": Self.header(leaves: true),
    ])
    try kernel.commit([
      "fs/brook/gate.c": Self.source + "\n", "fs/brook/gate.h": Self.header(leaves: false),
    ])
    for _ in 0..<2 {
      let good = try await kernel.run("check", "HEAD~1", "--format", "json", "--only", "locks")
      #expect(try good.result().findings == [])
      let bad = try await kernel.run("check", "HEAD", "--format", "json", "--only", "locks")
      #expect(try bad.result().findings.map(\.line) == [9])
    }
  }

  @Test func theSameIsSaidWithAndWithoutIt() async throws {
    let kernel = try MiniatureKernel()
    try kernel.commit(["fs/brook/leaky.c": MiniatureKernel.leaky()])
    let arguments = ["check", "HEAD", "--format", "json"]
    let cache = ["XDG_CACHE_HOME": kernel.folder.path + "/cache"]
    func output(_ more: [String] = []) async throws -> String {
      try await ProgramUnderTest.run(arguments + more, in: kernel.path, environment: cache).output
    }
    let first = try await output(["--no-cache"])
    #expect(first.contains("LOCK_HELD_AT_RETURN"))
    #expect(try await output() == first)
    #expect(try await output() == first)
    let kept = files(in: kernel.folder.path + "/cache/lockstep/parses")
    for end in [".unit", ".lists", ".verdict"] {
      #expect(kept.contains { $0.hasSuffix(end) }, "\(end)")
    }
    for (number, file) in kept.enumerated() {
      var data = try #require(FileManager.default.contents(atPath: file))
      if number % 2 == 0 { data = data.prefix(data.count / 2) } else { data[25] ^= 1 }
      try data.write(to: URL(filePath: file))
    }
    #expect(try await output() == first)
    for file in kept { try FileManager.default.removeItem(atPath: file) }
    #expect(try await output(["--jobs", "1"]) == first)
  }
}
