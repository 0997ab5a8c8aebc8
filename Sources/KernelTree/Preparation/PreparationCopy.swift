import Foundation
import GitKit

/// The part of a kernel tree that `make prepare` reads.
struct PreparationCopy {
  let source: any TreeSource
  let architecture: Architecture

  /// Folders that are needed as a whole; of the others only what describes the build.
  private var wholeFolders: Set<String> {
    [
      "scripts", "tools", "include", "kernel", "lib", "init", "usr", "certs", "rust", "security",
    ]
  }

  /// Writes the files below `root`, which is made.
  func write(to root: String) throws {
    var folders: Set<String> = []
    for file in try source.files(below: "") where isNeeded(file.path) {
      guard let bytes = try source.read(file.path) else { continue }
      let folder = root + "/" + TreePath.folder(of: file.path)
      if folders.insert(folder).inserted {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true)
      }
      let place = root + "/" + file.path
      try CacheFolder.write(bytes, to: place)
      // Kconfig and Makefiles call scripts by name.
      if bytes.starts(with: "#!".utf8) { chmod(place, 0o755) }
    }
  }

  private func isNeeded(_ path: String) -> Bool {
    let parts = path.split(separator: "/", maxSplits: 2)
    if parts.count == 1 || wholeFolders.contains(String(parts[0])) { return true }
    if parts[0] == "arch", parts.count > 2, parts[1] == architecture.name { return true }
    let name = TreePath.name(of: path)
    return ["Kconfig", "Makefile", "Kbuild"].contains { name.hasPrefix($0) }
  }
}
