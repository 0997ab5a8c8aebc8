internal import Foundation

/// The head of an answer, which puts it into the thread of what it answers.
struct MailHeader {
  let text: String

  init(answering patch: SentPatch) {
    var fields = [("Subject", Self.subject(patch.subject))]
    fields.append(("To", patch.author))
    let others = [patch.to, patch.cc].filter { !$0.isEmpty }.joined(separator: ", ")
    if !others.isEmpty { fields.append(("Cc", others)) }
    if !patch.messageID.isEmpty {
      fields.append(("In-Reply-To", patch.messageID))
      let ids = (patch.references + " " + patch.messageID).split(whereSeparator: \.isWhitespace)
      fields.append(("References", ids.joined(separator: "\n ")))
    }
    fields += [
      ("MIME-Version", "1.0"), ("Content-Type", "text/plain; charset=UTF-8"),
      ("Content-Transfer-Encoding", "8bit"),
    ]
    text = fields.filter { !$0.1.isEmpty }.map { "\($0): \(Self.encoded($1))\n" }.joined()
  }

  private static func subject(_ subject: String) -> String {
    subject.lowercased().hasPrefix("re:") ? subject : "Re: " + subject
  }

  /// Words that are not ASCII as RFC 2047 wants them; line breaks only before a blank.
  private static func encoded(_ value: String) -> String {
    value.split(separator: "\n ", omittingEmptySubsequences: false).map { line in
      var words: [String] = []
      var foreign: [String] = []
      func flush() {
        if !foreign.isEmpty { words.append(encodedWords(foreign.joined(separator: " "))) }
        foreign = []
      }
      for word in line.split(separator: " ", omittingEmptySubsequences: false) {
        let word = word.visible()
        if word.allSatisfy(\.isASCII) {
          flush()
          words.append(word)
        } else {
          // Blanks between encoded words do not count, so what stands together is one.
          let marks: Set<Character> = ["\"", ",", "<", ">", "(", ")"]
          let tail = String(word.reversed().prefix { marks.contains($0) }.reversed())
          foreign.append(String(word.dropLast(tail.count).drop { marks.contains($0) }))
          if tail.contains(",") {
            flush()
            words[words.count - 1] += ","
          }
        }
      }
      flush()
      return words.joined(separator: " ")
    }.joined(separator: "\n ")
  }

  /// No encoded word may be longer than 75 characters.
  private static func encodedWords(_ text: String) -> String {
    var pieces = [""]
    for character in text {
      if pieces[pieces.count - 1].utf8.count + character.utf8.count > 42 { pieces.append("") }
      pieces[pieces.count - 1].append(character)
    }
    return pieces.map { "=?UTF-8?B?\(Data($0.utf8).base64EncodedString())?=" }
      .joined(separator: " ")
  }
}
