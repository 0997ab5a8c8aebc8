internal import Foundation
internal import Mail

/// One mailbox derived from another, by a seed alone.
public struct Derivation {
  private let original: [UInt8]
  private var state: UInt64
  /// What was done, for the message of a test.
  public private(set) var story = ""
  /// A line may have been cut in two, so that what is left of it is another line.
  public private(set) var cutsLine = false
  /// Lines may stand in another order, so that the code says something else.
  public private(set) var swapsLines = false

  public init(_ original: [UInt8], seed: UInt64) {
    self.original = original
    state = seed &* 0x9e37_79b9_7f4a_7c15 | 1
  }

  /// Below `bound`, by the generator of Marsaglia 2003.
  private mutating func random(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state >> 11) % max(bound, 1)
  }

  /// The derived mailbox.
  public mutating func next() -> [UInt8] {
    let way = random(10)
    switch way {
    case 0: return truncated()
    case 1: return withoutLines()
    case 2: return swappedLines()
    case 3: return swappedMails()
    case 4: return withoutMail()
    case 5:
      return coded("base64") { Data($0).base64EncodedString(options: .lineLength76Characters) }
    case 6: return coded("quoted-printable", Self.quotedPrintable)
    case 7: return carriageReturns()
    case 8: return inUTF16()
    default: return truncatedBase64()
    }
  }

  private mutating func truncated() -> [UInt8] {
    let end = random(original.count)
    story = "cut at byte \(end)"
    cutsLine = true
    return Array(original[..<end])
  }

  private var lines: [ArraySlice<UInt8>] {
    original.split(separator: 0x0a, omittingEmptySubsequences: false)
  }

  private func joined(_ lines: [ArraySlice<UInt8>]) -> [UInt8] {
    Array(lines.joined(separator: [0x0a]))
  }

  private mutating func withoutLines() -> [UInt8] {
    var lines = lines
    let start = random(lines.count)
    let count = 1 + random(12)
    story = "without lines \(start)+\(count)"
    lines.removeSubrange(start..<min(start + count, lines.count))
    return joined(lines)
  }

  private mutating func swappedLines() -> [UInt8] {
    var lines = lines
    let start = random(lines.count - 1)
    story = "lines \(start) and \(start + 1) swapped"
    swapsLines = true
    lines.swapAt(start, start + 1)
    return joined(lines)
  }

  private var mails: [[UInt8]] { (try? Mailbox.messages(in: original, named: "test")) ?? [] }

  private mutating func swappedMails() -> [UInt8] {
    var mails = mails
    let (left, right) = (random(mails.count), random(mails.count))
    story = "mails \(left) and \(right) swapped"
    mails.swapAt(left, right)
    return Array(mails.joined())
  }

  private mutating func withoutMail() -> [UInt8] {
    var mails = mails
    let index = random(mails.count)
    story = "without mail \(index)"
    mails.remove(at: index)
    return Array(mails.joined())
  }

  /// Every mail's body in another transfer encoding.
  private mutating func coded(_ name: String, _ code: ([UInt8]) -> String) -> [UInt8] {
    story = "in \(name)"
    return rewritten(["Content-Transfer-Encoding: \(name)"]) { Array(code($0).utf8) }
  }

  private func rewritten(_ fields: [String], _ body: ([UInt8]) -> [UInt8]) -> [UInt8] {
    mails.flatMap { mail -> [UInt8] in
      guard
        let end = (0..<mail.count - 1).first(where: { mail[$0] == 0x0a && mail[$0 + 1] == 0x0a })
      else { return mail }
      let head = mail[...end] + Array(fields.map { $0 + "\n" }.joined().utf8) + [0x0a]
      return head + body(Array(mail[(end + 2)...])) + [0x0a, 0x0a]
    }
  }

  private static func quotedPrintable(_ bytes: [UInt8]) -> String {
    var column = 0
    return bytes.map { byte in
      if byte == 0x0a {
        column = 0
        return "\n"
      }
      let isPlain = byte > 0x20 && byte < 0x7f && byte != 0x3d
      let text = isPlain ? String(UnicodeScalar(byte)) : String(format: "=%02X", Int(byte))
      column += text.count
      defer { if column > 70 { column = 0 } }
      return column > 70 ? text + "=\n" : text
    }.joined()
  }

  private mutating func carriageReturns() -> [UInt8] {
    story = "with carriage returns"
    return original.flatMap { $0 == 0x0a ? [0x0d, 0x0a] : [$0] }
  }

  private mutating func inUTF16() -> [UInt8] {
    story = "in UTF-16"
    return rewritten([
      "Content-Type: text/plain; charset=utf-16le", "Content-Transfer-Encoding: base64",
    ]) { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      let data = text.data(using: .utf16LittleEndian) ?? Data()
      return Array(data.base64EncodedString(options: .lineLength76Characters).utf8)
    }
  }

  private mutating func truncatedBase64() -> [UInt8] {
    let whole = coded("base64") { Data($0).base64EncodedString(options: .lineLength76Characters) }
    let end = random(whole.count)
    story = "in base64, cut at byte \(end)"
    cutsLine = true
    return Array(whole[..<end])
  }
}
