import CSyntax
import Findings
import GitKit
import KernelTree
import LockCheck

/// Has the versions of a series' files parsed and judged by the lock check.
struct SeriesJudging: Sendable {
  let series: Series
  let request: ReviewRequest
  let lockCheck: LockCheck
  let parser: UnitParser
  /// What earlier runs left; nil where nothing is to be kept.
  let kept: Kept?
  let kernel: KernelTree?
  /// Why there are no flags, where there are none.
  let kernelReason: String
  let budget: Budget
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
    let search = HelperSearch(lockCheck)
    let distinct = distinctVersions(of: histories)
    return await withTaskGroup(of: (FileHistory.Version, FileJudgement).self) { group in
      for (version, entry) in distinct.sorted(by: { $0.key < $1.key }) {
        guard let tree = tree(entry.number) else { continue }
        let (file, number) = entry
        group.addTask {
          let judgement = await judge(file, tree, turn) { names, path in
            base.knowledge(of: number)?.helpers(for: names, from: path, by: search) ?? []
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

  private func judge(
    _ file: SourceFile, _ tree: any TreeSource, _ turn: ConditionTurn,
    helpers: @escaping @Sendable ([String], String) -> [String]
  ) async -> FileJudgement {
    guard request.areas.contains(.locks) else {
      return FileJudgement(file: file, verdict: .ofTokens)
    }
    if let excuse = budget.excuse { return notParsed(file, excuse) }
    guard let kernel else { return notParsed(file, kernelReason) }
    return await FileReview(parser: parser, lockCheck: lockCheck, kept: kept, helpers: helpers)
      .judge(file, in: kernel.version(tree), of: tree, turn)
  }

  private func notParsed(_ file: SourceFile, _ reason: String) -> FileJudgement {
    FileJudgement(
      file: file, verdict: Verdict(on: file, UnitParser.Parsed(reason: reason), lockCheck))
  }
}
