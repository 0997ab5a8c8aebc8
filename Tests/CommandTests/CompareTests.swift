import DemoSeries
import Findings
import Foundation
import ProgramUnderTest
import Testing

/// Two versions of the example series: the second has the repair folded in, and its order changed.
@Suite struct CompareTests {
  private let kernel: MiniatureKernel
  private let old: String
  private let new: String

  init() throws {
    let kernel = try MiniatureKernel()
    self.kernel = kernel
    let patches = ExampleSeries.brook.patches
    func commit(_ files: [String: String], _ message: String) throws -> String {
      try kernel.commit(bytes: files.mapValues { Array($0.utf8) }, message)
    }
    var tip = kernel.base
    for patch in patches { tip = try commit(patch.files, patch.message) }
    old = "\(kernel.base)..\(tip)"
    // Back to the base, and the second version from there.
    let files = Set(patches.flatMap(\.files.keys))
    let base = try commit(
      Dictionary(
        uniqueKeysWithValues: files.map { ($0, ExampleSeries.brook.base.files[$0] ?? "") }),
      "back to the base")
    var end = try commit(["fs/brook/extra.c": MiniatureKernel.leaky("brook_extra")], "brook: extra")
    for patch in patches[..<2] { end = try commit(patch.files, patch.message) }
    end = try commit(
      patches[2].files.merging(patches[3].files) { $1 }, "brook: refuse writes beyond the quota")
    new = "\(base)..\(end)"
  }

  @Test func fixedStillThereAndNew() async throws {
    let outcome = try await kernel.run("compare", old, new)
    #expect(outcome.status == 1, "\(outcome.error)")
    #expect(
      outcome.output == """
        lockstep, since the last version:
        - fixed: patch 3: BISECT_BREAK, brook_direct_write() in
          fs/brook/direct.c
        - still there: patch 3 (was 2): DUPLICATE_FUNCTION, brook_direct_lock()
          in fs/brook/direct.c
        - new: patch 1: LOCK_HELD_AT_RETURN, brook_extra() in fs/brook/extra.c

        """)
  }

  @Test func savedReportsAndMailsGiveTheSame() async throws {
    let ranges = try await kernel.run("compare", old, new)
    let report = kernel.folder.path + "/old.json"
    _ = try await kernel.run("check", old, "--format", "json", "-o", report)
    let mbox = kernel.folder.path + "/new.mbox"
    let mails = try await ProgramUnderTest.git(["format-patch", "--stdout", new], in: kernel.path)
    try (mails + "\n").write(toFile: mbox, atomically: true, encoding: .utf8)
    let base = String(new.prefix(40))
    let outcome = try await kernel.run("compare", report, mbox, "--base", base)
    #expect(outcome.output == ranges.output && outcome.status == 1)
    let same = try await kernel.run("compare", report, report, "--format", "json")
    #expect(same.status == 0)
    let document = try JSONSerialization.jsonObject(with: Data(same.output.utf8)) as? [String: Any]
    #expect((document?["new"] as? [Any])?.isEmpty == true)
    #expect((document?["patches"] as? [[String: Any]])?.count == 4)
  }

  @Test func patchesArePairedByWhatTheyChange() async throws {
    let outcome = try await kernel.run("compare", old, new, "--format", "json")
    struct Document: Decodable {
      struct Patch: Decodable, Equatable {
        var old: Int?
        var new: Int?
      }
      var patches: [Patch]
    }
    let document = try JSONDecoder().decode(Document.self, from: Data(outcome.output.utf8))
    #expect(
      document.patches == [
        .init(old: nil, new: 1), .init(old: 1, new: 2), .init(old: 2, new: 3),
        // What is left of the folded patch is most like the repair, which has its last lines.
        .init(old: 4, new: 4), .init(old: 3, new: nil),
      ])
  }

  @Test func whatIsNoVersionIsSaid() async throws {
    let outcome = try await kernel.run("compare", old, "nosuch..HEAD")
    #expect(outcome.status == 2 && outcome.error.contains("nosuch"))
  }
}
