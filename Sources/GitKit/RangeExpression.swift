internal import Foundation

/// A range as the user writes it, taken apart but not looked up.
///
/// The grammar is `git rev-list`'s without options that choose by date, author or path.
struct RangeExpression: Equatable {
  enum Term: Equatable {
    case include(String)
    /// `^A`: neither A nor what it stands on.
    case exclude(String)
    /// `A...B`: what only one of the two has.
    case symmetricDifference(String, String)
    /// `A^@`: its parents.
    case parents(String)
    /// `A^!`: A without its parents, also when it is a merge.
    case alone(String)
    /// `A^-N`: A without its parent number N.
    case withoutParent(String, Int)
  }

  var terms: [Term] = []
  /// At most so many commits, newest first chosen.
  var limit: Int?
  var isFirstParentOnly = false

  /// - Throws: `badRangeOption`.
  init(_ words: [String]) throws(GitError) {
    var words = words.flatMap(Self.split)[...]
    var isNegated = false
    while let word = words.popFirst() {
      switch word {
      case "-n", "--max-count":
        guard let number = words.popFirst().flatMap({ Int($0) }) else {
          throw .badRangeOption(text: word)
        }
        limit = number
      case "--not": isNegated.toggle()
      case "--first-parent": isFirstParentOnly = true
      case "--no-merges", "--reverse": break  // What is done anyway.
      case _ where word.hasPrefix("-") && word != "-":
        limit = try Self.number(inOption: word)
      default: terms += Self.terms(of: word).map { isNegated ? $0.negated : $0 }
      }
    }
    // A negative number is git's way to say "all".
    if let limit, limit < 0 { self.limit = nil }
  }

  var hasExclusion: Bool {
    terms.contains {
      switch $0 {
      case .include, .parents: false
      case .exclude, .symmetricDifference, .alone, .withoutParent: true
      }
    }
  }

  /// One argument may hold several words (`"^A B"`), but dates and searches hold blanks themselves.
  private static func split(_ argument: String) -> [String] {
    if argument.hasPrefix(":/") || argument.contains("{") { return [argument] }
    return argument.split(whereSeparator: \.isWhitespace).map(String.init)
  }

  private static func number(inOption word: String) throws(GitError) -> Int {
    for prefix in ["--max-count=", "-n", "-"] where word.hasPrefix(prefix) {
      if let number = Int(word.dropFirst(prefix.count)), number >= 0 { return number }
    }
    throw .badRangeOption(text: word)
  }

  private static func terms(of word: String) -> [Term] {
    if word.hasPrefix(":/") { return [.include(word)] }
    if word.hasPrefix("^") { return [.exclude(String(word.dropFirst()))] }
    if let dots = firstDots(in: word) {
      let left = word[..<dots.lowerBound]
      let right = word[dots.upperBound...]
      let from = left.isEmpty ? "HEAD" : String(left)
      let to = right.isEmpty ? "HEAD" : String(right)
      return word[dots].count == 3
        ? [.symmetricDifference(from, to)] : [.exclude(from), .include(to)]
    }
    if word.hasSuffix("^@") { return [.parents(String(word.dropLast(2)))] }
    if word.hasSuffix("^!") { return [.alone(String(word.dropLast(2)))] }
    if let mark = word.range(of: "^-", options: .backwards) {
      let number = word[mark.upperBound...]
      if let parent = number.isEmpty ? 1 : Int(number) {
        return [.withoutParent(String(word[..<mark.lowerBound]), parent)]
      }
    }
    return [.include(word)]
  }

  /// The first `..` or `...` that is not inside `{…}`.
  private static func firstDots(in word: String) -> Range<String.Index>? {
    var depth = 0
    var index = word.startIndex
    while index < word.endIndex {
      switch word[index] {
      case "{": depth += 1
      case "}": depth -= 1
      case "." where depth == 0 && word[index...].hasPrefix(".."):
        let count = word[index...].hasPrefix("...") ? 3 : 2
        return index..<word.index(index, offsetBy: count)
      default: break
      }
      index = word.index(after: index)
    }
    return nil
  }
}

extension RangeExpression.Term {
  fileprivate var negated: Self {
    switch self {
    case .include(let name): .exclude(name)
    case .exclude(let name): .include(name)
    default: self
    }
  }
}
