/// One export of a tree.
public struct LedgerEntry: Sendable, Codable, Equatable {
  /// Who uses it, by how far away they are built.
  public struct Use: Sendable, Codable, Equatable {
    /// Numbers of other files with a use: of the same module, built in, headers, and unknown.
    public var ownModule = 0
    public var builtIn = 0
    public var headers = 0
    public var unknown = 0
    /// Other modules with a use, sorted.
    public var modules: [String] = []

    public init() {}

    /// True when nothing outside the defining file uses it.
    public var isEmpty: Bool {
      ownModule + builtIn + headers + unknown == 0 && modules.isEmpty
    }
  }

  /// A header that declares it.
  public struct Declaration: Sendable, Codable, Equatable {
    public var file: String
    public var line: Int
  }

  public var symbol: String
  /// What the linker sees; more than one for a tracepoint.
  public var linkNames: [String]
  public var macro: String
  public var gpl: Bool
  public var namespace: String?
  /// The only modules that may use it, as glob patterns; empty when all may.
  public var modules: [String]
  public var file: String
  public var line: Int
  /// What must be true for it to be compiled, outermost first.
  public var condition: [String]
  /// Nil when that was not asked or is not known.
  public var declarations: [Declaration]?
  /// Nil when that was not asked.
  public var users: Use?

  /// The export as it stands in `file`, with nothing asked of the rest of the tree.
  public init(_ export: Export, file: String) {
    symbol = export.symbol
    linkNames = export.linkNames
    macro = export.macro
    gpl = export.isGPL
    namespace = export.namespace
    modules = export.modules
    self.file = file
    line = export.line
    condition = export.condition
  }
}
