import GitKit

/// Every header that a prepared tree has beside its own, made from a version's own files.
struct MadeUpHeaders: Sendable {
  /// Texts by path below the folder of generated headers.
  let texts: [String: String]

  /// - Parameter options: the configuration, sorted by name.
  init(
    of source: any TreeSource, architecture: Architecture, options: [ConfigurationOption]
  ) throws {
    let configuration = Dictionary(uniqueKeysWithValues: options.map { ($0.name, $0.text) })
    // Later ones win: what only the architecture knows stands over an empty header.
    var all = try AsmHeaders(
      source: source, architecture: architecture, configuration: configuration
    ).texts()
    all.merge(
      try ConstantHeaders(
        source: source, architecture: architecture, configuration: configuration
      ).texts(), uniquingKeysWith: { $1 })
    all.merge(
      try VdsoHeaders(source: source, architecture: architecture).texts(), uniquingKeysWith: { $1 })
    switch architecture.name {
    case "arm64": all.merge(try Arm64Headers(source: source).texts(), uniquingKeysWith: { $1 })
    case "x86": all.merge(try X86Headers(source: source).texts(), uniquingKeysWith: { $1 })
    default: break
    }
    all["include/generated/autoconf.h"] = Autoconf.header(of: options)
    texts = all
  }
}
