/// A function or variable at file scope, defined or declared.
struct Entity: Sendable, Equatable {
  enum Kind: Sendable { case function, variable }
  enum Linkage: Sendable {
    /// Visible to other files.
    case external
    /// `static`.
    case file
    /// `static inline` or `inline`: a copy in every file that includes it.
    case inline
  }

  var name: String
  var kind: Kind
  var linkage: Linkage
  /// False for a prototype or an `extern` declaration.
  var isDefinition: Bool
  /// Line of the name, from 1.
  var line: Int
  /// Attributes and section marks such as `__init`.
  var attributes: [String]
  /// What must be true for it to be compiled, outermost first.
  var condition: [String]
  /// Nil for variables and for functions that a macro makes.
  var signature: Signature?

  /// How messages spell it: `name()` for a function.
  var spoken: String { kind == .function ? name + "()" : name }
}
