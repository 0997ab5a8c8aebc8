public import BuiltinRules
public import Findings

/// What a tree offers to modules: every exported symbol, where it is declared and who uses it.
///
/// From tokens alone, so it holds what any configuration exports. Codable as it is printed by
/// `lockstep exports --format json`.
public struct Ledger: Sendable, Codable, Equatable {
  /// Sorted by symbol, file and line.
  public var entries: [LedgerEntry]
  /// Export macros that could not be read.
  public var notes: [LedgerNote]

  /// A ledger of `entries` in any order.
  public init(_ entries: [LedgerEntry], notes: [LedgerNote] = []) {
    self.entries = entries.sorted {
      ($0.symbol, $0.file, $0.line) < ($1.symbol, $1.file, $1.line)
    }
    self.notes = notes.sorted { ($0.file, $0.line) < ($1.file, $1.line) }
  }

  /// Reads the ledger of a tree, in O(bytes of `paths`).
  ///
  /// - Parameters:
  ///   - paths: the files to read; those that are no source or lie in `tools/` and the like are
  ///     passed over. Files that do not say `EXPORT_` or `no_mangle` need not be among them.
  ///   - tree: tells declarations and users; nil leaves both unknown.
  ///   - jobs: how many files are read at once.
  ///   - bytes: the content of a path, nil when the tree lacks it.
  public static func read(
    _ paths: [String], knowing tree: (any TreeKnowledge)?, rules: ExportRules = .builtin,
    jobs: Int = 1, bytes: @escaping @Sendable (String) -> [UInt8]?
  ) async -> Ledger {
    let wanted = paths.filter {
      SourceKind(path: $0) != .other && !TreePart.isOutsideKernel($0)
    }
    let size = max(1, min(64, wanted.count / max(1, jobs)))
    let starts = Array(stride(from: 0, to: wanted.count, by: size))
    return await withTaskGroup(of: Ledger.self) { group in
      var next = 0
      func add() {
        guard next < starts.count else { return }
        let part = Array(wanted[starts[next]..<min(starts[next] + size, wanted.count)])
        next += 1
        group.addTask { LedgerReader(tree: tree, rules: rules, bytesOf: bytes).read(part) }
      }
      for _ in 0..<max(1, jobs) { add() }
      var entries: [LedgerEntry] = []
      var notes: [LedgerNote] = []
      for await part in group {
        entries += part.entries
        notes += part.notes
        add()
      }
      return Ledger(entries, notes: notes)
    }
  }
}

/// A line of the tree that the ledger could not use.
public struct LedgerNote: Sendable, Codable, Equatable {
  public var file: String
  public var line: Int
  public var message: String
}
