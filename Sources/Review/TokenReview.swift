import Findings
import GitKit

/// Runs the checks that compare versions by their tokens, each in its frame.
struct TokenReview {
  let series: Series
  let histories: [FileHistory]
  let request: ReviewRequest
  let base: KnowledgeBase

  /// Everything they find, placed in the series.
  func findings(_ lifeLines: LifeLines) -> [Finding] {
    CheckRegistry.tokenChecks().filter { request.areas.contains($0.area) }.flatMap { check in
      switch check.frame {
      case .commit:
        series.revisions.indices.flatMap { index in
          check.findings(in: change(from: index, to: index + 1), knowing: knowledge(index + 1))
            .map { lifeLines.placed($0, at: index) }
        }
      case .sinceBase:
        lifeLines.born(
          [[]]
            + series.revisions.indices.map { index in
              check.findings(in: change(from: 0, to: index + 1), knowing: knowledge(index + 1))
            }, all: false)
      case .version:
        lifeLines.born(
          (0...series.revisions.count).map { index in
            check.findings(in: change(from: index, to: index), knowing: knowledge(index))
          }, all: request.all)
      }
    }
  }

  private func tree(_ index: Int) -> (any TreeSource)? {
    index == 0 ? series.base : series.revisions[index - 1].tree
  }

  /// What is different between two versions, among the files that differ.
  private func change(from old: Int, to new: Int) -> Change {
    Change(
      files: histories.compactMap { history in
        let (before, after) = (history.versions[old], history.versions[new])
        guard before?.id != after?.id || before?.path != after?.path || old == new else {
          return nil
        }
        let oldBytes = bytes(before, old)
        let newBytes = bytes(after, new)
        let lines = try? LineChanges(from: oldBytes, to: newBytes)
        return FileChange(
          before: file(before, oldBytes), after: file(after, newBytes),
          addedLines: lines?.added ?? [])
      })
  }

  private func bytes(_ version: FileHistory.Version?, _ index: Int) -> [UInt8]? {
    version.flatMap { try? tree(index)?.read($0.path) }
  }

  private func file(_ version: FileHistory.Version?, _ bytes: [UInt8]?) -> FileVersion? {
    guard let version, let bytes else { return nil }
    return FileVersion(path: version.path, text: SourceFile.text(of: bytes))
  }

  private func knowledge(_ index: Int) -> any TreeKnowledge {
    base.knowledge(of: index) ?? EmptyKnowledge()
  }
}

/// A tree without files: what was there before a root commit.
struct EmptyKnowledge: TreeKnowledge {
  var isWholeTree: Bool { true }
  func text(of path: String) -> String? { nil }
  func definitions(of name: String) -> [FunctionPlace] { [] }
  func uses(of name: String) -> [SymbolUse] { [] }
  func similar(to name: String, in file: FileVersion, limit: Int) -> [FunctionPlace] { [] }
  func role(of path: String) -> KbuildRole { .unknown }
}
