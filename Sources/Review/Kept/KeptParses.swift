import CSyntax
import GitKit
import KernelTree

/// Parses of earlier runs, found again by all that went into them.
///
/// A parse depends on the file's path and text, the flags, the program, and every file that it
/// included. The last are known only afterwards: so under the key of the first four stand the lists
/// of files that parses of that key have read, and a unit is kept under the key together with the
/// ids of what one such list names. A version in which the same files have the same ids has the
/// same parse; this is what ccache calls its direct mode.
struct KeptParses: Sendable {
  private let kept: KeptBytes
  /// Names this build of the program and all else that every parse depends on.
  private let program: ObjectID

  /// How many lists of included files are remembered for one key.
  private static let listLimit = 6

  init(kept: KeptBytes, program: ObjectID) {
    self.kept = kept
    self.program = program
  }

  /// One file with its flags: all that is known before it is parsed.
  struct Key: Sendable {
    fileprivate let id: ObjectID
  }

  /// A kept unit and the id of all that went into it.
  struct Entry: Sendable {
    var unit: SyntaxUnit
    var identity: ObjectID
  }

  /// The key of `text` as the file `path`.
  func key(path: String, text: [UInt8], setting: CompileSetting) -> Key {
    var bytes = ByteWriter()
    bytes.write(program.bytes)
    bytes.write(path)
    bytes.write(setting.mainFile)
    bytes.write(setting.workingDirectory)
    bytes.write(setting.arguments)
    bytes.write(ObjectID.blob(of: text).bytes)
    // A new header may stand before the one that was read last time: its name counts.
    bytes.write(setting.unsavedFiles.map(\.path))
    return Key(id: ObjectID.blob(of: bytes.bytes))
  }

  /// The unit that a parse would give.
  ///
  /// - Parameter ids: the present ids of the files of these names, nil where there is none.
  func find(_ key: Key, ids: ([String]) -> [ObjectID?]?) -> Entry? {
    for list in lists(of: key) {
      guard let present = ids(list) else { continue }
      let identity = identity(of: key, list, present)
      guard let bytes = kept.read(name(of: identity)),
        let unit = try? SyntaxUnit(encoded: bytes)
      else { continue }
      return Entry(unit: unit, identity: identity)
    }
    return nil
  }

  /// Keeps a unit; gives the id of all that went into it.
  func keep(_ unit: SyntaxUnit, for key: Key, ids: ([String]) -> [ObjectID?]?) -> ObjectID? {
    guard let present = ids(unit.includes) else { return nil }
    let identity = identity(of: key, unit.includes, present)
    kept.write(unit.encoded(), as: name(of: identity))
    var lists = lists(of: key).filter { $0 != unit.includes }
    lists.insert(unit.includes, at: 0)
    var bytes = ByteWriter()
    bytes.write(UInt32(min(lists.count, Self.listLimit)))
    for list in lists.prefix(Self.listLimit) { bytes.write(list) }
    kept.write(bytes.bytes, as: "\(key.id).lists")
    return identity
  }

  private func lists(of key: Key) -> [[String]] {
    guard let bytes = kept.read("\(key.id).lists") else { return [] }
    var reader = ByteReader(bytes)
    var lists: [[String]] = []
    guard let count = try? reader.readCount() else { return [] }
    for _ in 0..<min(count, Self.listLimit) {
      guard let list = try? reader.readStrings() else { return lists }
      lists.append(list)
    }
    return lists
  }

  private func identity(of key: Key, _ names: [String], _ ids: [ObjectID?]) -> ObjectID {
    var bytes = ByteWriter()
    bytes.write(key.id.bytes)
    for (name, id) in zip(names, ids) {
      bytes.write(name)
      bytes.write(id?.bytes ?? [])
    }
    return ObjectID.blob(of: bytes.bytes)
  }

  private func name(of identity: ObjectID) -> String { "\(identity).unit" }
}
