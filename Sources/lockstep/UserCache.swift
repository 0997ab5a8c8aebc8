import Foundation

/// The folder in which this user's runs keep what they have made up or indexed.
enum UserCache {
  /// By the XDG base directory specification; nil where there is none that can be written.
  static var directory: String? {
    let environment = ProcessInfo.processInfo.environment
    let home = environment["HOME"].map { $0 + "/.cache" }
    let caches = environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home
    guard let folder = caches.map({ $0 + "/lockstep" }) else { return nil }
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch {
      return nil
    }
    return FileManager.default.isWritableFile(atPath: folder) ? folder : nil
  }
}
