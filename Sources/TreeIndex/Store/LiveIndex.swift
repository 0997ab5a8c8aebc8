internal import Synchronization

/// An index that is built again when a part of its file proves damaged.
///
/// Blocks of a file are checked when they are first used, so damage may show in the middle of a
/// review; the question that met it is asked again.
public struct LiveIndex: Sendable {
  private let store: IndexStore
  private let rebuild: @Sendable () throws(IndexError) -> TreeIndex
  private let current: State

  private final class State: Sendable {
    let index: Mutex<TreeIndex>
    init(_ index: TreeIndex) { self.index = Mutex(index) }
  }

  /// - Parameters:
  ///   - store: Where the index came from.
  ///   - rebuild: Makes it anew after its damaged file was taken away.
  public init(
    _ index: TreeIndex, store: IndexStore,
    rebuild: @escaping @Sendable () throws(IndexError) -> TreeIndex
  ) {
    self.store = store
    self.rebuild = rebuild
    current = State(index)
  }

  /// The answer of `question`.
  ///
  /// - Throws: What building again throws, or `damaged` when the new file is no better.
  public func ask<Answer>(_ question: (TreeIndex) throws(IndexError) -> Answer)
    throws(IndexError) -> Answer
  {
    do throws(IndexError) {
      return try question(current.index.withLock { $0 })
    } catch {
      guard case .damaged = error else { throw error }
      store.discard(after: error)
      let fresh = try rebuild()
      current.index.withLock { $0 = fresh }
      return try question(fresh)
    }
  }
}
