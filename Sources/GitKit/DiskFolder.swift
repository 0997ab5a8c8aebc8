internal import Glibc

/// A folder on disk, read without following symlinks and without ever leaving it.
struct DiskFolder: Sendable {
  /// With a `/` at its end.
  let root: String

  /// What `lstat` tells of a regular file.
  struct Status: Hashable, Sendable {
    let size: Int
    let inode: UInt64
    let seconds: Int
    let nanoseconds: Int
    /// Last change of the file's data or of what is known about it.
    let changeSeconds: Int
    let changeNanoseconds: Int
    let isExecutable: Bool
  }

  init(_ path: String) { root = path.hasSuffix("/") ? path : path + "/" }

  /// The status of the regular file at `path`; nil when there is none, or a symlink on the way.
  func status(of path: String) -> Status? {
    var folder: String?
    return status(of: path, knowing: &folder)
  }

  /// The same for one file after another, looking only once at the folders above neighbours.
  ///
  /// - Parameter folder: the last one that was found to be plain all the way.
  func status(of path: String, knowing folder: inout String?) -> Status? {
    guard let bytes = diskPath(path) else { return nil }
    let parent = path[..<(path.utf8.lastIndex(of: UInt8(ascii: "/")) ?? path.startIndex)]
    if folder.map({ $0 != parent }) ?? true {
      guard hasPlainFolders(bytes) else { return nil }
      folder = String(parent)
    }
    var status = stat()
    guard lstat(bytes, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Status(status)
  }

  /// The bytes of the regular file at `path`; nil as for `status`.
  ///
  /// - Throws: `unreadableFile` when there is a file that must not or cannot be read.
  func read(_ path: String) throws(GitError) -> [UInt8]? {
    guard let bytes = diskPath(path), hasPlainFolders(bytes) else { return nil }
    // Not blocking, for a pipe would wait for its writer.
    let file = open(bytes, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else {
      if [ENOENT, ENOTDIR, ELOOP, ENXIO].contains(errno) { return nil }
      throw .unreadableFile(path: root + path, reason: String(cString: strerror(errno)))
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return try content(of: file, expecting: Int(status.st_size), path: path)
  }

  /// The names in a folder, each with whether it is a folder; symlinks and devices left out.
  ///
  /// In git's order; `.git` is left out as well.
  func entries(of path: String) -> [(name: String, isFolder: Bool)] {
    guard let bytes = diskPath(path) else { return [] }
    let folder = bytes.dropLast() + [CChar(UInt8(ascii: "/"))]
    guard hasPlainFolders(folder + [0]) else { return [] }
    var found: [(name: String, isFolder: Bool)] = []
    for name in Self.names(in: bytes) where name != ".git".utf8CString.dropLast() {
      var status = stat()
      guard lstat(folder + name + [0], &status) == 0 else { continue }
      let kind = status.st_mode & S_IFMT
      guard kind == S_IFREG || kind == S_IFDIR else { continue }
      found.append((String(gitBytes: name.map { UInt8(bitPattern: $0) }), kind == S_IFDIR))
    }
    return found.sorted {
      precedes($0.isFolder ? $0.name + "/" : $0.name, $1.isFolder ? $1.name + "/" : $1.name)
    }
  }

  // MARK: Paths

  /// The path with its NUL, for the system; nil when it would lead out of the folder.
  private func diskPath(_ path: String) -> [CChar]? {
    var isASCII = true
    // The length of the name so far, and whether it is dots only.
    var length = 0
    var isDots = true
    for byte in path.utf8 {
      if byte == UInt8(ascii: "/") {
        if isDots && length < 3 { return nil }
        (length, isDots) = (0, true)
      } else {
        if byte == 0 { return nil }
        length += 1
        isDots = isDots && byte == UInt8(ascii: ".")
        isASCII = isASCII && byte < 0x80
      }
    }
    if !path.isEmpty && isDots && length < 3 { return nil }
    let direct = Array((root + path).utf8CString)
    var status = stat()
    if isASCII || lstat(direct, &status) == 0 { return direct }
    let names = path.split(separator: "/")
    // A name that was no UTF-8 was decoded as Latin-1: look for the one that decodes so.
    var place = Array(root.utf8CString.dropLast())
    for name in names {
      let match = Self.names(in: place + [0]).first {
        String(gitBytes: $0.map { UInt8(bitPattern: $0) }) == name
      }
      guard let match else { return nil }
      place += (place.last == CChar(UInt8(ascii: "/")) ? [] : [CChar(UInt8(ascii: "/"))]) + match
    }
    return place + [0]
  }

  /// Whether no folder between the root and the file is a symlink.
  private func hasPlainFolders(_ bytes: [CChar]) -> Bool {
    var status = stat()
    for index in bytes.indices.dropFirst(root.utf8.count)
    where bytes[index] == CChar(UInt8(ascii: "/")) {
      guard lstat(bytes[..<index] + [0], &status) == 0, status.st_mode & S_IFMT == S_IFDIR
      else { return false }
    }
    return true
  }

  private static func names(in folder: [CChar]) -> [[CChar]] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [[CChar]] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) {
          Array(UnsafeBufferPointer(start: $0, count: strlen($0)))
        }
      }
      if name != [46] && name != [46, 46] { names.append(name) }
    }
    return names
  }

  private func content(of file: Int32, expecting size: Int, path: String) throws(GitError)
    -> [UInt8]
  {
    var bytes: [UInt8] = []
    // One byte more, so that the end is seen by the first read.
    var room = size + 1
    while true {
      var failure: Int32 = 0
      let before = bytes.count
      bytes.append(
        contentsOf: [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
          let got = Glibc.read(file, buffer.baseAddress, room)
          if got < 0 { failure = errno }
          count = max(got, 0)
        })
      if failure == EINTR { continue }
      guard failure == 0 else {
        throw .unreadableFile(path: root + path, reason: String(cString: strerror(failure)))
      }
      if bytes.count == before { return bytes }
      room = max(size + 1 - bytes.count, 64 * 1024)
      if bytes.count == size { room = 1 }
    }
  }
}

extension DiskFolder.Status {
  fileprivate init(_ status: stat) {
    size = Int(status.st_size)
    inode = UInt64(status.st_ino)
    seconds = status.st_mtim.tv_sec
    nanoseconds = status.st_mtim.tv_nsec
    changeSeconds = status.st_ctim.tv_sec
    changeNanoseconds = status.st_ctim.tv_nsec
    isExecutable = status.st_mode & S_IXUSR != 0
  }
}

extension DiskFolder {
  /// When a file was last written, in seconds and nanoseconds since 1970; nil when there is none.
  static func timeWritten(_ path: String) -> (seconds: Int, nanoseconds: Int)? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
  }

  /// The number of the user who owns a path.
  static func owner(of path: String) -> UInt32? {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_uid : nil
  }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
