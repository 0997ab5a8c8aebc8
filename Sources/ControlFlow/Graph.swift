public import CSyntax

/// The control-flow graph of one function.
///
/// `&&`, `||`, `?:`, statement expressions, `asm goto` and the clean-ups at the end of scopes are
/// edges and instructions of the graph, so that what remains inside an instruction is evaluated
/// straight through.
public struct Graph: Sendable {
  /// Index of a block.
  public typealias BlockID = Int

  /// One step inside a block.
  public enum Instruction: Sendable {
    /// Evaluates an expression; its value is kept under `into` where that is given.
    ///
    /// Parts that were bound before (the result of a `?:`, say) are not evaluated again.
    case evaluate(ExpressionID, into: ExpressionID?)
    /// Keeps a number as the value of an expression: the outcome of `&&` and `||`.
    case bind(ExpressionID, Int64)
    /// A local variable begins to live; its initialiser is evaluated.
    case declare(VariableID)
    /// The clean-up function of a variable runs because its scope ends.
    case cleanUp(VariableID, Place)
    /// The value that the function returns is evaluated.
    case result(ExpressionID)
  }

  /// How a block ends.
  public enum Terminator: Sendable {
    case jump(BlockID)
    /// Evaluates a condition and goes on to one of two blocks.
    case branch(ExpressionID, then: BlockID, otherwise: BlockID)
    /// Evaluates a value and goes on to the case that holds it.
    case `switch`(ExpressionID, cases: [Case], otherwise: BlockID)
    /// Goes on to any of the blocks.
    case any([BlockID])
    /// Leaves the function, at a `return` or at the closing brace.
    case leave(Place)
    /// Never gets here.
    case stop
  }

  /// The values of one `case` label.
  public struct Case: Sendable {
    public let values: ClosedRange<Int64>
    public let block: BlockID
  }

  /// Straight-line code.
  public struct Block: Sendable {
    public var instructions: [Instruction] = []
    public var terminator: Terminator = .stop
    /// Where the block begins; for loops the place of the statement.
    public var place: Place = .none
    /// Where a round of a loop ends with this block: at a `continue`, or at the end of the body.
    public var roundEnd: RoundEnd?
  }

  /// The end of a round of a loop.
  public struct RoundEnd: Sendable {
    public let place: Place
    /// The block that each round begins with.
    public let loop: BlockID
  }

  public internal(set) var blocks: [Block] = []
  /// The block that control enters first.
  public var entry: BlockID { 0 }

  /// The blocks that may follow block `id`.
  public func successors(of id: BlockID) -> [BlockID] {
    switch blocks[id].terminator {
    case .jump(let next): [next]
    case .branch(_, let then, let otherwise): [then, otherwise]
    case .switch(_, let cases, let otherwise): cases.map(\.block) + [otherwise]
    case .any(let targets): targets
    case .leave, .stop: []
    }
  }
}
