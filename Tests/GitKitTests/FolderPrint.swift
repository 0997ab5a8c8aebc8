import Foundation
import GitKit

/// Every name and byte below a folder, the repository's own files included, to compare later.
struct FolderPrint: Equatable {
  private(set) var entries: [String: String] = [:]

  init(_ folder: String) throws {
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
    for name in names {
      let path = folder + "/" + name
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      switch attributes[.type] as? FileAttributeType {
      case .typeDirectory: entries[name] = "folder"
      case .typeSymbolicLink:
        entries[name] =
          "link to " + (try FileManager.default.destinationOfSymbolicLink(atPath: path))
      default:
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        let mode = attributes[.posixPermissions] as? Int ?? 0
        entries[name] = "\(ObjectID.blob(of: bytes)) \(String(mode, radix: 8))"
      }
    }
  }
}
