/// A piece of a sentence: words, or code that stands in backticks.
struct HTMLPhrase {
  var text: String
  var isCode: Bool

  /// The pieces of a sentence that is visible already; an odd backtick is a word as others.
  static func phrases(_ sentence: String) -> [HTMLPhrase] {
    let parts = sentence.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 1, !parts.count.isMultiple(of: 2) else {
      return [HTMLPhrase(text: sentence, isCode: false)]
    }
    return parts.enumerated().map { HTMLPhrase(text: $1, isCode: !$0.isMultiple(of: 2)) }
      .filter { !$0.text.isEmpty }
  }
}
