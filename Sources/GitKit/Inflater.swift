internal import CLibgit2

/// Inflates one loose object: its head, then its body, in two steps and never further.
final class Inflater {
  private let file: [UInt8]
  /// On the heap, for zlib knows its stream by its address.
  private let stream: UnsafeMutablePointer<z_stream>
  /// What was inflated with the head and belongs to the body.
  private var start: [UInt8] = []
  private var isDone = false

  var compressedSize: Int { file.count }

  init(_ file: [UInt8]) throws(LooseObjects.Failure) {
    guard file.count <= UInt32.max else { throw .damaged }
    self.file = file
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard lockstep_inflate_begin(stream) == Z_OK else { throw .damaged }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Reads `kind SP size NUL`.
  func head() throws(LooseObjects.Failure) -> LooseObjects.Head {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64, alignment: 1)
    defer { buffer.deallocate() }
    let count = try inflate(into: buffer.baseAddress!, size: buffer.count)
    let bytes = Array(buffer.prefix(count))
    guard let space = bytes.firstIndex(of: UInt8(ascii: " ")),
      let end = bytes.firstIndex(of: 0), space < end,
      let kind = Self.kinds[String(decoding: bytes[..<space], as: UTF8.self)],
      let size = Int(String(decoding: bytes[(space + 1)..<end], as: UTF8.self)), size >= 0
    else { throw .damaged }
    start = Array(bytes[(end + 1)...])
    return LooseObjects.Head(kind: kind, size: size)
  }

  /// Reads the rest, which must be exactly as long as the head said.
  func body(
    into bytes: UnsafeMutableRawPointer, size: Int
  ) throws(LooseObjects.Failure) {
    guard start.count <= size else { throw .damaged }
    bytes.copyMemory(from: start, byteCount: start.count)
    var count = start.count
    if !isDone && count < size {
      count += try inflate(into: bytes + count, size: size - count)
    }
    if !isDone {
      // zlib tells the end, and checks its sum, only when it is asked for more.
      var more: UInt8 = 0
      count += try inflate(into: &more, size: 1)
    }
    guard isDone, count == size else { throw .damaged }
  }

  /// Fills the buffer as far as the file goes; gives how many bytes came.
  private func inflate(
    into buffer: UnsafeMutableRawPointer, size: Int
  ) throws(LooseObjects.Failure) -> Int {
    guard size <= UInt32.max else { throw .damaged }
    let consumed = Int(stream.pointee.total_in)
    let code = file.withUnsafeBytes { file in
      let input = UnsafeMutableRawPointer(mutating: file.baseAddress! + consumed)
      stream.pointee.next_in = input.assumingMemoryBound(to: Bytef.self)
      stream.pointee.avail_in = UInt32(file.count - consumed)
      stream.pointee.next_out = buffer.assumingMemoryBound(to: Bytef.self)
      stream.pointee.avail_out = UInt32(size)
      return CLibgit2.inflate(stream, Z_SYNC_FLUSH)
    }
    isDone = code == Z_STREAM_END
    guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else { throw .damaged }
    return size - Int(stream.pointee.avail_out)
  }

  private static let kinds = [
    "blob": GIT_OBJECT_BLOB, "tree": GIT_OBJECT_TREE, "commit": GIT_OBJECT_COMMIT,
    "tag": GIT_OBJECT_TAG,
  ]
}
