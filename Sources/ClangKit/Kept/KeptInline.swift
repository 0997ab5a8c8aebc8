import CSyntax

/// A header inline as one parse read it, ready to be put into a further version's unit.
///
/// Everything counts from the inline's own start: strings, variables, statements, expressions and
/// lists. Putting it back gives the same numbers that reading it anew would give, because it names
/// strings, variables and callees in the order of their first use.
struct KeptInline {
  /// A variable that the inline mentions.
  struct Mention {
    /// Nil for one of its own.
    var global: GlobalKey?
    var variable: Variable
  }

  var strings: [String] = []
  var mentions: [Mention] = []
  var callees: [String] = []
  var expressions: [Expression] = []
  var statements: [Statement] = []
  var lists: [Int32] = []
  var function: Function
}

/// What tells a file-scope declaration from all others, in every version with the same headers.
struct GlobalKey: Hashable {
  var name: String
  var file: String
  var place: Place
}

/// What an inline mentions while it is read, by the unit's numbers, in order.
struct InlineLog {
  private(set) var strings: [Int32] = []
  private(set) var variables: [(id: VariableID, global: GlobalKey?)] = []
  var callees: [String] = []
  private var seenStrings: Set<Int32> = []
  private var seenVariables: Set<Int32> = []

  mutating func mention(string: Int32) {
    if seenStrings.insert(string).inserted { strings.append(string) }
  }

  mutating func mention(_ id: VariableID, _ global: GlobalKey?) {
    if seenVariables.insert(id.raw).inserted { variables.append((id, global)) }
  }
}
