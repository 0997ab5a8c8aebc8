/// Which lock a call is about: a root and the members that lead from it to the lock.
///
/// Written in the rules as C is: `0` is the lock that argument 0 points to, `0->i_rwsem` a member
/// of what it points to, `*3` the lock to which a pointer that argument 3 points to points,
/// `result->siglock` starts from what the call returns, `rtnl_mutex` is a global.
public struct LockPath: Sendable, Equatable, Hashable {
  /// Where the path begins.
  public enum Root: Sendable, Equatable, Hashable {
    /// An argument, counted from 0.
    case argument(Int)
    /// What the call returns.
    case result
    /// A global variable.
    case global(String)
    /// No object: a state of the CPU or task.
    case context
  }

  /// One step from an object to a part of it.
  public enum Step: Sendable, Equatable, Hashable {
    /// `*`: from a pointer to what it points to.
    case dereference
    /// `.name`.
    case member(String)
  }

  public var root: Root
  /// From the root's value to the lock object itself; `->name` is a dereference and a member.
  public var steps: [Step]
  /// The argument that tells apart the locks of one object, such as the bit of `bit_spin_lock`.
  public var index: Int?

  public init(root: Root, steps: [Step] = [], index: Int? = nil) {
    self.root = root
    self.steps = steps
    self.index = index
  }
}
