/// Strings by number, each stored once.
public struct StringTable: Sendable, Equatable {
  public private(set) var strings: [String] = []
  private var numbers: [String: Int32] = [:]

  public init() {}

  /// A table that holds `strings` under their indices.
  public init(_ strings: [String]) {
    self.strings = strings
    for (index, string) in strings.enumerated() { numbers[string] = Int32(index) }
  }

  /// The number of `string`, which is added when it is new.
  public mutating func intern(_ string: String) -> StringID {
    if let number = numbers[string] { return StringID(number) }
    let number = Int32(strings.count)
    strings.append(string)
    numbers[string] = number
    return StringID(number)
  }

  /// The number of `string`, or nil when the table lacks it.
  public func id(of string: String) -> StringID? { numbers[string].map { StringID($0) } }

  public subscript(id: StringID) -> String { strings[id.index] }
}
