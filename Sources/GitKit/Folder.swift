/// The entries of one folder, in git's order: as if the names of folders ended in `/`.
struct Folder: Sendable {
  struct Entry: Sendable {
    let name: String
    let mode: FileMode
    let id: ObjectID
  }

  let entries: [Entry]
  private let places: [String: Int]

  /// - Parameter entries: in git's order.
  init(entries: [Entry]) {
    self.entries = entries
    // Two names may read the same once decoded (Latin-1 beside UTF-8): the first one wins.
    places = Dictionary(
      zip(entries.map(\.name), entries.indices), uniquingKeysWith: { first, _ in first })
  }

  subscript(name: some StringProtocol) -> Entry? { places[String(name)].map { entries[$0] } }

  /// Reads a tree object: `mode SP name NUL id`, again and again; nil when it is none.
  init?(treeObject bytes: [UInt8]) {
    var entries: [Entry] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let space = rest.firstIndex(of: UInt8(ascii: " ")),
        let end = rest[space...].firstIndex(of: 0), rest.endIndex - end > 20,
        let bits = UInt16(String(decoding: rest[..<space], as: UTF8.self), radix: 8),
        let mode = FileMode(bits)
      else { return nil }
      entries.append(
        Entry(
          name: String(gitBytes: rest[(space + 1)..<end]), mode: mode,
          id: ObjectID(bytes: rest[(end + 1)...(end + 20)])))
      rest = rest[(end + 21)...]
    }
    self.init(entries: entries)
  }

  /// The bytes that git would store for the folder, which its id is the hash of.
  ///
  /// Names that were no UTF-8 are not what they were, so such a folder's id is not git's.
  var treeObject: [UInt8] {
    entries.flatMap { entry in
      Array((String(entry.mode.rawValue, radix: 8) + " " + entry.name).utf8) + [0] + entry.id.bytes
    }
  }
}
