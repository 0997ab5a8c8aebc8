/// What the lock check knows of the kernel's locks: the contents of `locks.yaml` as values.
///
/// The names are those of functions as they stand in the syntax tree after preprocessing
/// (`_raw_spin_lock_irqsave`), beside the macros that messages use (`spin_lock_irqsave`). The
/// analysis stops at a function that `operations` or `transparentCalls` names.
public struct LockRules: Sendable, Equatable {
  /// The kinds of locks; `LockOperation.family` is an index into them.
  public var families: [LockFamily] = []
  /// What a call does to locks, by name of the called function, in order.
  ///
  /// Nearly always one operation; two where a call takes two locks, or where an argument decides.
  public var operations: [String: [LockOperation]] = [:]
  /// Functions that return (a pointer into) the object of one of their arguments: name → index.
  ///
  /// `spinlock_check(l)` is `l`.
  public var identities: [String: Int] = [:]
  /// Members that stand for the object they lie in when they end or pass through a lock's path.
  ///
  /// `&l->rlock` and `&l->dep_map` are the lock `l`.
  public var transparentMembers: Set<String> = []
  /// Functions with no lasting effect on any lock, into which the analysis need not look.
  public var transparentCalls: Set<String> = []
  /// Functions without an effect whose result depends on their arguments alone, as far as a function
  /// that uses it twice may rely on it.
  ///
  /// `smp_processor_id()` is the same at both ends of a section that stays on its CPU.
  public var pureCalls: Set<String> = []
  /// Functions whose result is an even number, as of the sequence count that a reader begins with.
  public var evenResults: Set<String> = []
  /// Variables of the kernel that are taken to be set.
  public var setVariables: Set<String> = []
  /// Words in names of functions that may return with a lock.
  public var takingWords: Set<String> = []
  /// Words in names of members that note who holds a lock, or how often.
  public var holdingWords: Set<String> = []
  /// Results that say that the lock is left to a completion.
  public var completionResults: Set<Int64> = []
  /// Macros whose expansion does nothing to locks, whatever calls it is made of.
  ///
  /// A statement that is only such a macro can be left out.
  public var transparentMacros: Set<String> = []
  /// Macros whose argument is not expected to be true.
  public var warningMacros: Set<String> = []
  /// Paths of files that break the rules on purpose, as tests of the locks themselves do.
  public var unjudgedFiles: Set<String> = []
  /// Claims about locks, by name of the macro or function that makes them.
  public var assertions: [String: LockAssertion] = [:]
  /// Functions whose result tells whether a lock is held, by name.
  public var queries: [String: LockQuery] = [:]
  /// Sparse's annotations around a declarator, by name.
  public var annotations: [String: LockAnnotation] = [:]
  /// Functions that never return; a path ends there.
  public var neverReturn: Set<String> = []
  /// Macros and functions that tell whether sleeping is allowed here.
  public var contextQueries: Set<String> = []
  /// Functions that may sleep, whatever their arguments are.
  public var sleepers: Set<String> = []
  /// Functions that may sleep when an argument allows it: name → index of its GFP flags.
  ///
  /// A negative index counts from the last argument, which is −1.
  public var allocators: [String: Int] = [:]
  /// Bits of GFP flags of which one set means that the allocation may sleep.
  public var gfpMaySleep: Int64 = 0

  /// Rules that know nothing.
  public init() {}

  /// Reads rules from the text of a YAML document whose schema `locks.yaml` describes.
  ///
  /// - Parameters:
  ///   - yaml: The document.
  ///   - file: Its path, for messages.
  /// - Throws: `RulesError` with the line and what was expected there.
  public init(yaml: String, file: String) throws(RulesError) {
    self = try LockRules().adding(yaml: yaml, file: file)
  }

  /// These rules with those of another document added.
  ///
  /// What the document says of a function replaces everything known of that function as an
  /// operation; a family of the same name is extended, and the properties it gives are replaced.
  public func adding(yaml: String, file: String) throws(RulesError) -> LockRules {
    var reader = LockRulesReader(adding: self)
    try reader.read(try RulesNode(yaml: yaml, file: file))
    return reader.rules
  }

  /// The family whose state the operations of `variant` change beside their lock, or nil.
  public func contextFamily(of variant: LockVariant) -> Int? {
    families.firstIndex { $0.variants.contains(variant) }
  }

  /// The operation that ends what `operation` began: of the same family, mode and variant.
  ///
  /// Names the remedy in a message; nil when the family has none. O(n) in the operations.
  public func release(of operation: LockOperation) -> LockOperation? {
    guard operation.action == .acquire else { return nil }
    return operations.values.joined()
      .filter {
        $0.action == .release && $0.family == operation.family && $0.mode == operation.mode
          && $0.variant == operation.variant && $0.lock == operation.lock
      }
      .min { ($0.rank, $0.position, $0.function) < ($1.rank, $1.position, $1.function) }
  }
}
