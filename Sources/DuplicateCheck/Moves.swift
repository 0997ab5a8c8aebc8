internal import CSyntax

/// Tells functions that were moved, renamed or split off from functions that were copied.
///
/// What was moved stood in a function before the change and stands in none of that name after it.
struct Moves: Sendable {
  private let rarity: Rarity
  /// What went away: functions before the change, where they have gone or lost text.
  private let sources: [Subject]
  /// The same functions after the change, where they are still there.
  private let remains: [Int: Subject]
  /// Numbers of the sources that mention a name, by its hash.
  private let mentions: [UInt32: [Int]]

  init(_ functions: AddedFunctions, rarity: Rarity) {
    self.rarity = rarity
    var sources: [Subject] = []
    var remains: [Int: Subject] = [:]
    for subject in functions.before {
      let now = functions.after[subject.path]?.subject(named: subject.name, line: nil)
      if let now, now.form.tokens.map(\.exact) == subject.form.tokens.map(\.exact) { continue }
      if let now { remains[sources.count] = now }
      sources.append(subject)
    }
    var mentions: [UInt32: [Int]] = [:]
    for (number, subject) in sources.enumerated() {
      for name in Self.names(subject) { mentions[name, default: []].append(number) }
    }
    self.sources = sources
    self.remains = remains
    self.mentions = mentions
  }

  private static func names(_ subject: Subject) -> Set<UInt32> {
    Set(
      subject.form.tokens.lazy.filter { $0.role == .callee || $0.role == .field }.map(\.exact))
  }

  /// True when the text of `new` stood elsewhere and went away from there.
  func brought(_ new: Subject) -> Bool {
    let names = Self.names(new)
    var votes: [Int: Int] = [:]
    for name in names {
      for number in mentions[name] ?? [] { votes[number, default: 0] += 1 }
    }
    return votes.contains { number, count in
      count * 2 >= names.count && isSource(number, of: new)
    }
  }

  private func isSource(_ number: Int, of new: Subject) -> Bool {
    let before = Comparison(new, sources[number], rarity: rarity)
    guard before.containment >= 0.7, before.weighted >= 0.7 else { return false }
    guard let now = remains[number] else { return true }
    // The function is still there: a copy if it still has the text, a split if it has not.
    if now.path == new.path, now.name == new.name { return false }
    return Comparison(new, now, rarity: rarity).weighted < before.weighted - 0.3
  }
}
