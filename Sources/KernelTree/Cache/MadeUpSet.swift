import Foundation
import GitKit

/// A made-up configuration with its generated headers, in the cache.
///
/// It is good for every version that answers the same questions in the same way: the same Kconfig
/// files, the same lists of system calls, and so on.
struct MadeUpSet: Sendable {
  /// The cache folder: `include/generated`, `arch/…/include/generated` and `options`.
  let folder: String
  /// Values by name, as Makefiles see them.
  let configuration: [String: String]
  /// Where the configuration comes from, for the user.
  let origin: String
  /// Paths of the headers below `folder`, sorted.
  let headers: [String]

  /// Finds the folder of a version, or makes it: about half a second for Linux 6.12.
  ///
  /// What the user has let the kernel itself prepare comes first.
  static func folder(
    of source: any TreeSource, architecture: Architecture, cache: CacheFolder
  ) throws -> String {
    let kind = "made-up-4-\(architecture.name)"
    for kind in [preparedKind(architecture), kind] {
      for known in cache.recent(kind).prefix(12)
      where try fits(known, source) && cache.isComplete(known) {
        return known
      }
    }
    let made = try make(from: source, architecture)
    return try cache.folder(kind, key: "\(ObjectID.blob(of: Array(made.questions.utf8)))") {
      try fill(
        $0, questions: made.questions, options: lines(of: made.options),
        made.texts.mapValues { Array($0.utf8) }, origin: "made up from the commit's own Kconfig")
    }
  }

  /// The kind of cache folder for what `make` has prepared.
  static func preparedKind(_ architecture: Architecture) -> String {
    "prepared-1-\(architecture.name)"
  }

  /// What a set is made from: one line a question, with the version's answer.
  static func questions(of source: any TreeSource, architecture: Architecture) throws -> String {
    try make(from: source, architecture).questions
  }

  private static func make(
    from source: any TreeSource, _ architecture: Architecture
  ) throws -> (questions: String, options: [ConfigurationOption], texts: [String: String]) {
    let recorder = RecordingSource(source)
    let options = try MadeUpConfiguration(of: recorder, architecture: architecture).options
    let texts = try MadeUpHeaders(of: recorder, architecture: architecture, options: options).texts
    let lines = recorder.questions.map { question, answer in
      "\(answer.map(\.description) ?? "-") \(question.line)\n"
    }
    return (lines.joined(), options, texts)
  }

  private static func lines(of options: [ConfigurationOption]) -> String {
    options.map { "\($0.name)=\($0.text.replacing("\n", with: " "))\n" }.joined()
  }

  /// What a header holds.
  func text(of path: String) -> [UInt8] {
    FileManager.default.contents(atPath: "\(folder)/\(path)").map { [UInt8]($0) } ?? []
  }

  /// The headers of `other` that differ from this set's, by their absolute path here.
  func differences(to other: MadeUpSet) -> [UnsavedFile] {
    if folder == other.folder { return [] }
    return Set(headers).union(other.headers).sorted().compactMap { path in
      let bytes = other.text(of: path)
      guard text(of: path) != bytes || !headers.contains(path) else { return nil }
      return UnsavedFile(path: "\(folder)/\(path)", bytes: bytes)
    }
  }

  /// Reads what the folder lists.
  init(_ folder: String) throws {
    guard let options = FileManager.default.contents(atPath: folder + "/options"),
      let headers = FileManager.default.contents(atPath: folder + "/headers"),
      let origin = FileManager.default.contents(atPath: folder + "/origin")
    else { throw KernelTreeError.cache(path: folder, reason: "it was deleted while in use") }
    self.folder = folder
    self.origin = String(decoding: origin, as: UTF8.self)
    self.headers = String(decoding: headers, as: UTF8.self).split(separator: "\n").map(String.init)
    var configuration: [String: String] = [:]
    for line in String(decoding: options, as: UTF8.self).split(separator: "\n") {
      guard let sign = line.utf8.firstIndex(of: UInt8(ascii: "=")) else { continue }
      configuration[String(line[..<sign])] = String(line[line.utf8.index(after: sign)...])
    }
    self.configuration = configuration
  }

  /// Writes a set into `folder`.
  ///
  /// - Parameters:
  ///   - options: a line `NAME=value` for each option that is set.
  ///   - texts: headers by path.
  static func fill(
    _ folder: String, questions: String, options: String, _ texts: [String: [UInt8]],
    origin: String
  ) throws {
    for (path, text) in texts {
      let place = "\(folder)/\(path)"
      try FileManager.default.createDirectory(
        atPath: TreePath.folder(of: place), withIntermediateDirectories: true)
      try CacheFolder.write(text, to: place)
    }
    let size = texts.values.reduce(questions.utf8.count + options.utf8.count) { $0 + $1.count }
    for (name, text) in [
      ("questions", questions), ("options", options), ("origin", origin), ("size", String(size)),
      ("headers", texts.keys.sorted().map { $0 + "\n" }.joined()),
    ] {
      try CacheFolder.write(Array(text.utf8), to: "\(folder)/\(name)")
    }
  }

  /// Whether a version answers all questions as the one did that the set was made from.
  private static func fits(_ folder: String, _ source: any TreeSource) throws -> Bool {
    guard let bytes = FileManager.default.contents(atPath: folder + "/questions") else {
      return false
    }
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, let question = TreeQuestion(line: parts[1]) else { return false }
      let answer = try question.answer(by: source)
      if answer.map(\.description) ?? "-" != parts[0] { return false }
    }
    return true
  }
}
