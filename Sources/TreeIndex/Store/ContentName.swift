internal import GitKit

/// A name for a list of files, for trees that have none of their own.
///
/// Two 64-bit checksums over paths and ids, and their number: not a git id, but as telling.
enum ContentName {
  static func of(_ files: [(path: String, id: ObjectID)]) -> ObjectID {
    var bytes = ByteWriter()
    for file in files {
      bytes.append(Array(file.path.utf8))
      bytes.append(UInt8(0))
      bytes.append(file.id.bytes)
    }
    var name = ByteWriter()
    name.append(bytes.bytes.withUnsafeBytes(Checksum.of))
    name.append(bytes.bytes.withUnsafeBytes(TermHash.hash))
    name.append(UInt32(truncatingIfNeeded: files.count))
    return ObjectID(bytes: name.bytes)
  }
}
