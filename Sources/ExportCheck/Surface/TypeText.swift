internal import CSyntax

/// A type as the tokens spell it: without the name that it is given, without attributes.
struct TypeText: Sendable, Equatable {
  /// Words of the type in order, qualifiers included: `const struct inode`.
  var words: [String] = []
  /// Number of `*`, an array's brackets counted as one.
  var pointers = 0
  /// The groups of a function pointer or `typeof(…)`, spelt without parameter names.
  var rest = ""

  /// The spelling by which two types are equal.
  var text: String {
    let stars = String(repeating: "*", count: pointers)
    return words.joined(separator: " ") + (stars.isEmpty ? "" : " " + stars) + rest
  }

  var isVoid: Bool { words == ["void"] && pointers == 0 && rest.isEmpty }

  /// True when no typedef can make the two the same type.
  ///
  /// Typedefs hide what they stand for and macros hide qualifiers, so only this counts: structs
  /// with different tags, basic types of different spelling, `void` against a value, and different
  /// numbers of stars on such types.
  func clashes(with other: TypeText) -> Bool {
    guard rest.isEmpty, other.rest.isEmpty else { return false }
    if isVoid != other.isVoid { return true }
    guard let mine = plain, let theirs = other.plain else { return false }
    return mine != theirs || pointers != other.pointers
  }

  /// The unqualified words where they are all C's own (or a tag); nil with a typedef in it.
  private var plain: [String]? {
    var result: [String] = []
    var isTag = false
    for word in words where !Self.qualifiers.contains(word) {
      if isTag || Self.basic.contains(word) {
        result.append(word)
        isTag = false
      } else if Self.tagged.contains(word) {
        result.append(word)
        isTag = true
      } else {
        return nil
      }
    }
    if let first = result.first, Self.tagged.contains(first) { return result }
    // `unsigned int`, `unsigned` and `int unsigned` are one type.
    let isShort = result.contains { $0 != "int" && $0 != "signed" && $0 != "unsigned" }
    if isShort, !result.contains("char") { result.removeAll { $0 == "int" || $0 == "signed" } }
    if !isShort {
      result = result.contains("unsigned") ? ["unsigned"] : ["int"]
    }
    return result.sorted()
  }

  static let qualifiers: Set<String> = [
    "const", "volatile", "restrict", "__restrict", "__restrict__", "register", "__const",
    "__const__", "__volatile__", "__volatile", "extern", "static", "inline",
  ]
  private static let basic: Set<String> = [
    "void", "char", "short", "int", "long", "float", "double", "signed", "unsigned", "bool",
    "_Bool",
  ]
  private static let tagged: Set<String> = ["struct", "union", "enum"]
}
