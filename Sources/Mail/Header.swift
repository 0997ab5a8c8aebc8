/// The fields of a mail's or a part's head.
struct Header {
  struct Field {
    /// In lower case.
    let name: String
    var value: [UInt8]

    /// A line `Name: value`; nil for anything else.
    init?(_ line: ArraySlice<UInt8>) {
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
        line[..<colon].allSatisfy({ $0 > 0x20 && $0 < 0x7f })
      else { return nil }
      name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
      value = Array(line[(colon + 1)...].drop { $0 == 0x20 || $0 == 0x09 })
    }
  }

  private let fields: [Field]

  init(_ fields: [Field]) { self.fields = fields }

  /// The first field of that name, its encoded words read; nil when there is none.
  subscript(name: String) -> String? {
    fields.first { $0.name == name }.map {
      EncodedWords.decoded(Charset.text($0.value, from: "utf-8")).trimmed
    }
  }

  /// Whether these are a mail's fields and not some text with a colon in it.
  var isMail: Bool {
    fields.contains {
      ["from", "subject", "date", "message-id", "content-type", "to"].contains($0.name)
    }
  }

  /// The id of the first mail of the thread; empty where no mail is named.
  var thread: String {
    for field in ["references", "in-reply-to", "message-id"] {
      let ids = (self[field] ?? "").split(whereSeparator: { $0.isWhitespace })
      if let first = ids.first(where: { $0.hasPrefix("<") }) { return String(first) }
    }
    return ""
  }

  var contentType: ContentType { ContentType(self["content-type"] ?? "text/plain") }
  var transferEncoding: TransferEncoding {
    TransferEncoding(self["content-transfer-encoding"] ?? "")
  }
  var disposition: ContentType { ContentType(self["content-disposition"] ?? "inline") }
}

extension StringProtocol {
  /// Without white space at both ends.
  var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
