/// One symbol that a file exports.
public struct Export: Sendable, Equatable {
  /// What the export names: a function, a variable, or a tracepoint's or static call's name.
  public var symbol: String
  /// The macro that says so, such as `EXPORT_SYMBOL_GPL`.
  public var macro: String
  /// Only for modules under a licence compatible with the GPL.
  public var isGPL: Bool
  /// The namespace that modules must import; nil without one.
  public var namespace: String?
  /// The only modules that may use it, as glob patterns; empty when all may.
  public var modules: [String]
  /// Line of the call, from 1.
  public var line: Int
  /// What must be true for it to be compiled, outermost first.
  public var condition: [String]
  /// What the linker sees.
  public var linkNames: [String]
  /// The names by which code reaches it.
  public var userNames: [String]
  /// The macro defines the symbol too.
  public var defines: Bool
  /// `symbol` is not itself the name of a function or variable.
  public var standsFor: Bool
  /// A macro of the file pastes the name together, so no search for words finds its definition.
  public var isMade = false
}

extension Export {
  /// What tells it from other exports: a static call or a tracepoint may be called like a function.
  var key: String { standsFor ? linkNames.last ?? symbol : symbol }

  /// How messages call the licence.
  var licence: String { isGPL ? "GPL only" : "any licence" }
}
