internal import CSyntax

/// Kinds of functions that look alike everywhere because they have to.
enum Idiom: Sendable {
  /// A `switch` that turns one set of values into another.
  case mapping
  /// A callback that a driver model asks for: probe, suspend, show, module init, …
  case lifecycle
  /// One statement, or one call under a lock.
  case wrapper

  /// The idiom of `subject`, or nil when it has a shape of its own.
  init?(_ subject: Subject) {
    let shape = Shape(subject)
    if shape.cases >= 3, shape.cases * 9 > subject.count - 12 {
      self = .mapping
    } else if shape.statements <= 1 || (shape.calls <= 3 && shape.branches == 0) {
      self = .wrapper
    } else if Self.isLifecycle(subject) {
      self = .lifecycle
    } else {
      return nil
    }
  }

  /// What a function's tokens count up to.
  private struct Shape {
    var cases = 0
    var statements = 0
    var calls = 0
    var branches = 0

    init(_ subject: Subject) {
      for token in subject.form.tokens {
        if token.role == .callee { calls += 1 }
        switch TokenKind(rawValue: token.shape) {
        case .case: cases += 1
        case .semicolon: statements += 1
        case .if, .for, .while, .switch, .goto: branches += 1
        default: break
        }
      }
    }
  }

  private static let lifecycleWords: Set<String> = [
    "probe", "remove", "suspend", "resume", "init", "exit", "shutdown", "show", "store", "open",
    "release", "close", "start", "stop", "enable", "disable", "setup", "cleanup", "attach",
    "detach", "bind", "unbind", "register", "unregister", "unload", "load", "create", "destroy",
    "alloc", "free", "poll", "prepare", "unprepare", "poweroff", "startup", "connect",
    "disconnect", "ioctl", "mmap", "thaw", "freeze",
  ]

  private static func isLifecycle(_ subject: Subject) -> Bool {
    if subject.item.attributes.contains(where: { $0 == "__init" || $0 == "__exit" }) { return true }
    let words = subject.name.split(separator: "_").map(String.init)
    guard let last = words.last else { return false }
    return lifecycleWords.contains(last)
      || (words.first.map(lifecycleWords.contains) ?? false && words.count <= 3)
  }
}
