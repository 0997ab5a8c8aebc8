import BuiltinRules
import CSyntax
import Findings

/// Puts what was found into a maintainer's words.
struct LockWording {
  let analysis: LockAnalysis
  let function: Function
  let file: FileVersion
  let lines: [Substring]

  private var unit: SyntaxUnit { analysis.unit }

  /// The finding for a report.
  func finding(_ report: LockReport) -> Finding {
    let names = LockName(
      unit: unit, table: analysis.table, function: function, memory: report.memory,
      titles: analysis.rules.families.map(\.title))
    let lock = names.lock(at: report.lock)
    let name = unit.strings[function.name]
    let line = Int(report.place.line)
    return Finding(
      type: report.type, confidence: report.confidence, file: file.path, line: line,
      column: max(1, Int(report.place.column)), function: name,
      message: message(report, lock), remedy: remedy(report, lock),
      fingerprint: Fingerprint(report.type, [name, lock, squeezed(line)]),
      trace: trace(report, lock), data: ["lock": .string(lock)])
  }

  /// The text of a line without white space, which names the place when lines move.
  private func squeezed(_ line: Int) -> String {
    guard line > 0, line <= lines.count else { return "" }
    return lines[line - 1].filter { !$0.isWhitespace }
  }

  // MARK: Message

  private func message(_ report: LockReport, _ lock: String) -> String {
    switch report.type {
    case .lockHeldAtReturn: return heldAtReturn(report, lock)
    case .lockDoubleAcquire:
      return "takes `\(lock)` again\(through(report)); it is held since line "
        + "\(takenLine(report))\(atEntry(report))"
    case .lockLoopImbalance where report.call == nil:
      return "a round of the loop ends here with `\(lock)` held since line \(takenLine(report))"
    case .lockLoopImbalance:
      return "the next round of the loop takes `\(lock)` again: a round may end with it held"
    case .lockWrongRelease: return wrongRelease(report, lock)
    case .lockWrongFlags:
      return "restores the interrupt flags of another lock: `\(lock)` was taken with its own "
        + "flags at line \(takenLine(report))"
    case .lockContract: return contract(report, lock)
    case .lockSleepInAtomic: return sleeps(report, lock)
    case .lockStaleCheck: return stale(report, lock)
    default: return notHeld(report, lock)
    }
  }

  private func heldAtReturn(_ report: LockReport, _ lock: String) -> String {
    let start = "returns with `\(lock)` held\(modeNote(report)) since line \(takenLine(report))"
    if let right = report.rightExit, right.line != report.place.line {
      return start + "; the way out at line \(right.line) releases it"
    }
    if report.isOnEachWayOut { return start + "; no way out releases it, nor does a caller" }
    return start + "; other ways out don't hold it"
  }

  private func notHeld(_ report: LockReport, _ lock: String) -> String {
    guard let entry = report.held, !entry.isHeld else {
      return "releases `\(lock)`\(through(report)), which this path has not taken"
    }
    return "releases `\(lock)`\(through(report)) again; it was released at line "
      + "\(takenLine(report))"
  }

  private func contract(_ report: LockReport, _ lock: String) -> String {
    guard let call = report.call.map({ unit.strings[$0] }) else {
      return report.held == nil
        ? "returns without `\(lock)`, which an annotation says it takes; other ways out hold it"
        : "returns without `\(lock)`, which its callers hold and go on to hold, as an annotation "
          + "says; it was released at line \(takenLine(report))"
    }
    if report.held?.isHeld == true, report.held?.mode == .shared {
      return "\(call)() needs `\(lock)` exclusive, but it was taken shared at line "
        + "\(takenLine(report))"
    }
    if report.held?.isHeld == true {
      return "\(call)() claims that `\(lock)` is not held, but it is since line "
        + "\(takenLine(report))"
    }
    return "\(call)() needs `\(lock)`, which was released at line \(takenLine(report))"
  }

  private func sleeps(_ report: LockReport, _ lock: String) -> String {
    let call = report.call.map { unit.strings[$0] } ?? "this"
    let through = report.sleeper.map { ", through \(unit.strings[$0])()," } ?? ""
    let what = report.held.map { analysis.rules.families[$0.family] }
    let subject = what?.isContext == true ? "this is a \(lock)" : "`\(lock)` is held"
    return "\(call)() may sleep\(through) but \(subject) since line \(takenLine(report))"
  }

  private func stale(_ report: LockReport, _ lock: String) -> String {
    let names = LockName(
      unit: unit, table: analysis.table, function: function, memory: report.memory,
      titles: analysis.rules.families.map(\.title))
    let state = report.chosenBy.map { names.lock(at: $0.state) } ?? "what it protects"
    return "takes `\(lock)` shared because of `\(state)`, which was looked at without the lock and "
      + "is not looked at again under it"
  }

  private func wrongRelease(_ report: LockReport, _ lock: String) -> String {
    let call = report.call.map { unit.strings[$0] } ?? "this"
    guard let entry = report.held else { return "releases `\(lock)` in another mode" }
    if let action = report.action, action.mode != entry.mode {
      return "\(call)() releases `\(lock)` as \(action.mode.rawValue), but it was taken "
        + "\(entry.mode.rawValue) at line \(takenLine(report))"
    }
    if report.action == nil, entry.variant == .plain {
      return "\(call)() releases another kind of lock than `\(lock)`, which was taken at line "
        + "\(takenLine(report))"
    }
    let what = entry.variant == .bh ? "bottom halves" : "interrupts"
    if report.action == nil {
      return "\(call)() leaves \(what) off: `\(lock)` was taken by the variant that turns them off"
        + " at line \(takenLine(report))"
    }
    return "\(call)() does not fit how `\(lock)` was taken at line \(takenLine(report))"
  }

  private func modeNote(_ report: LockReport) -> String {
    guard let entry = report.held else { return "" }
    return entry.mode == .shared ? " (shared)" : ""
  }

  private func atEntry(_ report: LockReport) -> String {
    report.held?.status == .inherited ? " (the caller holds it)" : ""
  }

  /// Says that a helper does it, when the place is a call of one.
  private func through(_ report: LockReport) -> String {
    guard let call = report.call else { return "" }
    let name = unit.strings[call]
    return analysis.rules.operations[name] == nil ? " through `\(name)()`" : ""
  }

  private func takenLine(_ report: LockReport) -> Int {
    report.earlier >= 0
      ? Int(analysis.witness.nodes[report.earlier].place.line) : Int(function.start.line)
  }

  // MARK: Remedy

  private func remedy(_ report: LockReport, _ lock: String) -> String {
    switch report.type {
    case .lockHeldAtReturn:
      let by = releaseName(report.held).map { " with `\($0)()`" } ?? ""
      let path = report.isOnEachWayOut ? "" : ", or leave by the path that does"
      return "Release it\(by) before this return\(path)."
    case .lockDoubleAcquire: return "Drop this acquisition, or release the lock before it."
    case .lockLoopImbalance: return "Release the lock on every path to the end of the loop body."
    case .lockWrongRelease:
      return releaseName(report.held).map { "Use `\($0)()` here." }
        ?? "Release it the way it was taken."
    case .lockSleepInAtomic:
      return "Do this before the lock is taken, behind its release, or in a way that cannot sleep."
    case .lockStaleCheck:
      return "Look again with the lock held, and take it exclusive if that has changed."
    case .lockContract: return "Hold the lock here as promised, or correct the promise."
    case .lockWrongFlags: return "Restore the flags that this lock's acquisition saved."
    default: return "Release the lock only on the paths that hold it."
    }
  }

  /// The release that fits how a lock is held, as people write it.
  private func releaseName(_ entry: LockEntry?) -> String? {
    guard let entry, entry.event >= 0 else { return nil }
    // Taken through a helper: the helper's counterpart is not known.
    guard case .acquired(_, let by) = analysis.witness.nodes[entry.event].kind,
      let taken = analysis.rules.operations[unit.strings[by]]?.first
    else { return nil }
    return analysis.rules.release(of: taken)?.spokenName
  }

  // MARK: Trace

  private func trace(_ report: LockReport, _ lock: String) -> [Finding.Step] {
    var steps: [Finding.Step] = []
    if let chosen = report.chosenBy {
      let text = ExpressionText(unit: unit).text(chosen.condition)
      steps.append(
        step(unit.expressions[chosen.condition.index].place, "`\(text)` chooses the mode"))
      return steps + [step(report.place, "taken shared here")]
    }
    for (index, node) in analysis.witness.path(to: report.witness) {
      guard index >= report.earlier, let text = text(of: node.kind, lock, report) else { continue }
      steps.append(step(node.place, text))
    }
    if steps.count > 12 { steps.removeSubrange(6..<steps.count - 6) }
    let end =
      report.type == .lockHeldAtReturn
      ? "returns with it held"
      : report.call == nil && report.type == .lockLoopImbalance
        ? "the round ends with it held"
        : report.call == nil && report.type == .lockContract
          ? "returns without it" : "goes wrong here"
    steps.append(step(report.place, end))
    return steps
  }

  private func text(of kind: Witness.Kind, _ lock: String, _ report: LockReport) -> String? {
    let writer = ExpressionText(unit: unit)
    switch kind {
    case .acquired(let value, let by):
      return value == report.lock ? "`\(lock)` taken here by \(unit.strings[by])()" : nil
    case .released(let value, let by):
      return value == report.lock ? "`\(lock)` released here by \(unit.strings[by])()" : nil
    case .branch(let condition, let truth):
      return "`\(writer.text(condition))` is \(truth ? "true" : "false")"
    case .selected(let value, let values):
      guard let values else { return "`\(writer.text(value))` is none of the cases" }
      let text = values.count == 1 ? "\(values.lowerBound)" : "\(values)"
      return "`\(writer.text(value))` is \(text)"
    }
  }

  private func step(_ place: Place, _ message: String) -> Finding.Step {
    Finding.Step(file: file.path, line: Int(place.line), message: message)
  }
}
