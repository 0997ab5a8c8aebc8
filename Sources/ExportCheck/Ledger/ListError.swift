/// A list of symbols from outside that cannot be used: which, where, and what was expected.
public struct ListError: Error, Equatable, Sendable, CustomStringConvertible {
  public var file: String
  /// Line from 1; nil when it is about the whole file.
  public var line: Int?
  /// A sentence without a full stop that begins in lower case.
  public var problem: String

  public var description: String {
    "\(file)\(line.map { ":\($0)" } ?? ""): \(problem)"
  }
}
