/// A file that a test edits; an edit that does not fit fails instead of changing nothing.
struct EditedText {
  var text: String

  init(_ text: String) { self.text = text }

  /// Replaces the one place where `old` stands.
  mutating func replace(_ old: String, _ new: String) throws(EditError) {
    let places = text.ranges(of: old)
    guard places.count == 1 else {
      throw EditError(description: "\(places.count) places, not one, have: \(old)")
    }
    text.replaceSubrange(places[0], with: new)
  }

  /// Edits the definition of one function.
  mutating func edit(
    function name: String, _ change: (inout EditedText) throws(EditError) -> Void
  ) throws(EditError) {
    let range = try range(of: name)
    var body = EditedText(String(text[range]))
    try change(&body)
    text.replaceSubrange(range, with: body.text)
  }

  /// Takes away a function and the empty line after it.
  mutating func remove(function name: String) throws(EditError) {
    let range = try range(of: name)
    text.removeSubrange(range)
    if text[range.lowerBound...].hasPrefix("\n") { text.remove(at: range.lowerBound) }
  }

  /// The definition of a function, from its first word to the line end after its last brace.
  func function(_ name: String) throws(EditError) -> String { String(text[try range(of: name)]) }

  /// The first line of a function that has `words`.
  func statement(containing words: String, in function: String) throws(EditError) -> String {
    let lines = try self.function(function).split(separator: "\n")
    guard let line = lines.first(where: { $0.contains(words) }) else {
      throw EditError(description: "\(function) has no \(words)")
    }
    return String(line)
  }

  /// The number, from 1, of the line on which `words` begin; nil when they are not there.
  func line(of words: String) -> Int? {
    text.firstRange(of: words).map { text[..<$0.lowerBound].count { $0 == "\n" } + 1 }
  }

  private func range(of function: String) throws(EditError) -> Range<String.Index> {
    for name in text.ranges(of: function + "(") {
      let before = text[..<name.lowerBound]
      let start = before.lastIndex(of: "\n").map { text.index(after: $0) } ?? text.startIndex
      // A definition begins at the margin, has a body and ends with a brace at the margin.
      guard text[start].isLetter, let end = text[start...].firstRange(of: "\n}\n"),
        let brace = text[start...].firstIndex(of: "{"), !text[start..<brace].contains(";")
      else { continue }
      return start..<end.upperBound
    }
    throw EditError(description: "there is no function \(function)")
  }
}

/// An edit that does not fit the kernel's file.
struct EditError: Error, CustomStringConvertible {
  let description: String
}
