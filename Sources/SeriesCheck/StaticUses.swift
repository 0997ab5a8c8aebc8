internal import CSyntax

/// Tells whether a file may use one of its own static functions.
struct StaticUses {
  private let outline: Outline
  /// How often each identifier stands in the file.
  private var counts: [String: Int] = [:]
  /// How often each name is only declared.
  private var declared: [String: Int] = [:]
  /// Words that stand in arguments of macros, of which a macro may paste names together.
  private var pasted: Set<String> = []
  private let lastInclude: Int

  init(_ outline: Outline) {
    self.outline = outline
    let source = outline.source
    for token in source.tokens.indices where source.tokens[token].kind == .identifier {
      counts[source.text(token), default: 0] += 1
    }
    for prototype in outline.prototypes { declared[prototype.name, default: 0] += 1 }
    lastInclude = outline.includes.map(\.line).max() ?? 0
    collectArguments()
  }

  /// True when something in the file, or in what it includes further down, may use `function`.
  func uses(_ function: FunctionItem) -> Bool {
    let name = function.name
    let definitions = outline.functions.count { $0.name == name }
    if (counts[name] ?? 0) > definitions + (declared[name] ?? 0) { return true }
    let isMarked = outline.prototypes.contains { prototype in
      prototype.name == name && prototype.attributes.contains { $0.contains("used") }
    }
    if isMarked { return true }
    // `#include "template.c"` below the function may use it.
    if lastInclude > function.startLine { return true }
    // DEVICE_ATTR_RO(speed) uses speed_show().
    let parts = name.split(separator: "_").map(String.init)
    for length in 1...max(1, parts.count) {
      for start in 0...(max(0, parts.count - length)) where start + length <= parts.count {
        if pasted.contains(parts[start..<start + length].joined(separator: "_")) { return true }
      }
    }
    return false
  }

  /// Identifiers that are arguments of what looks like a macro, in any place.
  private mutating func collectArguments() {
    let source = outline.source
    var depth = 0
    for index in source.tokens.indices {
      let token = source.tokens[index]
      switch token.kind {
      case .leftParenthesis:
        let isMacro =
          index > 0 && source.tokens[index - 1].kind == .identifier
          && isShouting(source.text(index - 1))
        if depth > 0 || isMacro { depth += 1 }
      case .rightParenthesis: if depth > 0 { depth -= 1 }
      case .leftBrace, .rightBrace, .semicolon: depth = 0
      case .identifier where depth > 0: pasted.insert(source.text(index))
      default: break
      }
    }
    for call in outline.calls {
      for argument in call.arguments { pasted.insert(argument) }
    }
    pasted = Set(pasted.map { $0.trimmingUnderscores })
  }

  private func isShouting(_ word: String) -> Bool {
    word.utf8.contains { $0 >= 0x41 && $0 <= 0x5A } && word == word.uppercased()
  }
}

extension String {
  fileprivate var trimmingUnderscores: String {
    String(drop { $0 == "_" }.reversed().drop { $0 == "_" }.reversed())
  }
}
