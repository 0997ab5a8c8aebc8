import CSyntax
import Findings
import GitKit
import KernelTree
import LockCheck

/// Has the versions of a series' files parsed and judged by the lock check.
struct SeriesJudging: Sendable {
  let series: Series
  let review: FileReview
  /// Where flags come from; nil where none are needed.
  let opening: KernelOpening?
  let base: KnowledgeBase
  let progress: @Sendable (ReviewProgress) -> Void

  typealias Judgements = [FileHistory.Version: FileJudgement]

  /// Judges the versions as they are configured, and those with changed lines that are left out
  /// then once more with the conditions of these lines turned.
  func judge(_ histories: [FileHistory]) async -> Judgements {
    var judged = await judge(histories, ConditionTurn())
    for history in histories {
      guard let turn = InactiveTurn.turn(history, judged) else { continue }
      for (version, turned) in await judge([history], turn) {
        guard var whole = judged[version] else { continue }
        whole.verdict = whole.verdict.adding(turned.verdict, of: whole.file)
        judged[version] = whole
      }
    }
    return judged
  }

  /// Judges every distinct version of every file that a revision touches, two cores at once.
  private func judge(_ histories: [FileHistory], _ turn: ConditionTurn) async -> Judgements {
    let search = HelperSearch(review.lockCheck)
    let distinct = distinctVersions(of: histories)
    let counts = Dictionary(distinct.keys.map { ($0.path, 1) }, uniquingKeysWith: +)
    return await withTaskGroup(of: (FileHistory.Version, FileJudgement).self) { group in
      for (version, entry) in distinct.sorted(by: { $0.key < $1.key }) {
        guard let tree = tree(entry.number) else { continue }
        let (file, number) = entry
        let further = (counts[file.path] ?? 1) - 1
        group.addTask {
          let judgement = await review.judge(
            file, in: opening?.kernel?.version(tree), without: opening?.reason ?? "", of: tree,
            turn,
            further: further
          ) { names, path, isBuilt in
            base.knowledge(of: number)?
              .helpers(for: names, from: path, by: search, isBuilt: isBuilt) ?? []
          }
          return (version, judgement)
        }
      }
      var judged: Judgements = [:]
      for await (version, judgement) in group {
        judged[version] = judgement
        progress(
          ReviewProgress(
            done: judged.count, total: distinct.count, activity: "analysed \(version.path)"))
      }
      return judged
    }
  }

  /// Each version once, with the number of the tree that has it.
  private func distinctVersions(
    of histories: [FileHistory]
  ) -> [FileHistory.Version: (file: SourceFile, number: Int)] {
    var distinct: [FileHistory.Version: (file: SourceFile, number: Int)] = [:]
    for history in histories {
      for (index, version) in history.versions.enumerated() {
        guard let version, SourceFile.isC(version.path), distinct[version] == nil,
          history.matters(at: index)
        else { continue }
        guard let bytes = try? tree(index)?.read(version.path) else { continue }
        distinct[version] = (SourceFile(path: version.path, bytes: bytes), index)
      }
    }
    return distinct
  }

  /// The tree of version `index`, the series' base being 0.
  private func tree(_ index: Int) -> (any TreeSource)? {
    index == 0 ? series.base : series.revisions[index - 1].tree
  }
}
