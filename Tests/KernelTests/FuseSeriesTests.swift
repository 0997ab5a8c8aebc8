import Findings
import Foundation
import ProgramUnderTest
import Testing

/// The example series on the real kernel, reviewed by the program as a user runs it.
@Suite(.enabled(if: KernelClone.source != nil, KernelClone.hint), .serialized)
struct FuseSeriesTests {
  private let branches: FuseBranches
  private var clone: KernelClone { branches.clone }
  private var base: String { branches.base }

  init() async throws { branches = FuseBranches(clone: try await KernelClone()) }

  /// Where flags and generated headers come from.
  enum Headers: CaseIterable {
    case prepared, madeUp
  }

  // MARK: Reviews

  private func review(_ headers: Headers, _ range: String, status: Int32? = nil) async throws
    -> ReviewResult
  {
    var arguments = ["check", "-C", clone.path, range, "--format", "json"]
    if headers == .prepared { arguments += ["--config-from", clone.kernel] }
    let outcome = try await ProgramUnderTest.run(
      arguments, environment: ["XDG_CACHE_HOME": SharedCache.path])
    let expected: [Int32] = if let status { [status] } else { [0, 1] }
    #expect(expected.contains(outcome.status), "\(outcome.error)")
    let result = try JSONDecoder().decode(ReviewResult.self, from: Data(outcome.output.utf8))
    #expect(!result.isIncomplete)
    #expect(result.coverage.contains { $0.file.hasSuffix(".c") })
    for file in result.coverage where file.file.hasSuffix(".c") {
      #expect(file.status == .parsed, "\(file.file): \(file.reason)")
    }
    return result
  }

  private func locks(_ result: ReviewResult) -> [Finding] {
    result.findings.filter { $0.type.area == .locks }
  }

  private func symbols(_ type: FindingType, in result: ReviewResult) -> [String] {
    result.findings.filter { $0.type == type }.compactMap {
      if case .string(let symbol) = $0.data["symbol"] { symbol } else { nil }
    }.sorted()
  }

  // MARK: The six branches

  @Test(arguments: Headers.allCases)
  func exportedHelpers(headers: Headers) async throws {
    let result = try await review(headers, "\(base)..\(branches.export())")
    #expect(symbols(.linkageWidened, in: result) == FuseSources.helpers)
    #expect(symbols(.prototypeAdded, in: result) == FuseSources.helpers)
    #expect(locks(result).isEmpty)
  }

  @Test(arguments: Headers.allCases)
  func copiedHelpers(headers: Headers) async throws {
    let head = try await branches.duplicate()
    let result = try await review(headers, "\(base)..\(head)", status: 1)
    let duplicates = result.findings.filter { $0.type == .duplicateFunction }
    let finding = try #require(duplicates.first)
    #expect(duplicates.count == 1)
    #expect(finding.commit == head && finding.patch == 2 && finding.patches == 2)
    #expect(finding.file == FuseSources.passthroughPath)
    // The one that takes the lock, and not a helper of it.
    #expect(finding.function == FuseSources.copies.first { $0.0 == FuseSources.helpers[0] }?.1)
    let text = String(decoding: try JSONEncoder().encode(finding), as: UTF8.self)
    for (original, copy) in FuseSources.copies {
      #expect(text.contains(original) && text.contains(copy), "\(original), \(copy)")
    }
    let containment = try #require(finding.data["containment"]?.number)
    #expect(containment > 0.7 && containment <= 1)
    #expect(symbols(.prototypeRemoved, in: result) == FuseSources.helpers)
    #expect(locks(result).isEmpty)
  }

  @Test(arguments: ["base", "export", "duplicate"], Headers.allCases)
  func leakedLock(on name: String, headers: Headers) async throws {
    let parent = try await branches.branch(name)
    let (head, sources) = try await branches.commit(on: parent, "fuse: refuse long writes") {
      try $0.leak()
    }
    let result = try await review(headers, "\(base)..\(head)", status: 1)
    let finding = try #require(locks(result).first)
    #expect(locks(result).count == 1)
    #expect(finding.type == .lockHeldAtReturn && finding.severity == .error)
    #expect(finding.file == FuseSources.passthroughPath)
    #expect(finding.line == sources.lineOfEarlyReturn)
    #expect(finding.function == "fuse_passthrough_write_iter")
    #expect(finding.commit == head && finding.fixedIn == nil)
    guard case .string(let lock) = finding.data["lock"] else {
      Issue.record("no lock in \(finding.data)")
      return
    }
    #expect(lock.contains("i_rwsem"))
    #expect(finding.trace.contains { $0.file == finding.file && $0.line < finding.line })
  }

  @Test(arguments: ["export", "duplicate"], Headers.allCases)
  func unlockedInTheWrongMode(on name: String, headers: Headers) async throws {
    let parent = try await branches.branch(name)
    let (head, sources) = try await branches.commit(on: parent, "fuse: unlock after passthrough") {
      try $0.unlockInWrongMode()
    }
    let result = try await review(headers, "\(base)..\(head)", status: 1)
    #expect(!locks(result).isEmpty)
    for finding in locks(result) {
      #expect([.lockWrongRelease, .lockNotHeld].contains(finding.type))
      #expect(finding.function == "fuse_passthrough_write_iter")
      #expect(finding.line == sources.lineOfUnlock)
      #expect(finding.commit == head)
    }
  }

  @Test(arguments: ["base", "duplicate"], Headers.allCases)
  func leakRepairedLater(on name: String, headers: Headers) async throws {
    let parent = try await branches.branch(name)
    let leak = try await branches.commit(on: parent, "fuse: refuse long writes") { try $0.leak() }
      .id
    let repair = try await branches.commit(on: leak, "fuse: unlock") { try $0.repairLeak() }.id
    let result = try await review(headers, "\(base)..\(repair)", status: 1)
    let finding = try #require(locks(result).first)
    #expect(locks(result).count == 1)
    #expect(finding.type == .lockHeldAtReturn)
    #expect(finding.commit == leak && finding.fixedIn == repair)
    let breaks = result.findings.filter { $0.type == .bisectBreak }
    #expect(breaks.count == 1)
    #expect(breaks.first?.commit == leak && breaks.first?.severity == .error)
  }

  @Test(arguments: Headers.allCases)
  func oneCommonHelper(headers: Headers) async throws {
    let copied = try await branches.duplicate()
    let head = try await branches.commit(on: copied, "fuse: share the lock again") {
      try $0.dropCopies()
    }.id
    let last = try await review(headers, "\(copied)..\(head)")
    #expect(!last.findings.contains { $0.type.area == .duplicates })
    #expect(locks(last).isEmpty)
    let whole = try await review(headers, "\(base)..\(head)")
    let open = whole.findings.filter { $0.fixedIn == nil }
    #expect(!open.contains { $0.type.area == .duplicates })
    #expect(locks(whole).isEmpty)
  }
}

extension DataValue {
  /// A number, however JSON wrote it.
  fileprivate var number: Double? {
    switch self {
    case .number(let value): value
    case .integer(let value): Double(value)
    default: nil
    }
  }
}
