/// A macro whose call at file scope exports a symbol, such as `EXPORT_SYMBOL_GPL`.
public struct ExportMacro: Sendable, Equatable {
  public var name: String
  /// Index of the argument that names the symbol.
  public var symbol = 0
  /// Only for modules under a licence compatible with the GPL.
  public var isGPL = false
  /// Index of the argument that names the namespace; nil without one.
  public var namespace: Int?
  /// The namespace that the macro always means; nil without one.
  public var namespaceName: String?
  /// Index of the argument that lists the only modules that may use the symbol.
  public var modules: Int?
  /// The macro also defines the symbol.
  public var defines = false
  /// The argument is not itself a symbol, as with a tracepoint's name.
  public var standsFor = false
  /// What the linker sees, `*` for the argument.
  public var symbols = ["*"]
  /// Names by which code reaches it beside `symbols` and the argument.
  public var users: [String] = []

  public init(name: String) { self.name = name }

  /// A macro that is in no table, judged by its name: `FOO_EXPORT_SYMBOL_GPL(symbol)`.
  public init?(guessing name: String) {
    guard name.contains("EXPORT_SYMBOL") else { return nil }
    self.init(name: name)
    isGPL = name.contains("GPL")
  }

  /// The names that the linker sees for `argument`.
  public func linkNames(of argument: String) -> [String] {
    symbols.map { $0.replacing("*", with: argument) }
  }

  /// The names by which code may reach what the macro exports, each once.
  public func userNames(of argument: String) -> [String] {
    var names = [argument]
    for name in linkNames(of: argument) + users.map({ $0.replacing("*", with: argument) })
    where !names.contains(name) {
      names.append(name)
    }
    return names
  }
}
