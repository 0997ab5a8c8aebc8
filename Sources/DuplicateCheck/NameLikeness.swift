/// Whether two functions have the same name but for the words of their subsystems.
struct NameLikeness: Sendable {
  let isSame: Bool

  init(_ a: Subject, _ b: Subject) {
    if a.name == b.name {
      isSame = true
      return
    }
    let first = Self.rest(a)
    isSame = first.count >= 1 && first == Self.rest(b)
  }

  /// The words of the function's name behind those of its subsystem.
  private static func rest(_ subject: Subject) -> ArraySlice<[UInt8]> {
    let words = NameWords.split(Array(subject.name.utf8)[...])
    return words.drop { subject.ownWords.contains($0) }
  }
}
