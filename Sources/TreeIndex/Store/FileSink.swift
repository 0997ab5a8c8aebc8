internal import Foundation

/// A segment file in the making: written beside its place under a name of its own, then renamed.
///
/// So a reader sees the whole file or none, and two processes that build the same tree do not
/// disturb each other.
struct FileSink: SegmentSink {
  let path: String
  private let temporary: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private static let bufferLength = 1 << 20

  /// What the names of unfinished files end in.
  static let suffix = ".part"

  init(_ path: String) throws(IndexError) {
    self.path = path
    temporary = "\(path).\(getpid())-\(UInt32.random(in: 0...UInt32.max))\(Self.suffix)"
    descriptor = Foundation.open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Self.error(temporary) }
    buffer.reserveCapacity(Self.bufferLength)
  }

  private static func error(_ path: String) -> IndexError {
    .cannotWrite(path: path, reason: String(cString: strerror(errno)))
  }

  mutating func write(_ bytes: UnsafeRawBufferPointer) throws(IndexError) {
    if buffer.count + bytes.count > Self.bufferLength { try flush() }
    if bytes.count >= Self.bufferLength {
      try put(bytes)
    } else {
      buffer.append(contentsOf: bytes)
    }
  }

  private mutating func flush() throws(IndexError) {
    let full = buffer
    buffer.removeAll(keepingCapacity: true)
    let failure: IndexError? = full.withUnsafeBytes { raw in
      do throws(IndexError) {
        try put(raw)
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
  }

  private func put(_ bytes: UnsafeRawBufferPointer) throws(IndexError) {
    var done = 0
    while done < bytes.count {
      let count = Foundation.write(descriptor, bytes.baseAddress! + done, bytes.count - done)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Self.error(temporary) }
      done += count
    }
  }

  /// Gives the file its name.
  mutating func commit() throws(IndexError) {
    try flush()
    guard close(descriptor) == 0, rename(temporary, path) == 0 else {
      let error = Self.error(path)
      unlink(temporary)
      throw error
    }
  }

  /// Takes the unfinished file away.
  func abandon() {
    close(descriptor)
    unlink(temporary)
  }
}
