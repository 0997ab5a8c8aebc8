/// A dictionary that is a sorted array: small, copied at once, and walked in the order of its keys.
///
/// States are copied at every branch and looked at far more often than they grow, and most know less
/// than a hundred things. Finding a key takes O(log n), adding or removing one O(n).
struct FlatMap<Key: Comparable, Value>: ExpressibleByDictionaryLiteral {
  typealias Element = (key: Key, value: Value)

  private var entries: [Element] = []

  init() {}

  init(dictionaryLiteral elements: (Key, Value)...) {
    for (key, value) in elements { self[key] = value }
  }

  /// The keys, in order.
  var keys: [Key] { entries.map(\.key) }

  /// The first place whose key is not below `key`.
  private func place(of key: Key) -> Int {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].key < key { low = middle + 1 } else { high = middle }
    }
    return low
  }

  subscript(key: Key) -> Value? {
    get {
      let place = place(of: key)
      guard place < entries.count, entries[place].key == key else { return nil }
      return entries[place].value
    }
    set {
      let place = place(of: key)
      let isThere = place < entries.count && entries[place].key == key
      switch (newValue, isThere) {
      case (let value?, true): entries[place].value = value
      case (let value?, false): entries.insert((key, value), at: place)
      case (nil, true): entries.remove(at: place)
      case (nil, false): break
      }
    }
  }

  /// Without what `isUnwanted` names; nothing is copied where that is nothing.
  mutating func removeAll(where isUnwanted: (Element) -> Bool) {
    guard let first = entries.firstIndex(where: isUnwanted) else { return }
    var kept = Array(entries[..<first])
    kept.reserveCapacity(entries.count - 1)
    for entry in entries[(first + 1)...] where !isUnwanted(entry) { kept.append(entry) }
    entries = kept
  }

  /// The keys of both, in order.
  func keys(with other: FlatMap) -> [Key] {
    var all: [Key] = []
    all.reserveCapacity(Swift.max(count, other.count))
    var next = other.entries[...]
    for (key, _) in entries {
      while let its = next.first?.key, its < key {
        all.append(its)
        next.removeFirst()
      }
      if next.first?.key == key { next.removeFirst() }
      all.append(key)
    }
    all += next.lazy.map(\.key)
    return all
  }
}

extension FlatMap: RandomAccessCollection {
  var startIndex: Int { 0 }
  var endIndex: Int { entries.count }
  subscript(position: Int) -> Element { entries[position] }
}

/// A set that is a sorted array, for the same reasons.
struct FlatSet<Member: Comparable>: ExpressibleByArrayLiteral {
  private var members: [Member] = []

  init() {}

  init(arrayLiteral elements: Member...) { self.init(elements) }

  init(_ elements: some Sequence<Member>) {
    for element in elements { insert(element) }
  }

  var count: Int { members.count }
  var isEmpty: Bool { members.isEmpty }

  /// The members, in order.
  func sorted() -> [Member] { members }

  private func place(of member: Member) -> (index: Int, isThere: Bool) {
    var low = 0
    var high = members.count
    while low < high {
      let middle = (low + high) / 2
      if members[middle] < member { low = middle + 1 } else { high = middle }
    }
    return (low, low < members.count && members[low] == member)
  }

  func contains(_ member: Member) -> Bool { place(of: member).isThere }

  /// Adds `member`; `inserted` is false where it was there before.
  @discardableResult
  mutating func insert(_ member: Member) -> (inserted: Bool, memberAfterInsert: Member) {
    let (index, isThere) = place(of: member)
    if !isThere { members.insert(member, at: index) }
    return (!isThere, member)
  }

  mutating func remove(_ member: Member) {
    let (index, isThere) = place(of: member)
    if isThere { members.remove(at: index) }
  }

  /// Takes in what `others` has and this has not; true when that was anything.
  @discardableResult
  mutating func formUnion(_ others: FlatSet) -> Bool {
    if isEmpty, !others.isEmpty {
      members = others.members
      return true
    }
    var missing: [Member] = []
    var place = 0
    for member in others.members {
      while place < members.count, members[place] < member { place += 1 }
      if place == members.count || members[place] != member { missing.append(member) }
    }
    guard !missing.isEmpty else { return false }
    members = merged(with: missing)
    return true
  }

  /// All members, with others that are sorted and not among them.
  private func merged(with others: [Member]) -> [Member] {
    var all: [Member] = []
    all.reserveCapacity(members.count + others.count)
    var next = others[...]
    for member in members {
      while let other = next.first, other < member {
        all.append(other)
        next.removeFirst()
      }
      all.append(member)
    }
    return all + next
  }
}
