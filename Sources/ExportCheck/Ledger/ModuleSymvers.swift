/// The symbols of a finished build, as modpost lists them in `Module.symvers`.
///
/// Reads today's columns (`CRC symbol module EXPORT_… namespace`), those of 5.4 (namespace before
/// the module) and those before (no namespace).
public struct ModuleSymvers: Sendable, Equatable {
  public struct Entry: Sendable, Equatable {
    public var symbol: String
    /// `vmlinux` or the module's path.
    public var module: String
    /// `EXPORT_SYMBOL` or `EXPORT_SYMBOL_GPL`.
    public var macro: String
    /// Nil without one.
    public var namespace: String?
    public var line: Int
  }

  /// In the order of the file.
  public private(set) var entries: [Entry] = []
  /// Lines that are no such entries, at most 20; the others were read all the same.
  public private(set) var faults: [ListError] = []

  /// Reads the text of a file, in O(n).
  ///
  /// - Throws: `ListError` when not one line is an entry.
  public init(_ text: String, file: String) throws(ListError) {
    var number = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      if line.allSatisfy(\.isWhitespace) { continue }
      if let entry = Self.entry(line, number) {
        entries.append(entry)
      } else if faults.count < 20 {
        faults.append(ListError(file: file, line: number, problem: Self.expected(line)))
      }
    }
    guard entries.isEmpty else { return }
    throw faults.first
      ?? ListError(
        file: file, line: nil,
        problem: "is empty; expected the Module.symvers that a build of the kernel leaves")
  }

  private static func entry(_ line: Substring, _ number: Int) -> Entry? {
    let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map {
      $0.filter { $0 != "\r" && $0 != "\"" }
    }
    guard fields.count >= 4, fields.count <= 5, fields[0].hasPrefix("0x"),
      UInt64(fields[0].dropFirst(2), radix: 16) != nil, !fields[1].isEmpty,
      let macro = fields.lastIndex(where: { $0.hasPrefix("EXPORT_") }), macro >= 3
    else { return nil }
    let isOld = macro == 4
    let namespace = isOld ? fields[2] : fields.count == 5 ? fields[4] : ""
    return Entry(
      symbol: fields[1], module: isOld ? fields[3] : fields[2], macro: fields[macro],
      namespace: namespace.isEmpty ? nil : namespace, line: number)
  }

  private static func expected(_ line: Substring) -> String {
    let found = line.prefix(40)
    return "expected ‘0xCRC<tab>symbol<tab>module<tab>EXPORT_SYMBOL…’, found "
      + "‘\(found)\(found.count < line.count ? "…" : "")’"
  }
}
