internal import CSyntax

/// How the names of one function turn into those of another: `fuse_dio_lock` and
/// `fuse_passthrough_lock` are both `lock`, and `dio` stands where `passthrough` stands.
struct Renaming: Sendable {
  /// Words to leave out at the start of names, one set a side.
  private let leading: (Set<[UInt8]>, Set<[UInt8]>)
  /// The words in which the functions' own names differ, one list a side.
  private let middle: ([[UInt8]], [[UInt8]])

  /// Functions known to be copies of each other: the new one's name to the old one's, by hash.
  private let twins: Twins

  /// Names that both functions use, by hash: they mean the same whatever the words.
  private let common: Set<UInt32>

  /// Pairs of functions already known to be copies of each other, by the hashes of their names.
  struct Twins: Sendable {
    private var oldOfNew: [UInt32: UInt32] = [:]
    private var olds: Set<UInt32> = []

    mutating func insert(new: String, old: String) {
      oldOfNew[Self.hash(new)] = Self.hash(old)
      olds.insert(Self.hash(old))
    }

    private static func hash(_ name: String) -> UInt32 { FNV.hash(name.utf8) | 0x8000_0000 }

    /// One number for both names of a pair; nil for other names.
    func code(new exact: UInt32) -> UInt32? { oldOfNew[exact].map { $0 ^ 0x3333 } }
    func code(old exact: UInt32) -> UInt32? { olds.contains(exact) ? exact ^ 0x3333 : nil }
  }

  init(_ new: Subject, _ old: Subject, twins: Twins = Twins()) {
    self.twins = twins
    common = Self.names(new).intersection(Self.names(old))
    let a = NameWords.split(Array(new.name.utf8)[...])
    let b = NameWords.split(Array(old.name.utf8)[...])
    let shortest = min(a.count, b.count)
    var front = 0
    while front < shortest, a[front] == b[front] { front += 1 }
    var back = 0
    while back < shortest - front, a[a.count - 1 - back] == b[b.count - 1 - back] { back += 1 }
    let middleA = Array(a[front..<a.count - back])
    let middleB = Array(b[front..<b.count - back])
    // Names that share nothing say nothing about each other.
    let isTelling = front + back > 0 && middleA.count <= 2 && middleB.count <= 2
    middle = isTelling ? (middleA, middleB) : ([], [])
    leading = (
      new.ownWords.union(isTelling ? middleA : []).union(a.prefix(1)),
      old.ownWords.union(isTelling ? middleB : []).union(b.prefix(1))
    )
  }

  private static func names(_ subject: Subject) -> Set<UInt32> {
    var result: Set<UInt32> = []
    for token in subject.form.tokens where token.role.isName { result.insert(token.exact) }
    return result
  }

  /// What form token `index` of the new function means, free of the words of its subsystem.
  func meaningOfNew(_ index: Int, _ subject: Subject) -> UInt32 {
    twins.code(new: subject.form.tokens[index].exact)
      ?? meaning(index, subject, leading.0, middle.0)
  }

  /// What form token `index` of the old function means, free of the words of its subsystem.
  func meaningOfOld(_ index: Int, _ subject: Subject) -> UInt32 {
    twins.code(old: subject.form.tokens[index].exact)
      ?? meaning(index, subject, leading.1, middle.1)
  }

  private func meaning(
    _ index: Int, _ subject: Subject, _ leading: Set<[UInt8]>, _ middle: [[UInt8]]
  ) -> UInt32 {
    let token = subject.form.tokens[index]
    guard token.role.isName else { return token.meaning }
    if common.contains(token.exact) { return token.exact }
    var words = NameWords.split(subject.bytes(index))
    while words.count > 1, leading.contains(words[0]) { words.removeFirst() }
    var hash = FNV.start
    for word in words where !middle.contains(word) {
      for byte in word { hash = (hash ^ UInt32(byte)) &* FNV.prime }
      hash = (hash ^ 0x5F) &* FNV.prime
    }
    return hash | 0x8000_0000
  }
}
