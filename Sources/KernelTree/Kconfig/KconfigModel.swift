/// A tree's configuration options as its Kconfig files define them, in flat arrays.
struct KconfigModel: Sendable {
  typealias SymbolIndex = Int32

  enum Kind: UInt8, Sendable { case unknown, bool, tristate, int, hex, string, constant }

  struct Symbol: Sendable {
    var name: String
    var kind = Kind.unknown
    /// Indices of the `config` statements that define it.
    var entries: [Int32] = []
    /// The choice that it is a member of; -1 for none.
    var choice: Int32 = -1
    /// Who selects or implies it: index of the symbol, of its entry and the condition.
    var selectedBy: [Reverse] = []
    var impliedBy: [Reverse] = []
  }

  struct Reverse: Sendable {
    var symbol: SymbolIndex
    var entry: Int32
    var condition: Expression
  }

  /// An `if`, `menu` or `choice` around other statements.
  struct Scope: Sendable {
    var parent: Int32
    /// Must hold for everything inside.
    var conditions: [Expression] = []
    /// Must hold for prompts inside.
    var visibleIf: [Expression] = []
  }

  /// One `config` statement.
  struct Entry: Sendable {
    var symbol: SymbolIndex
    var scope: Int32
    var depends: [Expression] = []
    /// Conditions of its prompts; none without a prompt.
    var prompts: [Expression] = []
    var defaults: [(value: Expression, condition: Expression)] = []
    var ranges: [(low: SymbolIndex, high: SymbolIndex, condition: Expression)] = []
  }

  struct Choice: Sendable {
    var scope: Int32
    var depends: [Expression] = []
    var hasPrompt = false
    var promptCondition = Expression.always
    var isOptional = false
    var defaults: [(symbol: SymbolIndex, condition: Expression)] = []
    var members: [SymbolIndex] = []
  }

  /// A condition: a piece of `code` in postfix order.
  struct Expression: Sendable, Equatable {
    var start: Int32
    var count: Int32
    static let always = Expression(start: 0, count: 0)
  }

  /// What stands in `code` beside the indices of symbols.
  ///
  /// A comparison is followed by its two symbols; the others are in postfix order.
  enum Operator {
    static let and: Int32 = -1
    static let or: Int32 = -2
    static let not: Int32 = -3
    static let comparisons: [String: Int32] = [
      "=": -4, "!=": -5, "<": -6, "<=": -7, ">": -8, ">=": -9,
    ]
  }

  var symbols: [Symbol] = []
  var scopes: [Scope] = []
  var entries: [Entry] = []
  var choices: [Choice] = []
  var code: [Int32] = []
  private var indices: [String: SymbolIndex] = [:]
  private var constants: [String: SymbolIndex] = [:]

  /// Index of a named option, made when new; `y`, `m`, `n` and numbers are constants.
  mutating func symbol(_ name: String) -> SymbolIndex {
    if let index = indices[name] { return index }
    let first = name.utf8.first ?? 0
    let isNumber = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) && Self.isNumber(name)
    if name == "y" || name == "m" || name == "n" || isNumber || first == UInt8(ascii: "-") {
      return constant(name)
    }
    let index = SymbolIndex(symbols.count)
    symbols.append(Symbol(name: name))
    indices[name] = index
    return index
  }

  /// Index of a quoted text.
  mutating func constant(_ text: String) -> SymbolIndex {
    if let index = constants[text] { return index }
    let index = SymbolIndex(symbols.count)
    symbols.append(Symbol(name: text, kind: .constant))
    constants[text] = index
    return index
  }

  /// Index of an option that some file names; nil for an unknown name.
  func index(of name: String) -> SymbolIndex? { indices[name] }

  private static func isNumber(_ name: String) -> Bool {
    name.hasPrefix("0x") || name.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }
}
