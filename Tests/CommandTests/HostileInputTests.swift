import Findings
import Foundation
import ProgramUnderTest
import Testing

/// Whatever a patch holds, the review ends, says what it could not read, and judges the rest.
@Suite struct HostileInputTests {
  enum Input: String, CaseIterable {
    case nulBytes, latin1, longLine, unclosedBraces, nestedParentheses, elseIfs, empty, binary
    case onlyDirectives, endlessComment

    var bytes: [UInt8] {
      switch self {
      case .nulBytes: Array("int before;\0\0\nint brook_odd(void)\n{\n\treturn 0;\0\n}\n".utf8)
      case .latin1: Array("/* caf".utf8) + [0xe9] + Array(" */\nint brook_odd;\n".utf8)
      case .longLine:
        Array(("int brook_odd = 0" + String(repeating: " + 1", count: 1_300_000) + ";\n").utf8)
      case .unclosedBraces: Array(String(repeating: "int brook_odd(void) {{{\n", count: 500).utf8)
      case .nestedParentheses:
        Array(
          ("int brook_odd = " + String(repeating: "(", count: 100_000) + "0"
            + String(repeating: ")", count: 100_000) + ";\n").utf8)
      case .elseIfs:
        Array(
          ("int brook_odd(int a);\nint brook_odd(int a)\n{\n\tif (a == 0)\n\t\treturn 1;\n"
            + (1...10_000).map { "\telse if (a == \($0))\n\t\treturn \($0);\n" }.joined()
            + "\treturn 0;\n}\n").utf8)
      case .empty: []
      case .binary: (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
      case .onlyDirectives: Array("#if\n#else\n#include\n#define\n#elif 1\n".utf8)
      case .endlessComment: Array("int a; /* never closed\n".utf8)
      }
    }
  }

  @Test(arguments: Input.allCases)
  func theRestIsStillJudged(input: Input) async throws {
    let kernel = try MiniatureKernel()
    try kernel.commit(bytes: [
      "fs/brook/odd.c": input.bytes,
      "fs/brook/leaky.c": Array(MiniatureKernel.leaky().utf8),
    ])
    let outcome = try await kernel.run("check", "HEAD", "--format", "json")
    #expect(outcome.status == 1, "\(outcome.error)")
    let result = try outcome.result()
    let leak = try #require(result.findings.first { $0.type == .lockHeldAtReturn })
    #expect(leak.file == "fs/brook/leaky.c" && leak.line == 9)
    #expect(result.findings.allSatisfy { $0.file != "fs/brook/odd.c" || $0.type.area != .locks })
    let odd = try #require(result.coverage.first { $0.file == "fs/brook/odd.c" })
    // Clean is only what was read.
    #expect(odd.status == .parsed || !odd.reason.isEmpty)

    let alone = try await kernel.run("scan", "fs/brook/odd.c", "--format", "json")
    #expect([0, 3].contains(alone.status), "\(alone.error)")
    #expect(try alone.result().isIncomplete == (alone.status == 3))
  }
}
