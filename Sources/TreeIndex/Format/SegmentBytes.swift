internal import Foundation
internal import Synchronization

/// The bytes of a segment, mapped from a file or held in memory, checked before they are used.
///
/// `@unchecked Sendable`: the memory never changes, and what was checked is kept under a lock.
final class SegmentBytes: @unchecked Sendable {
  /// What messages call it.
  let path: String
  private let base: UnsafeRawBufferPointer
  private let isMapped: Bool
  private let sections: [(offset: Int, length: Int)]
  private let checksums: [UInt64]
  /// One bit for each block that was found right.
  private let checked: Mutex<[UInt64]>

  /// Takes over a segment in memory.
  convenience init(_ bytes: [UInt8], name: String) throws(IndexError) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 8)
    copy.copyBytes(from: bytes)
    try self.init(UnsafeRawBufferPointer(copy), isMapped: false, path: name)
  }

  /// Maps a file, in constant time and memory; only its trailer is read.
  convenience init(mapping path: String) throws(IndexError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .damaged(path: path, what: "it cannot be opened") }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_size > SegmentFormat.footerLength else {
      throw .damaged(path: path, what: "it is too short")
    }
    let length = Int(status.st_size)
    guard let start = mmap(nil, length, PROT_READ, MAP_PRIVATE, descriptor, 0),
      start != MAP_FAILED
    else { throw .damaged(path: path, what: "it cannot be mapped") }
    try self.init(
      UnsafeRawBufferPointer(start: start, count: length), isMapped: true, path: path)
  }

  private init(_ base: UnsafeRawBufferPointer, isMapped: Bool, path: String) throws(IndexError) {
    self.base = base
    self.isMapped = isMapped
    self.path = path
    do throws(IndexError) {
      (sections, checksums) = try Self.trailer(base, path)
    } catch {
      Self.release(base, isMapped)
      throw error
    }
    checked = Mutex([UInt64](repeating: 0, count: (checksums.count + 63) / 64))
  }

  deinit { Self.release(base, isMapped) }

  private static func release(_ base: UnsafeRawBufferPointer, _ isMapped: Bool) {
    if isMapped {
      munmap(UnsafeMutableRawPointer(mutating: base.baseAddress!), base.count)
    } else {
      base.deallocate()
    }
  }

  /// Reads and checks footer, section table and block checksums.
  private static func trailer(_ base: UnsafeRawBufferPointer, _ path: String) throws(IndexError)
    -> ([(offset: Int, length: Int)], [UInt64])
  {
    func damaged(_ what: String) -> IndexError { .damaged(path: path, what: what) }
    let magic = SegmentFormat.magic.count
    guard base.count >= SegmentFormat.footerLength + magic,
      base[..<magic].elementsEqual(SegmentFormat.magic)
    else { throw damaged("it is no tree index") }
    let footer = UnsafeRawBufferPointer(
      rebasing: base[(base.count - SegmentFormat.footerLength)...])
    var reader = ByteReader(footer)
    let body = Int(truncatingIfNeeded: reader.fixed(UInt64.self))
    let length = Int(truncatingIfNeeded: reader.fixed(UInt64.self))
    let checksum = reader.fixed(UInt64.self)
    let version = reader.fixed(UInt32.self)
    _ = reader.fixed(UInt32.self)
    let whole = Int(truncatingIfNeeded: reader.fixed(UInt64.self))
    let own = UnsafeRawBufferPointer(rebasing: footer[..<reader.position])
    guard reader.fixed(UInt64.self) == Checksum.of(own) else { throw damaged("its end is torn") }
    guard version == SegmentFormat.version else { throw damaged("it is of version \(version)") }
    guard whole == base.count, body >= magic, length >= 8,
      body + length + SegmentFormat.footerLength == whole
    else { throw damaged("its length is wrong") }
    let trailer = UnsafeRawBufferPointer(rebasing: base[body..<body + length])
    guard Checksum.of(trailer) == checksum else { throw damaged("its trailer is torn") }
    return try tables(trailer, body: body, damaged: damaged)
  }

  private static func tables(
    _ trailer: UnsafeRawBufferPointer, body: Int, damaged: (String) -> IndexError
  ) throws(IndexError) -> ([(offset: Int, length: Int)], [UInt64]) {
    var reader = ByteReader(trailer)
    let sectionCount = Int(reader.fixed(UInt32.self))
    let blockCount = Int(reader.fixed(UInt32.self))
    let blocks = (body + SegmentFormat.blockLength - 1) / SegmentFormat.blockLength
    guard trailer.count == 8 + sectionCount * 24 + blockCount * 8, blockCount == blocks else {
      throw damaged("its trailer is wrong")
    }
    var sections = [(offset: Int, length: Int)](
      repeating: (0, 0), count: SectionID.allCases.count)
    for _ in 0..<sectionCount {
      let id = Int(truncatingIfNeeded: reader.fixed(UInt64.self))
      let offset = Int(truncatingIfNeeded: reader.fixed(UInt64.self))
      let length = Int(truncatingIfNeeded: reader.fixed(UInt64.self))
      guard sections.indices.contains(id), offset >= 0, length >= 0, offset <= body,
        length <= body - offset
      else { throw damaged("a section is out of place") }
      sections[id] = (offset, length)
    }
    return (sections, (0..<blockCount).map { _ in reader.fixed(UInt64.self) })
  }

  /// Length of a section in bytes.
  func length(_ id: SectionID) -> Int { sections[Int(id.rawValue)].length }

  /// Bytes `range` of a section, after their blocks were found right; the range is cut to the
  /// section.
  func bytes(_ id: SectionID, _ range: Range<Int>) throws(IndexError) -> UnsafeRawBufferPointer {
    let section = sections[Int(id.rawValue)]
    let range = range.clamped(to: 0..<section.length)
    guard !range.isEmpty else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    let start = section.offset + range.lowerBound
    let end = section.offset + range.upperBound
    try check(start..<end)
    return UnsafeRawBufferPointer(rebasing: base[start..<end])
  }

  /// A whole section.
  func bytes(_ id: SectionID) throws(IndexError) -> UnsafeRawBufferPointer {
    try bytes(id, 0..<length(id))
  }

  private func check(_ range: Range<Int>) throws(IndexError) {
    guard isMapped else { return }
    let first = range.lowerBound / SegmentFormat.blockLength
    let last = (range.upperBound - 1) / SegmentFormat.blockLength
    let wrong = checked.withLock { bits -> Int? in
      for block in first...last where bits[block >> 6] >> UInt64(block & 63) & 1 == 0 {
        guard isRight(block) else { return block }
        bits[block >> 6] |= 1 << UInt64(block & 63)
      }
      return nil
    }
    if let wrong { throw .damaged(path: path, what: "block \(wrong) has flipped bits") }
  }

  private func isRight(_ block: Int) -> Bool {
    let start = block * SegmentFormat.blockLength
    var end = min(start + SegmentFormat.blockLength, base.count)
    // The last block ends where the trailer begins.
    if block == checksums.count - 1 { end = bodyEnd }
    return Checksum.of(UnsafeRawBufferPointer(rebasing: base[start..<end])) == checksums[block]
  }

  private var bodyEnd: Int {
    var reader = ByteReader(
      UnsafeRawBufferPointer(rebasing: base[(base.count - SegmentFormat.footerLength)...]))
    return Int(truncatingIfNeeded: reader.fixed(UInt64.self))
  }
}
