internal import CLibgit2
internal import Foundation

/// A text in the syntax of git's configuration files.
public enum ConfigurationText {
  /// Its values by key (`section.name`, in lower case); of a key given twice the last.
  ///
  /// Such a text may come from somebody else's branch, so it must not lead to other files: one that
  /// includes others is refused.
  ///
  /// - Throws: `failed` for a text that cannot be read.
  public static func values(of bytes: [UInt8]) throws(GitError) -> [String: String] {
    precondition(Libgit2.isReady, "libgit2 does not start")
    let task = "reading a configuration"
    let text = String(decoding: bytes, as: UTF8.self).lowercased()
    let includes = text.split(separator: "\n").contains { line in
      line.drop { $0 == " " || $0 == "\t" }.dropFirst().drop { $0 == " " }.hasPrefix("include")
        && line.contains("[")
    }
    if includes { throw .failed(task: task, reason: "it includes other files") }
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("lockstep-\(UUID().uuidString).conf")
    do { try Data(bytes).write(to: file) } catch {
      throw .failed(task: task, reason: error.localizedDescription)
    }
    defer { try? FileManager.default.removeItem(at: file) }
    var configuration: OpaquePointer?
    try Libgit2.check(git_config_open_ondisk(&configuration, file.path), while: task)
    defer { git_config_free(configuration) }
    var iterator: OpaquePointer?
    try Libgit2.check(git_config_iterator_new(&iterator, configuration), while: task)
    defer { git_config_iterator_free(iterator) }
    var values: [String: String] = [:]
    var entry: UnsafeMutablePointer<git_config_entry>?
    while git_config_next(&entry, iterator) == 0 {
      guard let entry = entry?.pointee else { continue }
      values[String(gitString: entry.name)] =
        entry.value == nil ? "true" : String(gitString: entry.value)
    }
    return values
  }
}
