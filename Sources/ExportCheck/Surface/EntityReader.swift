internal import CSyntax

/// Turns an outline's functions, prototypes and variables into entities with a linkage.
struct EntityReader {
  private let outline: Outline
  private(set) var entities: [Entity] = []

  init(_ outline: Outline) {
    self.outline = outline
    for function in outline.functions { add(function) }
    for prototype in outline.prototypes { add(prototype) }
    for variable in outline.variables { add(variable) }
    entities.sort { ($0.line, $0.name) < ($1.line, $1.name) }
  }

  private mutating func add(_ function: FunctionItem) {
    // XFS writes STATIC for what only debug kernels see from outside.
    let isStatic = function.isStatic || function.attributes.contains("STATIC")
    let linkage: Entity.Linkage = function.isInline ? .inline : isStatic ? .file : .external
    entities.append(
      Entity(
        name: function.name, kind: .function, linkage: linkage, isDefinition: true,
        line: function.nameLine, attributes: function.attributes,
        condition: outline.conditionStack(function.condition),
        signature: function.maker == nil
          ? Signature(
            parameters: function.parameters, result: function.returnType, in: outline.source)
          : nil))
  }

  private mutating func add(_ prototype: PrototypeItem) {
    entities.append(
      Entity(
        name: prototype.name, kind: .function, linkage: prototype.isStatic ? .file : .external,
        isDefinition: false, line: prototype.line, attributes: prototype.attributes,
        condition: outline.conditionStack(prototype.condition),
        signature: Signature(
          parameters: prototype.parameters, result: prototype.returnType, in: outline.source)))
  }

  private mutating func add(_ variable: VariableItem) {
    entities.append(
      Entity(
        name: variable.name, kind: .variable, linkage: variable.isStatic ? .file : .external,
        isDefinition: !variable.isExtern || variable.hasInitializer, line: variable.line,
        attributes: attributes(variable.tokens),
        condition: outline.conditionStack(variable.condition), signature: nil))
  }

  /// Section marks such as `__initdata` among the tokens of a variable's declaration.
  private func attributes(_ range: Range<Int>) -> [String] {
    var result: [String] = []
    for index in range {
      let token = outline.source.tokens[index]
      if token.kind == .assign { break }
      guard token.kind == .identifier else { continue }
      let text = outline.source.text(index)
      if Attributes.isBareWord(text) { result.append(text) }
    }
    return result
  }
}
