import Findings
import Foundation
import ProgramUnderTest
import Testing

/// What the parser could not read is repaired or left out by function; it never yields a finding
/// that is not there, and its neighbours keep theirs.
@Suite struct TrustTests {
  /// A function that is right, though a careless reader would lose the line that unlocks.
  enum Fault: String, CaseIterable {
    case type, member, caseLabel, attribute, iterator, structure, value

    var function: String {
      switch self {
      case .type: body("brook_token_t t = 0;", "if (t)\n\t\tbi->quota_used = 1;")
      case .member: body("", "if (bi->no_such_member)\n\t\tbi->quota_used = 1;")
      case .caseLabel:
        """
        int brook_odd(struct brook_inode *bi, int how);

        int brook_odd(struct brook_inode *bi, int how)
        {
        \tmutex_lock(&bi->quota_lock);
        \tswitch (how) {
        \tcase BROOK_NEW_MODE:
        \t\tmutex_unlock(&bi->quota_lock);
        \t\treturn 1;
        \t}
        \tmutex_unlock(&bi->quota_lock);
        \treturn 0;
        }

        """
      case .attribute: body("", "", attribute: "__brook_wary ")
      case .iterator:
        body("int *p;", "brook_for_each(p, bi) {\n\t\tbi->quota_used = *p;\n\t}")
      case .structure:
        body("struct brook_unknown u;", "if (u.set)\n\t\tbi->quota_used = 1;")
      case .value: body("", "if (bi->quota_used & BROOK_NEW_FLAG)\n\t\tbi->quota_used = 1;")
      }
    }

    /// True where all can be read once the name is known.
    var isRepaired: Bool { self != .member && self != .structure }

    private func body(_ declaration: String, _ text: String, attribute: String = "") -> String {
      """
      int brook_odd(struct brook_inode *bi, int how);

      \(attribute)int brook_odd(struct brook_inode *bi, int how)
      {
      \t\(declaration)
      \tmutex_lock(&bi->quota_lock);
      \t\(text)
      \tmutex_unlock(&bi->quota_lock);
      \treturn 0;
      }

      """
    }
  }

  @Test(arguments: Fault.allCases)
  func onlyWhatIsThereIsSaid(fault: Fault) async throws {
    let kernel = try MiniatureKernel()
    try kernel.commit(["fs/brook/odd.c": MiniatureKernel.leaky() + fault.function])
    let outcome = try await kernel.run("check", "HEAD", "--only", "locks", "--format", "json")
    let result = try outcome.result()
    #expect(result.findings.map(\.line) == [9], "\(outcome.output)")
    #expect(result.findings.allSatisfy { $0.severity == .error })
    let coverage = try #require(result.coverage.first)
    #expect(coverage.status == .degraded)
    // No Makefile of the miniature names the file.
    #expect(coverage.reason.hasPrefix("kbuild does not build it in this configuration: "))
    let lost = coverage.functions.map(\.function)
    #expect(lost == (fault.isRepaired ? [] : ["brook_odd"]))
    #expect(coverage.analysed == coverage.touched - lost.count)
    #expect(coverage.incomplete == !lost.isEmpty)
    #expect(coverage.functions.allSatisfy { !$0.reason.isEmpty })
  }
}
