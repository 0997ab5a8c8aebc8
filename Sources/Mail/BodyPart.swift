/// One text of a mail, decoded from its transfer encoding, not from its character set.
struct BodyPart {
  var bytes: [UInt8]
  var charset: String
  /// Lines were broken and joined on the way (RFC 3676).
  var isFlowed: Bool
  var isHTML: Bool
  /// False where the mail was cut off in this part, or its code is damaged.
  var isWhole: Bool

  /// Multiparts nest no deeper than this in any real mail.
  private static let deepest = 20

  /// The parts of a message that may hold a commit message or a patch, in their order.
  ///
  /// - Parameter embedded: gets the mails that are attached whole.
  static func parts(of message: Message, embedded: inout [[UInt8]]) -> [BodyPart] {
    parts(message.header, message.body, depth: 0, isDigest: false, &embedded)
  }

  private static func parts(
    _ header: Header, _ body: ArraySlice<UInt8>, depth: Int, isDigest: Bool,
    _ embedded: inout [[UInt8]]
  ) -> [BodyPart] {
    let type = header.contentType
    guard type.isMultipart, depth < deepest, let boundary = type["boundary"], !boundary.isEmpty
    else {
      if type.name == "message/rfc822" || (isDigest && header["content-type"] == nil) {
        embedded.append(header.transferEncoding.decoded(body).bytes)
        return []
      }
      return leaf(header, type, body).map { [$0] } ?? []
    }
    let (pieces, isClosed) = split(body, at: boundary)
    var found: [BodyPart] = []
    for (index, piece) in pieces.enumerated() {
      let part = Message(partBytes: piece)
      var parts = Self.parts(
        part.header, part.body, depth: depth + 1, isDigest: type.name == "multipart/digest",
        &embedded)
      if !isClosed, index == pieces.count - 1 {
        for number in parts.indices { parts[number].isWhole = false }
      }
      found += parts
    }
    // The same text twice: the plain one counts.
    if type.name == "multipart/alternative", found.contains(where: { !$0.isHTML }) {
      found.removeAll(where: \.isHTML)
    }
    return found
  }

  private static func leaf(_ header: Header, _ type: ContentType, _ body: ArraySlice<UInt8>)
    -> BodyPart?
  {
    let name = (type["name"] ?? header.disposition["filename"] ?? "").lowercased()
    let isPatchFile = [".patch", ".diff", ".txt", ".mbox", ".eml"].contains { name.hasSuffix($0) }
    let isDiffType = type.name.hasSuffix("/x-patch") || type.name.hasSuffix("/x-diff")
    // Words that are no type, such as Content-Type: text, are read as plain text.
    let isText = type.name.hasPrefix("text/") || !type.name.contains("/")
    guard isText || isPatchFile || isDiffType || type.isMultipart else { return nil }
    let (bytes, isWhole) = header.transferEncoding.decoded(body)
    return BodyPart(
      bytes: bytes, charset: type["charset"] ?? "",
      isFlowed: type["format"]?.lowercased() == "flowed", isHTML: type.name == "text/html",
      isWhole: isWhole)
  }

  /// What stands between the boundary lines; `isClosed` tells whether the last one is there.
  private static func split(_ body: ArraySlice<UInt8>, at boundary: String)
    -> (pieces: [ArraySlice<UInt8>], isClosed: Bool)
  {
    let marker = Array("--\(boundary)".utf8)
    var pieces: [ArraySlice<UInt8>] = []
    var start: Int?
    for line in ByteLines.split(body) where line.starts(with: marker) {
      var rest = ByteLines.content(line).dropFirst(marker.count)
      while rest.last == 0x20 || rest.last == 0x09 { rest.removeLast() }
      guard rest.isEmpty || rest.elementsEqual("--".utf8) else { continue }
      if let start { pieces.append(withoutLastLineEnd(body[start..<line.startIndex])) }
      start = line.endIndex
      if !rest.isEmpty { return (pieces, true) }
    }
    if let start { pieces.append(body[start...]) }
    return (pieces, false)
  }

  /// The line end before a boundary belongs to the boundary.
  private static func withoutLastLineEnd(_ piece: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    ByteLines.content(piece)
  }
}
