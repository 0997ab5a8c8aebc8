import BuiltinRules
import CSyntax

/// What a function does, as its callers see it: one row for each combination of lock effects.
///
/// Values are those of the callee, rooted at `parameter`; a call puts its arguments in.
struct Summary {
  /// One way through the function.
  struct Row {
    /// What must be true of the arguments and of memory at the call.
    var facts: [(value: Value, interval: Interval)]
    var effects: [Effect]
    /// What is stored where the caller can see it.
    var writes: [(address: Value, value: Value, interval: Interval)]
    /// Parameters whose objects may hold anything afterwards.
    var clobbers: [Value]
    /// Objects whose locks a callee that was not followed may have taken or released.
    var loosened: [Loosened]
    var result: Value?
    var resultInterval: Interval

    /// The effects after which the caller holds something else than before.
    var change: Set<Effect> {
      Set(effects.filter { ($0.kind == .acquire || $0.kind == .release) && !$0.isOutOfSight })
    }
  }

  /// What a row does to one lock.
  struct Effect: Hashable {
    enum Kind: Hashable {
      /// Free before, held after.
      case acquire
      /// Held before, free after.
      case release
      /// Free before and after, held in between.
      case touch
      /// Held before and after.
      case require
      /// Held exclusively before and after, as an assertion says.
      case requireWriter
      /// Free or held after, nobody knows.
      case forget
    }
    let kind: Kind
    let lock: Value
    let family: Int
    let mode: LockMode
    let variant: LockVariant
    let flags: Value?
    /// Of an object that not even this function has a name for.
    var isOutOfSight = false
  }

  var rows: [Row] = []
  /// Too complex to follow: calls of it have no effect and make what follows unsure.
  var isVague = false
  /// No way through returns.
  var neverReturns: Bool { rows.isEmpty && !isVague }

  static let vague = Summary(rows: [], isVague: true)
}
