/// A line and column of a file, both counted from 1; `Place.none` where nothing is known.
public struct Place: BitwiseCopyable, Hashable, Sendable, Comparable {
  public var line: Int32
  public var column: Int32

  public init(line: Int32, column: Int32) {
    self.line = line
    self.column = column
  }

  /// No place.
  public static let none = Place(line: 0, column: 0)

  public static func < (left: Place, right: Place) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}
