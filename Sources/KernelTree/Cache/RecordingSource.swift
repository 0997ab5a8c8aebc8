import GitKit
import Synchronization

/// Notes what is asked of a tree, so that the answer can be kept until one of them changes.
final class RecordingSource: TreeSource {
  private let source: any TreeSource
  private let notes = Mutex<[TreeQuestion: ObjectID?]>([:])

  init(_ source: any TreeSource) { self.source = source }

  /// Everything that was asked, with what the tree answered, sorted.
  var questions: [(question: TreeQuestion, answer: ObjectID?)] {
    notes.withLock { $0 }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  func read(_ path: String) throws -> [UInt8]? {
    try note(.file(path))
    return try source.read(path)
  }

  func blobID(of path: String) throws -> ObjectID? {
    try note(.file(path))
    return try source.blobID(of: path)
  }

  func list(_ path: String) throws -> [String] {
    try note(.names(path))
    return try source.list(path)
  }

  func files(below path: String) throws -> [(path: String, id: ObjectID)] {
    try note(.folder(path))
    return try source.files(below: path)
  }

  func treeID(of path: String) throws -> ObjectID? {
    try note(.folder(path))
    return try source.treeID(of: path)
  }

  private func note(_ question: TreeQuestion) throws {
    let answer = try question.answer(by: source)
    notes.withLock { $0[question] = .some(answer) }
  }
}

/// Something that can be asked of a tree and whose answer has an id.
enum TreeQuestion: Hashable, Comparable, Sendable {
  /// The content of a file.
  case file(String)
  /// The names in a folder.
  case names(String)
  /// Everything below a folder.
  case folder(String)

  /// An id that changes with the answer; nil when there is no such file.
  func answer(by source: any TreeSource) throws -> ObjectID? {
    switch self {
    case .file(let path): return try source.blobID(of: path)
    case .names(let path):
      return ObjectID.blob(of: Array(try source.list(path).joined(separator: "\n").utf8))
    case .folder(let path):
      if let id = try source.treeID(of: path) { return id }
      return ObjectID.blob(
        of: try source.files(below: path).flatMap { Array($0.path.utf8) + [0] + $0.id.bytes })
    }
  }

  /// One line: a letter and the path.
  var line: String {
    switch self {
    case .file(let path): "f \(path)"
    case .names(let path): "n \(path)"
    case .folder(let path): "d \(path)"
    }
  }

  init?(line: some StringProtocol) {
    let path = String(line.dropFirst(2))
    switch line.first {
    case "f": self = .file(path)
    case "n": self = .names(path)
    case "d": self = .folder(path)
    default: return nil
    }
  }
}
