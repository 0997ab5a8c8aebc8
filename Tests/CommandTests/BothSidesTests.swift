import Findings
import Foundation
import ProgramUnderTest
import Testing

/// Changed lines that the configuration leaves out are parsed with the condition turned.
@Suite struct BothSidesTests {
  /// `brook_leaky()` leaks on line 10; its counterpart is well.
  private static func text(_ opening: String, otherwise: String = "#else") -> String {
    """
    #include <linux/errno.h>
    #include "brook_i.h"
    \(opening)
    int brook_leaky(struct brook_inode *bi);

    int brook_leaky(struct brook_inode *bi)
    {
    \tmutex_lock(&bi->quota_lock);
    \tif (bi->quota_used > bi->quota_limit)
    \t\treturn -EDQUOT;
    \tmutex_unlock(&bi->quota_lock);
    \treturn 0;
    }
    \(otherwise)
    static inline int brook_leaky(struct brook_inode *bi)
    {
    \treturn 0;
    }
    #endif

    """
  }

  @Test(arguments: [
    "#ifdef CONFIG_NO_SUCH_THING",
    "#if defined(CONFIG_NO_SUCH_THING) || defined(CONFIG_NO_SUCH_THING_MODULE)",
    "#if defined(CONFIG_NO_SUCH_THING) && defined(BROOK_DEBUG)", "#ifndef __KERNEL__",
  ])
  func theOtherSideIsRead(opening: String) async throws {
    let kernel = try MiniatureKernel()
    try kernel.commit(["fs/brook/odd.c": Self.text(opening)])
    for _ in 0..<2 {
      let outcome = try await kernel.run("check", "HEAD", "--only", "locks", "--format", "json")
      let result = try outcome.result()
      #expect(result.findings.map(\.line) == [10], "\(outcome.error)")
      #expect(result.coverage.map(\.inactive) == [[]])
      #expect(outcome.status == 1)
    }
  }

  @Test func whatCannotBeTurnedIsNamed() async throws {
    let kernel = try MiniatureKernel()
    try kernel.commit(["fs/brook/odd.c": Self.text("#if __GNUC__ > 400")])
    let outcome = try await kernel.run("check", "HEAD", "--only", "locks", "--format", "json")
    let result = try outcome.result()
    #expect(result.findings == [])
    #expect(result.coverage.map(\.inactive) == [[4...13]])
    let text = try await kernel.run("check", "HEAD", "--only", "locks")
    #expect(text.output.contains("10 changed lines left out by #if"))
  }

  @Test func whatWasThereBeforeIsNotNew() async throws {
    let kernel = try MiniatureKernel()
    let text = Self.text("#ifdef CONFIG_NO_SUCH_THING")
    try kernel.commit(["fs/brook/odd.c": text])
    try kernel.commit([
      "fs/brook/odd.c": text.replacingOccurrences(
        of: "\treturn 0;\n}\n#else", with: "\treturn 1;\n}\n#else")
    ])
    let outcome = try await kernel.run("check", "HEAD", "--only", "locks", "--format", "json")
    #expect(try outcome.result().findings == [])
    let all = try await kernel.run("check", "HEAD", "--only", "locks", "--format", "json", "--all")
    #expect(try all.result().findings.map(\.line) == [10])
  }
}
