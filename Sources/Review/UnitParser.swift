import CSyntax
import ClangKit
import GitKit
import KernelTree

/// Parses files of any version, each distinct text with distinct flags and headers once.
actor UnitParser {
  /// What came of a parse.
  struct Parsed: Sendable {
    /// Nil when the file could not be parsed at all.
    var unit: SyntaxUnit?
    /// Why not, or what the parser found wrong first.
    var reason: String
    /// Where the flags came from.
    var config = ""
    /// The id of all that went into the parse, where it is kept.
    var identity: ObjectID?
  }

  private struct Key: Hashable {
    let path: String
    let text: [UInt8]
    let setting: CompileSetting
  }

  private let pool: WorkerPool
  private let known: [String]
  private let kept: KeptParses?
  private var parses: [Key: Task<Parsed, Never>] = [:]
  /// The keys of `parses`, the oldest first.
  private var asked: [Key] = []

  /// A unit of a large file takes megabytes, and commits ask again for what was parsed lately.
  private static let memory = 64

  /// - Parameters:
  ///   - known: functions that need not be looked into, sorted.
  ///   - kept: parses of earlier runs.
  init(pool: WorkerPool, known: [String], kept: KeptParses?) {
    self.pool = pool
    self.known = known
    self.kept = kept
  }

  /// Where the parser finds macros that are set otherwise; there is no such file on disk.
  private static let turnFile = "/lockstep/turned.h"

  /// Parses `path` of one version of the tree.
  ///
  /// - Parameters:
  ///   - turn: macros to set otherwise than the configuration does.
  ///   - further: how many other versions of the file are asked for besides.
  func parse(
    _ path: String, text: [UInt8], in version: TreeVersion,
    _ turn: ConditionTurn = ConditionTurn(), further: Int = 0
  ) async -> Parsed {
    var setting: CompileSetting
    do {
      setting = try version.setting(for: path)
      if !turn.isEmpty {
        setting.arguments += ["-include", Self.turnFile]
        setting.unsavedFiles.append(
          UnsavedFile(path: Self.turnFile, bytes: Array(turn.lines.utf8)))
      }
    } catch {
      return Parsed(reason: "no flags: \(error)")
    }
    let key = Key(path: path, text: text, setting: setting)
    if let running = parses[key] { return await running.value }
    var request = ParseRequest(
      path: path, file: setting.mainFile, text: text, arguments: setting.arguments,
      workingDirectory: setting.workingDirectory,
      unsaved: setting.unsavedFiles.map { .init(file: $0.path, text: $0.bytes) }, known: known)
    request.further = further
    let task = Task { [pool, kept, request] in
      await Self.parse(request, pool, kept, setting, version)
    }
    parses[key] = task
    asked.append(key)
    if asked.count > Self.memory { parses[asked.removeFirst()] = nil }
    return await task.value
  }

  /// The parse that an earlier run kept, else a new one.
  private static func parse(
    _ request: ParseRequest, _ pool: WorkerPool, _ kept: KeptParses?, _ setting: CompileSetting,
    _ version: TreeVersion
  ) async -> Parsed {
    guard let kept else { return await parse(request, pool, config: setting.note) }
    let key = kept.key(path: request.path, text: request.text, setting: setting)
    func ids(_ files: [String]) -> [ObjectID?]? {
      try? version.contentIDs(of: files, in: setting)
    }
    if let entry = kept.find(key, ids: ids) {
      return Parsed(
        unit: entry.unit, reason: firstError(of: entry.unit), config: setting.note,
        identity: entry.identity)
    }
    var parsed = await parse(request, pool, config: setting.note)
    if let unit = parsed.unit { parsed.identity = kept.keep(unit, for: key, ids: ids) }
    return parsed
  }

  private static func parse(
    _ request: ParseRequest, _ pool: WorkerPool, config: String
  ) async -> Parsed {
    do throws(ParseError) {
      let unit = try await pool.parse(request)
      return Parsed(unit: unit, reason: firstError(of: unit), config: config)
    } catch {
      return Parsed(reason: error.description, config: config)
    }
  }

  private static func firstError(of unit: SyntaxUnit) -> String {
    guard let first = unit.diagnostics.first else { return "" }
    let more = unit.diagnostics.count > 1 ? " (and \(unit.diagnostics.count - 1) more)" : ""
    return "\(first.file):\(first.line): \(first.message)\(more)"
  }
}
