import Foundation

/// All that is in a folder: names, contents, modes and times of change.
struct FolderImage: Equatable {
  private struct Entry: Equatable {
    var content: Data?
    var permissions: Int?
    var changed: Date?
  }

  private var entries: [String: Entry] = [:]

  init(_ path: String) throws {
    let manager = FileManager.default
    for name in manager.enumerator(atPath: path)?.allObjects as? [String] ?? [] {
      let attributes = try manager.attributesOfItem(atPath: path + "/" + name)
      entries[name] = Entry(
        content: attributes[.type] as? FileAttributeType == .typeRegular
          ? manager.contents(atPath: path + "/" + name) : nil,
        permissions: attributes[.posixPermissions] as? Int,
        changed: attributes[.modificationDate] as? Date)
    }
    precondition(!entries.isEmpty, "nothing is in \(path)")
  }
}
