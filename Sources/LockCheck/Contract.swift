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
}
