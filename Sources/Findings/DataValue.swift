/// A value of a finding's `data`, as JSON has them.
public enum DataValue: Sendable, Equatable, Codable {
  case string(String)
  case integer(Int)
  case number(Double)
  case bool(Bool)
  case array([DataValue])
  case object([String: DataValue])

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([DataValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: DataValue].self))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .string(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .bool(let value): try container.encode(value)
    case .array(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }
}

extension DataValue: ExpressibleByStringLiteral {
  public init(stringLiteral value: String) { self = .string(value) }
}
