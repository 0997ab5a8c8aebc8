import CSyntax

/// An error diagnostic with what a repair needs of it.
struct PlacedError {
  var diagnostic: Diagnostic
  /// Byte of the main file that it is about; nil in other files.
  var offset: Int?

  var message: String { diagnostic.message }

  /// The quoted name that follows `words`, where the message begins with them.
  func name(after words: String) -> String? {
    guard message.hasPrefix(words + " '") else { return nil }
    let rest = message.dropFirst(words.count + 2)
    return rest.firstIndex(of: "'").map { String(rest[..<$0]) }
  }

  /// True for a call that may take or release a lock for all that is known: nothing that is
  /// repaired makes the function around it worth believing.
  func isUnsafe(_ prelude: Prelude) -> Bool {
    guard let name = name(after: "call to undeclared function"), prelude[name] == .function
    else { return false }
    let words = Set(name.lowercased().split(separator: "_").map(String.init))
    return !words.isDisjoint(with: Self.lockWords)
      || Self.lockParts.contains { name.lowercased().contains($0) }
  }

  private static let lockParts = ["lock", "mutex", "atomic", "rcu", "sem", "guard", "irq"]
  private static let lockWords: Set<String> = [
    "acquire", "release", "get", "put", "begin", "end", "enter", "exit", "start", "stop", "down",
    "up", "disable", "enable", "hold", "drop", "claim", "grab", "freeze", "thaw", "suspend",
    "resume", "save", "restore",
  ]
}
