internal import Foundation
import GitKit
internal import Mail

/// `.lockstep.conf` in the root of a tree, in the syntax of git's configuration files.
public enum ConfigurationFile {
  public static let name = ".lockstep.conf"

  /// The file that counts for a request; nil where there is none.
  ///
  /// For mails it is that of the commit that they are applied on: whoever sends a patch does not
  /// decide how it is reviewed. Else it is the user's own, on disk.
  public static func bytes(for request: ReviewRequest) -> [UInt8]? {
    switch request.subject {
    case .mails(let mails):
      guard let reader = try? SeriesReader(directory: request.directory),
        let series = try? reader.series(mails: mails, base: request.base)
      else { return nil }
      return (try? series.base?.read(name)) ?? nil
    case .range, .staged, .worktree:
      guard let repository = try? Repository(at: request.directory) else { return nil }
      guard let root = repository.workTreeRoot else {
        return (try? repository.headTree()?.read(name)) ?? nil
      }
      return contents(of: root + name)
    case .files, .text:
      guard let root = try? ScanSubject(request).root else { return nil }
      return contents(of: root + "/" + name)
    }
  }

  private static func contents(of file: String) -> [UInt8]? {
    // A pipe or a device would keep us waiting.
    let attributes = try? FileManager.default.attributesOfItem(atPath: file)
    guard attributes?[.type] as? FileAttributeType == .typeRegular else { return nil }
    return FileManager.default.contents(atPath: file).map { [UInt8]($0) }
  }
}
