import BuiltinRules

/// What names say of locks, by words of the rules.
struct LockWords {
  private let taking: Set<String>
  private let holding: Set<String>

  init(_ rules: LockRules) {
    taking = rules.takingWords
    holding = rules.holdingWords
  }

  /// True when the name says that the function takes a lock.
  func areOfLock(_ name: String) -> Bool {
    name.split { $0 == "_" }.contains { word in
      word == "acquire"
        || word.contains("lock") && !["unlock", "block", "clock"].contains { word.contains($0) }
    }
  }

  /// True when a member's name says that it notes who holds a lock, or how often.
  func noteHolder(_ name: String) -> Bool {
    name.split { $0 == "_" }.contains { holding.contains($0.lowercased()) }
  }

  /// True when the name says that the function may return with a lock.
  func mean(_ name: String) -> Bool {
    name.split { $0 == "_" || $0.isNumber }.contains { taking.contains($0.lowercased()) }
  }
}
