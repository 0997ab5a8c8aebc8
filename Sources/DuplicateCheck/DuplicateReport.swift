internal import CSyntax
internal import Findings

/// Says what a family of copies is, in a maintainer's words and in data.
struct DuplicateReport {
  let family: Family
  let worth: Sharing.Worth
  let tree: any TreeKnowledge

  private var new: Subject { family.head.new }
  private var old: Subject { family.head.old }

  /// What is told of the family; nil where nobody would want its code to be shared.
  var finding: Finding? {
    let severity: Severity
    var text = message
    switch worth {
    case .nothing: return nil
    case .warning: severity = .warning
    case .note(let reason):
      severity = .info
      text += " " + reason
    }
    return Finding(
      type: .duplicateFunction, confidence: confidence, severity: severity, file: new.path,
      line: new.line, function: new.name, message: text, remedy: remedy, fingerprint: fingerprint,
      related: family.pairs.map(Self.related), data: data)
  }

  /// Made of the pair that the finding stands at, so that files may be renamed and the family grow.
  private var fingerprint: Fingerprint { Fingerprint(.duplicateFunction, [new.name, old.name]) }

  /// Sure where nearly all of the new function stands in an old one close by.
  private var confidence: Confidence {
    let pair = family.head
    if pair.weighted >= 0.8, pair.containment >= 0.85 { return .high }
    let isNear = Nearness(pair.new.path, pair.old.path) >= .subsystem
    return isNear || pair.weighted >= 0.72 || family.pairs.count > 1 ? .medium : .low
  }

  private static func place(_ subject: Subject) -> String { "\(subject.path):\(subject.line)" }

  private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded(.down)))%" }

  private var message: String {
    let pair = family.head
    var text =
      "`\(new.name)()` repeats `\(old.name)()` (\(Self.place(old))): "
      + "\(Self.percent(pair.containment)) of it stands there"
    if family.companions.isEmpty {
      text += "."
    } else {
      let names = family.companions.map { "`\($0.new.name)()` (`\($0.old.name)()`)" }
      text += "; copied along with it: \(Self.list(names))."
    }
    return text
  }

  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(5)
    if names.count > shown.count {
      return shown.joined(separator: ", ") + " and \(names.count - shown.count) more"
    }
    guard let last = shown.last, shown.count > 1 else { return names.first ?? "" }
    return shown.dropLast().joined(separator: ", ") + " and " + last
  }

  /// What to do: call the old one where nothing differs, else share a helper, else say so.
  private var remedy: String {
    let proposals = family.pairs.map(Proposal.init)
    let equal = proposals.filter(\.isIdentical).map { "`\($0.pair.old.name)()`" }
    var sentences: [String] = []
    if !equal.isEmpty {
      sentences.append("Call \(Self.list(equal)) instead\(sharing).")
    }
    if let other = proposals.first(where: { !$0.isIdentical && $0.isWorthwhile }) {
      let sketch = HelperSketch(other)
      sentences.append(
        "Share a common helper, such as `\(sketch.signature)` in \(sketch.home)\(sharing), and "
          + "call it from `\(other.pair.old.name)()` and `\(other.pair.new.name)()`.")
    }
    if sentences.isEmpty {
      sentences.append(
        "See whether the common part can be shared: the two differ in "
          + "\(proposals[0].holes.count) places, so one helper for all of it would not be better.")
    }
    return sentences.joined(separator: " ")
  }

  /// How the new file gets to see what the old one has.
  private var sharing: String {
    if new.path == old.path { return "" }
    return HelperSketch(Proposal(family.head)).header.map { ", declared in \($0)" }
      ?? ", declared where both files see it"
  }

  private static func related(_ pair: Comparison) -> Finding.Related {
    Finding.Related(
      file: pair.old.path, line: pair.old.line, function: pair.old.name,
      message: "`\(pair.new.name)()` (\(place(pair.new))) repeats this")
  }

  private static func number(_ share: Double) -> DataValue {
    .number((share * 1000).rounded(.down) / 1000)
  }

  private var data: [String: DataValue] {
    [
      "similarity": Self.number(family.head.similarity),
      "containment": Self.number(family.head.containment),
      "pairs": .array(family.pairs.map(Self.pairData)),
      "proposal": .object(proposalData(Proposal(family.head))),
      "alignment": .array(AlignedLines(family.head).pairs.map { .array($0.map { .integer($0) }) }),
    ]
  }

  private static func pairData(_ pair: Comparison) -> DataValue {
    .object([
      "new": .string(pair.new.name), "newFile": .string(pair.new.path),
      "newLine": .integer(pair.new.line), "old": .string(pair.old.name),
      "oldFile": .string(pair.old.path), "oldLine": .integer(pair.old.line),
      "similarity": number(pair.similarity), "containment": number(pair.containment),
      "rarity": number(pair.weighted), "evidence": number(pair.evidence),
      "holes": .array(Proposal(pair).holes.map(holeData)),
    ])
  }

  private static func holeData(_ hole: Proposal.Hole) -> DataValue {
    .object([
      "kind": .string(hole.kind.rawValue), "new": .string(hole.new), "old": .string(hole.old),
      "newLine": .integer(hole.newLine), "oldLine": .integer(hole.oldLine),
    ])
  }

  private func proposalData(_ proposal: Proposal) -> [String: DataValue] {
    let sketch = HelperSketch(proposal)
    var result: [String: DataValue] = [
      "worthwhile": .bool(proposal.isWorthwhile), "identical": .bool(proposal.isIdentical),
      "helper": .string(sketch.name), "signature": .string(sketch.signature),
      "home": .string(sketch.home),
      "callersOfOld": .integer(tree.uses(of: old.name).count { $0.kind == .call }),
      "holes": .array(proposal.holes.map(Self.holeData)),
    ]
    if let header = sketch.header { result["header"] = .string(header) }
    return result
  }
}
