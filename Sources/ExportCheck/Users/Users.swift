internal import Findings

/// Who uses a symbol, told by how far away they are built.
struct Users: Sendable {
  /// Where a use lies as seen from the symbol's home.
  enum Distance: Sendable, Equatable {
    /// The file that defines the symbol.
    case ownFile
    /// Another file of the same module.
    case ownModule
    /// Part of the kernel image.
    case builtIn
    /// Another module.
    case module(String)
    /// A header: whoever includes it.
    case header
    /// Nothing says how the file is built.
    case unknown
  }

  struct Site: Sendable, Equatable {
    var use: SymbolUse
    var distance: Distance
  }

  /// The module of the defining file; nil when it is built in or unknown.
  var homeModule: String?
  /// Sorted by file and line.
  var sites: [Site]
  var reach: Reach

  /// How far the search went.
  enum Reach: Sendable, Equatable {
    case wholeTree
    /// Only the folders of the changed files.
    case folders
    /// The whole tree, but macros make the names, so words do not tell who uses it.
    case madeNames
  }

  /// True when what was not found is not there.
  var isComplete: Bool { reach == .wholeTree }

  /// Uses in other files.
  var outside: [Site] { sites.filter { $0.distance != .ownFile } }

  /// Other files with a use, sorted, each once.
  var outsideFiles: [String] {
    var files: [String] = []
    for site in outside where files.last != site.use.file { files.append(site.use.file) }
    return files
  }

  /// True when there are users outside the file and all are files of the same module.
  var areInOwnModule: Bool {
    !outside.isEmpty && outside.allSatisfy { $0.distance == .ownModule }
  }

  /// True when there are users outside the file and all are part of the kernel image, or of the
  /// same module.
  var areNotModular: Bool {
    !outside.isEmpty
      && outside.allSatisfy { $0.distance == .ownModule || $0.distance == .builtIn }
  }

  /// Names of other modules with a use, sorted, each once.
  var modules: [String] {
    Set(
      outside.compactMap {
        if case .module(let name) = $0.distance { name } else { nil }
      }
    ).sorted()
  }

  /// The first `limit` files in words: `a.c, b.c and 3 more files`.
  func spokenFiles(limit: Int = 3) -> String { Self.spoken(outsideFiles, "file", limit: limit) }

  /// `a, b and 3 more files`.
  static func spoken(_ names: [String], _ noun: String, limit: Int = 3) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    if names.count > limit {
      let rest = names.count - limit
      return names.prefix(limit).joined(separator: ", ")
        + " and \(rest) more \(noun)\(rest == 1 ? "" : "s")"
    }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }

  /// Places for `Finding.related`, one a file, at most `limit`.
  func related(limit: Int = 5) -> [Finding.Related] {
    var result: [Finding.Related] = []
    for site in outside where result.last?.file != site.use.file && result.count < limit {
      result.append(
        Finding.Related(
          file: site.use.file, line: site.use.line, function: site.use.function,
          message: "used here"))
    }
    return result
  }
}
