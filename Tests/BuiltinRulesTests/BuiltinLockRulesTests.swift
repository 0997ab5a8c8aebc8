import BuiltinRules
import Testing

@Suite("The built-in rules about locks")
struct BuiltinLockRulesTests {
  let rules = LockRules.builtin

  func only(_ function: String) throws -> LockOperation {
    let operations = try #require(rules.operations[function])
    #expect(operations.count == 1)
    return operations[0]
  }

  @Test("Saving and restoring of interrupts")
  func irqsave() throws {
    let lock = try only("_raw_spin_lock_irqsave")
    #expect(lock.action == .acquire)
    #expect(lock.spokenName == "spin_lock_irqsave")
    #expect(lock.variant == .irqsave)
    #expect(lock.token == .result)
    #expect(lock.lock == LockPath(root: .argument(0), steps: [.dereference]))
    let unlock = try #require(rules.release(of: lock))
    #expect(unlock.function == "spin_unlock_irqrestore")
    #expect(unlock.token == .argument(1))
  }

  @Test(
    "The remedy is the release that people write",
    arguments: [
      ("spin_lock", "spin_unlock"), ("_raw_spin_lock_irq", "spin_unlock_irq"),
      ("mutex_lock_nested", "mutex_unlock"), ("down_write", "up_write"),
      ("rtnl_lock", "rtnl_unlock"), ("rcu_read_lock", "rcu_read_unlock"),
      ("preempt_disable", "preempt_enable"), ("read_lock", "read_unlock"),
    ])
  func remedy(taken: String, released: String) throws {
    let lock = try #require(rules.operations[taken]?.first)
    #expect(try #require(rules.release(of: lock)).spokenName == released)
  }

  @Test("A wrapper's lock is the member that other code names")
  func member() throws {
    let lock = try only("inode_lock_shared")
    #expect(lock.mode == .shared)
    #expect(
      lock.lock == LockPath(root: .argument(0), steps: [.dereference, .member("i_rwsem")]))
    let direct = try only("down_read")
    #expect(lock.family == direct.family)
    #expect(try #require(rules.release(of: lock)).function == "inode_unlock_shared")
  }

  @Test(
    "What the result means",
    arguments: [
      ("mutex_lock_nested", LockOutcome.always, true),
      ("mutex_lock_interruptible_nested", .zero, true),
      ("mutex_trylock", .nonzero, false),
      ("down_trylock", .zero, false),
      ("down_read_trylock", .nonzero, false),
      ("_atomic_dec_and_lock", .nonzero, false),
      ("lockref_put_or_lock", .zero, false),
      ("filemap_grab_folio", .notError, true),
    ])
  func outcomes(function: String, outcome: LockOutcome, sleeps: Bool) throws {
    let operation = try only(function)
    #expect(operation.outcome == outcome)
    #expect(operation.sleeps == sleeps)
  }

  @Test("A lock that an argument points to a pointer to; the mapping that comes with it is none")
  func storedLock() throws {
    let operation = try only("__pte_offset_map_lock")
    #expect(rules.families[operation.family].name == "spin")
    #expect(operation.lock == LockPath(root: .argument(3), steps: [.dereference, .dereference]))
    #expect(operation.outcome == .nonnull)
    #expect(rules.operations["pte_offset_map"] == nil)
    #expect(rules.operations["pte_unmap"] == nil)
  }

  @Test("Without a context, taking a ww_mutex cannot fail")
  func conditions() throws {
    let operations = try #require(rules.operations["ww_mutex_lock"])
    #expect(operations.map(\.outcome) == [.always, .zero])
    #expect(operations.map { $0.condition?.isNegated } == [false, true])
  }

  @Test("Globals, bits, contexts")
  func roots() throws {
    #expect(try only("rtnl_lock").lock == LockPath(root: .global("rtnl_mutex")))
    #expect(
      try only("bit_spin_lock").lock
        == LockPath(root: .argument(1), steps: [.dereference], index: 0))
    #expect(try only("__local_bh_disable_ip").lock == LockPath(root: .context))
    let irq = try #require(rules.contextFamily(of: .irqsave))
    #expect(rules.families[irq].name == "local_irq")
    #expect(rules.contextFamily(of: .irq) == irq)
    #expect(rules.contextFamily(of: .plain) == nil)
  }

  @Test("Every acquire has its release, or is one of those that something else undoes")
  func pairs() {
    let withoutOwn = rules.operations.values.joined().filter {
      $0.action == .acquire && $0.rank == 0 && rules.release(of: $0) == nil
    }
    for operation in withoutOwn {
      // A lock found through the result, or under another name, is released as a plain lock.
      let plain = rules.operations.values.joined().contains {
        $0.action == .release && $0.family == operation.family && $0.mode == operation.mode
          && ($0.variant == operation.variant || operation.variant == .plain)
      }
      #expect(plain, "\(operation.function) is never released")
    }
  }

  @Test("Names are sorted into one role")
  func roles() {
    for name in rules.operations.keys {
      #expect(!rules.transparentCalls.contains(name), "\(name)")
      #expect(rules.identities[name] == nil, "\(name)")
      #expect(!rules.neverReturn.contains(name), "\(name)")
    }
  }
}
