internal import CLibgit2
internal import Glibc

/// Objects that lie in files of their own: `objects/ab/cdef…`, each deflated.
struct LooseObjects {
  enum Failure: Error {
    case absent
    case ambiguous
    /// Cut off, not deflated, or not what its head says.
    case damaged
  }

  struct Head {
    let kind: git_object_t
    let size: Int
  }

  /// Object folders, looked through in this order.
  let folders: [String]

  func exists(_ id: ObjectID) -> Bool { folders.contains { access(path(id, in: $0), R_OK) == 0 } }

  /// The one object whose name begins with the given digits.
  ///
  /// - Parameter digits: at least two.
  func find(_ digits: String) throws(Failure) -> ObjectID {
    let first = digits.prefix(2)
    let rest = digits.dropFirst(2)
    var found: Set<ObjectID> = []
    for folder in folders {
      guard let stream = opendir("\(folder)/\(first)") else { continue }
      defer { closedir(stream) }
      while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name.hasPrefix(rest), let id = ObjectID(hex: first + name) { found.insert(id) }
      }
    }
    if found.count > 1 { throw .ambiguous }
    guard let id = found.first else { throw .absent }
    return id
  }

  func head(_ id: ObjectID) throws(Failure) -> Head {
    let inflater = try Inflater(try file(id))
    return try inflater.head()
  }

  /// Reads an object into memory that `allocate` gives for its size; the caller frees it.
  func read(
    _ id: ObjectID, allocate: (Int) -> UnsafeMutableRawPointer?
  ) throws(Failure) -> (head: Head, bytes: UnsafeMutableRawPointer) {
    let inflater = try Inflater(try file(id))
    let head = try inflater.head()
    // The head of a damaged file may promise anything, but deflate never gives more than this.
    guard head.size <= inflater.compressedSize * 1100 else { throw .damaged }
    guard let bytes = allocate(head.size) else { throw .damaged }
    do {
      try inflater.body(into: bytes, size: head.size)
    } catch {
      return try failing(with: error, bytes)
    }
    return (head, bytes)
  }

  private func failing<Nothing>(
    with error: Failure, _ bytes: UnsafeMutableRawPointer
  ) throws(Failure) -> Nothing {
    git_odb_backend_data_free(nil, bytes)
    throw error
  }

  private func path(_ id: ObjectID, in folder: String) -> String {
    let name = id.description
    return "\(folder)/\(name.prefix(2))/\(name.dropFirst(2))"
  }

  private func file(_ id: ObjectID) throws(Failure) -> [UInt8] {
    for folder in folders {
      let path = path(id, in: folder)
      let file = open(path, O_RDONLY | O_CLOEXEC)
      guard file >= 0 else { continue }
      defer { close(file) }
      return try content(of: file)
    }
    throw .absent
  }

  private func content(of file: Int32) throws(Failure) -> [UInt8] {
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw .damaged }
    let size = Int(status.st_size)
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = Glibc.read(file, buffer.baseAddress! + count, size - count)
        if got < 0 && errno == EINTR { continue }
        if got <= 0 { break }
        count += got
      }
    }
    guard bytes.count == size else { throw .damaged }
    return bytes
  }
}
