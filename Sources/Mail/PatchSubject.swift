/// What a subject such as `[PATCH net-next v3 RESEND 2/5] brook: mend it` says.
struct PatchSubject {
  /// Without prefixes, white space made single.
  let title: String
  /// From 0 (the cover letter); nil without a number.
  private(set) var number: Int?
  private(set) var total: Int?
  /// 1 unless it says more.
  private(set) var version = 1
  private(set) var isResend = false
  /// Whether a bracket says `PATCH`.
  private(set) var isPatch = false
  /// An answer or something sent on.
  let isReply: Bool

  init(_ subject: String) {
    var rest = subject.split(whereSeparator: \.isWhitespace).joined(separator: " ")[...]
    var isReply = false
    while let prefix = Self.replyPrefix(rest) {
      isReply = true
      rest = rest.dropFirst(prefix)[...].drop { $0 == " " }
    }
    self.isReply = isReply
    var brackets: [Substring] = []
    while rest.first == "[", let close = rest.firstIndex(of: "]") {
      brackets.append(rest[..<close].dropFirst())
      rest = rest[rest.index(after: close)...].drop { $0 == " " }
    }
    title = String(rest)
    for bracket in brackets { read(bracket) }
  }

  /// How many characters `Re: `, `AW:` and the like take.
  private static func replyPrefix(_ text: Substring) -> Int? {
    guard let colon = text.prefix(8).firstIndex(of: ":") else { return nil }
    let word = text[..<colon].lowercased()
    let plain = word.prefix { $0.isLetter }
    let tail = word.dropFirst(plain.count)
    guard ["re", "aw", "sv", "vs", "antw", "fwd", "fw", "wg", "tr"].contains(String(plain)),
      tail.isEmpty || (tail.first == "[" && tail.last == "]")
    else { return nil }
    return text.distance(from: text.startIndex, to: colon) + 1
  }

  private mutating func read(_ words: Substring) {
    for word in words.split(whereSeparator: { $0 == " " || $0 == "," }) {
      let lower = word.lowercased()
      if lower.hasPrefix("patch") { isPatch = true }
      let pair = lower.split(separator: "/", omittingEmptySubsequences: false)
      if pair.count == 2, let number = Self.small(pair[0]), let total = Self.small(pair[1]),
        number <= total
      {
        (self.number, self.total) = (number, total)
      } else if lower.hasPrefix("v"), let version = Self.small(lower.dropFirst()), version > 0 {
        self.version = version
      } else if lower.hasPrefix("patchv"), let version = Self.small(lower.dropFirst(6)) {
        self.version = max(1, version)
      } else if lower == "resend" || lower == "repost" {
        isResend = true
      }
    }
  }

  /// Series have no more than 9,999 patches.
  private static func small(_ digits: some StringProtocol) -> Int? {
    guard (1...4).contains(digits.count), digits.allSatisfy({ $0.isASCII && $0.isNumber }) else {
      return nil
    }
    return Int(digits)
  }
}
