import CSyntax

/// Puts a call's arguments in the place of its callee's parameters.
struct Substitution {
  let call: Call
  /// Memory as it is at the call.
  let before: PathState
  private var done: FlatMap<Value, Value> = [:]

  init(call: Call, before: PathState) {
    self.call = call
    self.before = before
  }

  /// A callee's value as the caller sees it; what only the callee knows becomes a value of the
  /// call's own.
  mutating func translate(_ value: Value, _ analysis: inout LockAnalysis) -> Value {
    if let known = done[value] { return known }
    let result = translated(value, &analysis)
    done[value] = result
    return result
  }

  private mutating func translated(_ value: Value, _ analysis: inout LockAnalysis) -> Value {
    switch analysis.table[value] {
    case .constant, .global, .function, .string: return value
    case .parameter(let number):
      return number < call.arguments.count
        ? call.arguments[number] : analysis.table.make(.stored(call.site, value))
    case .local, .result, .stored, .join, .stale:
      return analysis.table.make(.stored(call.site, value))
    case .content(let address):
      return analysis.read(translate(address, &analysis), before)
    case .field(let base, let name):
      return analysis.table.make(.field(translate(base, &analysis), name))
    case .element(let base, let index):
      return analysis.table.make(
        .element(translate(base, &analysis), translate(index, &analysis)))
    case .part(let whole, let name):
      return analysis.table.make(.part(translate(whole, &analysis), name))
    case .record(let parts):
      let translated = parts.map {
        RecordPart(field: $0.field, value: translate($0.value, &analysis))
      }
      return analysis.table.make(.record(translated))
    case .unary(let op, let inner):
      return analysis.table.make(.unary(op, translate(inner, &analysis)))
    case .binary(let op, let a, let b):
      return analysis.table.make(
        .binary(op, translate(a, &analysis), translate(b, &analysis)))
    case .pure(let name, let values):
      let translated = values.map { translate($0, &analysis) }
      return analysis.table.make(.pure(name, translated))
    }
  }
}
