internal import BuiltinRules
internal import CSyntax

/// Finds what a C or assembly file exports.
struct ExportReader {
  private let outline: Outline
  private let rules: ExportRules
  private let expander: MacroExpander
  /// What `EXPORT_SYMBOL` alone exports into.
  private let defaultNamespace: String?
  private(set) var exports: [Export] = []
  /// Export macros that name nothing, for a note.
  private(set) var faults: [Surface.Fault] = []

  /// - Parameters:
  ///   - outline: the file.
  ///   - isAssembly: calls then stand anywhere between the instructions.
  ///   - namespace: the default namespace that the Makefile sets, or nil.
  init(_ outline: Outline, isAssembly: Bool, rules: ExportRules, namespace: String?) {
    self.outline = outline
    self.rules = rules
    expander = MacroExpander(outline, rules: rules)
    defaultNamespace = Self.defaultNamespace(outline, over: namespace)
    let calls =
      isAssembly
      ? AssemblyCalls(outline) { [expander] in
        rules.macro($0) != nil || expander.knows($0)
      }.calls : outline.calls.map(CallSite.init)
    for call in calls { read(call) }
  }

  /// The word of a string or token argument: `"NS"`, `NS` → `NS`; nil when it is empty.
  static func word(_ argument: String) -> String? {
    let text = argument.filter { $0 != "\"" && !$0.isWhitespace }
    return text.isEmpty ? nil : text
  }

  /// The namespace that the file sets for all of its exports, else the Makefile's.
  ///
  /// `linux/export.h` asks whether there is one when it is read, so a `#define` below the first
  /// header of the kernel changes nothing unless the Makefile had set one.
  private static func defaultNamespace(_ outline: Outline, over makefile: String?) -> String? {
    let name = "DEFAULT_SYMBOL_NAMESPACE"
    guard let macro = outline.macros.first(where: { $0.name == name }) else { return makefile }
    let first = outline.includes.first { $0.isSystem }?.line ?? Int.max
    guard macro.line < first || makefile != nil else { return nil }
    return word(macro.body.map { outline.source.text($0) }.joined())
  }

  private mutating func read(_ call: CallSite) {
    if let macro = rules.macros[call.name] {
      add(macro, call.arguments, at: call)
      return
    }
    let made = expander.exports(calling: call.name, call.arguments)
    for inner in made {
      if let macro = rules.macro(inner.name) {
        let count = exports.count
        add(macro, inner.arguments, at: call)
        if exports.count > count { exports[count].isMade = true }
      }
    }
    if made.isEmpty, !expander.knows(call.name), let macro = ExportMacro(guessing: call.name) {
      add(macro, call.arguments, at: call)
    }
  }

  private mutating func add(_ macro: ExportMacro, _ arguments: [String], at call: CallSite) {
    guard let symbol = symbol(macro, arguments) else {
      faults.append(
        Surface.Fault(line: call.line, message: "\(call.name)() names no symbol: passed over"))
      return
    }
    var namespace = macro.namespaceName
    if let index = macro.namespace {
      namespace = index < arguments.count ? Self.word(arguments[index]) : nil
    } else if namespace == nil, macro.modules == nil {
      namespace = defaultNamespace
    }
    let modules =
      macro.modules.flatMap { $0 < arguments.count ? Self.word(arguments[$0]) : nil } ?? ""
    exports.append(
      Export(
        symbol: symbol, macro: macro.name, isGPL: macro.isGPL, namespace: namespace,
        modules: modules.split(separator: ",").map(String.init), line: call.line,
        condition: outline.conditionStack(call.condition),
        linkNames: macro.linkNames(of: symbol), userNames: macro.userNames(of: symbol),
        defines: macro.defines, standsFor: macro.standsFor))
  }

  /// What the call names: a name as it stands, or one that a macro of the file makes.
  private func symbol(_ macro: ExportMacro, _ arguments: [String]) -> String? {
    guard macro.symbol < arguments.count else { return nil }
    let argument = arguments[macro.symbol]
    if Self.isName(argument, mayBeginWithDigit: macro.standsFor) { return argument }
    return expander.expansion(of: argument).flatMap {
      Self.isName($0, mayBeginWithDigit: false) ? $0 : nil
    }
  }

  /// True for a C name, with the `$` that compilers allow in it.
  private static func isName(_ text: String, mayBeginWithDigit: Bool) -> Bool {
    guard let first = text.utf8.first, mayBeginWithDigit || !(0x30...0x39).contains(first) else {
      return false
    }
    return text.utf8.allSatisfy {
      $0 == 0x5F || $0 == 0x24 || (0x30...0x39).contains($0) || (0x41...0x5A).contains($0)
        || (0x61...0x7A).contains($0)
    }
  }
}
