/// A variable that a unit's functions mention.
public struct Variable: BitwiseCopyable, Sendable, Equatable {
  /// Where it lives.
  public enum Storage: UInt8, BitwiseCopyable, Sendable {
    case local
    case parameter
    /// Of the file or of another one.
    case global
    /// `static` inside a function.
    case staticLocal
  }

  public var storage: Storage
  public var type: Expression.ValueType
  /// An array, whose name is its address.
  public var isArray: Bool
  /// Fills a gap, so that equal values have equal bytes.
  private let gap: UInt8 = 0
  /// Name.
  public var name: Int32
  /// Spelling of its type.
  public var typeName: Int32
  /// Initialiser, or −1.
  public var initializer: Int32
  /// Function that `__attribute__((cleanup(f)))` runs on it at the end of its scope, or −1.
  public var cleanup: Int32
  public var place: Place

  public init(
    storage: Storage, type: Expression.ValueType, isArray: Bool = false, name: Int32,
    typeName: Int32, initializer: Int32 = -1, cleanup: Int32 = -1, place: Place = .none
  ) {
    self.storage = storage
    self.type = type
    self.isArray = isArray
    self.name = name
    self.typeName = typeName
    self.initializer = initializer
    self.cleanup = cleanup
    self.place = place
  }
}
