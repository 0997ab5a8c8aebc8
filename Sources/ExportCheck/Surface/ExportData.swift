internal import Findings

extension Export {
  /// What every finding about this export carries.
  var data: [String: DataValue] {
    var result: [String: DataValue] = [
      "symbol": .string(symbol), "macro": .string(macro), "gpl": .bool(isGPL),
    ]
    if let namespace { result["namespace"] = .string(namespace) }
    if !modules.isEmpty { result["modules"] = .array(modules.map(DataValue.string)) }
    return result
  }
}
