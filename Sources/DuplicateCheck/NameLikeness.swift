/// Whether two functions have the same name but for the words of their subsystems.
struct NameLikeness: Sendable {
  let isSame: Bool

  init(_ a: Subject, _ b: Subject) {
    if a.name == b.name {
      isSame = true
      return
    }
    let first = Self.rest(a)
    let second = Self.rest(b)
    let shorter = min(first.count, second.count)
    // Three words and more are as good behind one word too many.
    let isTail =
      shorter >= 3 && max(first.count, second.count) == shorter + 1
      && first.suffix(shorter).elementsEqual(second.suffix(shorter))
    isSame = shorter >= 1 && (first == second || isTail)
  }

  /// The words of the function's name behind those of its subsystem.
  private static func rest(_ subject: Subject) -> ArraySlice<[UInt8]> {
    let words = NameWords.split(Array(subject.name.utf8)[...])
    return words.drop { subject.ownWords.contains($0) }
  }
}
