import BuiltinRules
import CSyntax

/// What an annotation of a function promises about a lock.
struct Promise {
  let annotation: LockAnnotation
  /// The argument that names the lock, as it is written.
  let text: String

  /// The function may return with a lock that it has taken.
  var mayHold: Bool {
    annotation.promise == .acquires || annotation.promise == .acquiresSometimes
  }
}

extension LockAnalysis {
  /// What the annotations around a function's declarator say.
  func promises(_ function: Function) -> [Promise] {
    function.annotations.compactMap { text in
      guard let open = text.firstIndex(of: "("), text.hasSuffix(")") else { return nil }
      let name = text[..<open].filter { !$0.isWhitespace }
      guard let annotation = rules.annotations[name] else { return nil }
      let inside = text[text.index(after: open)..<text.index(before: text.endIndex)]
      let parts = inside.split(separator: ",")
      guard annotation.argument < parts.count else { return nil }
      return Promise(
        annotation: annotation, text: parts[annotation.argument].filter { !$0.isWhitespace })
    }
  }

  /// The lock that the text of an annotation's argument names: a path from a parameter or a global.
  ///
  /// Nil for what is no path, such as `RCU`.
  mutating func lock(namedBy text: String, in function: Function) -> Value? {
    var path = text[...]
    while let first = path.first, first == "&" || first == "(" { path = path.dropFirst() }
    while path.last == ")" { path = path.dropLast() }
    let steps = path.replacing("->", with: ">").split(
      separator: /[.>]/, omittingEmptySubsequences: false)
    guard let root = steps.first, steps.allSatisfy(Self.isName) else { return nil }
    let separators = path.replacing("->", with: ">").filter { $0 == "." || $0 == ">" }
    var value: Value
    var isPointer = false
    let parameter = function.parameters.firstIndex {
      unit.strings[StringID(unit.variables[$0.index].name)] == root
    }
    if let parameter {
      value = table.make(.parameter(parameter))
      isPointer = true
    } else if steps.count > 1 || text.hasPrefix("&") {
      value = table.make(.global(unit.strings.intern(String(root))))
    } else {
      return nil
    }
    for (separator, step) in zip(separators, steps.dropFirst()) {
      if separator == ">", !isPointer { value = table.make(.content(value)) }
      isPointer = false
      value = member(unit.strings.intern(String(step)), of: value)
    }
    return value
  }

  private static func isName(_ text: Substring) -> Bool {
    !text.isEmpty && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
  }
}
