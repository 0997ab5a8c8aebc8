/// Numbers names in the order in which they are first asked for.
///
/// Functions have few locals, so a linear search over hashes beats a dictionary until there are
/// many.
struct SlotTable {
  private var hashes: [UInt32] = []
  private var slots: [UInt16] = []
  private var next: UInt16 = 0
  private var many: [UInt32: Int] = [:]
  private static let few = 24
  private static let unused = UInt16.max

  private func find(_ hash: UInt32) -> Int? {
    hashes.count > Self.few ? many[hash] : hashes.firstIndex(of: hash)
  }

  /// Makes `hash` a name that has a slot.
  mutating func insert(_ hash: UInt32) {
    guard find(hash) == nil else { return }
    hashes.append(hash)
    slots.append(Self.unused)
    if hashes.count == Self.few + 1 {
      for (index, known) in hashes.enumerated() { many[known] = index }
    } else if hashes.count > Self.few {
      many[hash] = hashes.count - 1
    }
  }

  /// The slot of `hash`, given now when it is the first time; nil for a name not inserted.
  mutating func slot(of hash: UInt32) -> UInt16? {
    guard let index = find(hash) else { return nil }
    if slots[index] == Self.unused {
      slots[index] = next
      next = min(next + 1, Self.unused - 1)
    }
    return slots[index]
  }
}
