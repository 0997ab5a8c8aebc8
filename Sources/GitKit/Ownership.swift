internal import CLibgit2
internal import Foundation

/// Whether git would open a repository that lies in somebody else's folder.
///
/// libgit2 1.5 has this check, but it does not know `safe.directory = *`, which containers use.
struct Ownership {
  let environment: [String: String]

  /// - Parameters:
  ///   - name: the path that `safe.directory` must name, the work tree's or else the repository's.
  ///   - folders: what must be the user's own otherwise.
  func allows(_ name: String, folders: [String]) -> Bool {
    folders.allSatisfy(isOwned) || isDeclaredSafe(name)
  }

  /// Whether the folder is the user's own; behind `sudo` also that of the user who called it.
  private func isOwned(_ folder: String) -> Bool {
    guard let owner = DiskFolder.owner(of: folder) else { return false }
    if owner == geteuid() { return true }
    return geteuid() == 0 && environment["SUDO_UID"].flatMap { UInt32($0) } == owner
  }

  private func isDeclaredSafe(_ name: String) -> Bool {
    let path = Self.resolved(name)
    var isSafe = false
    for value in declarations {
      switch value {
      case "": isSafe = false
      case "*": isSafe = true
      case _ where value.hasSuffix("/*"):
        isSafe = isSafe || path.hasPrefix(Self.resolved(String(value.dropLast(2))) + "/")
      default: isSafe = isSafe || path == Self.resolved(value)
      }
    }
    return isSafe
  }

  /// The values of `safe.directory` that the repository itself cannot have set: the system's, the
  /// user's, and those of `git -c`.
  private var declarations: [String] {
    var values: [String] = []
    var configuration: OpaquePointer?
    if git_config_open_default(&configuration) == 0 {
      defer { git_config_free(configuration) }
      _ = withUnsafeMutablePointer(to: &values) { values in
        git_config_get_multivar_foreach(
          configuration, "safe.directory", nil,
          { entry, values in
            values!.assumingMemoryBound(to: [String].self).pointee
              .append(String(gitString: entry!.pointee.value))
            return 0
          }, values)
      }
    }
    let count = environment["GIT_CONFIG_COUNT"].flatMap { Int($0) } ?? 0
    for index in 0..<min(max(count, 0), 1000)
    where environment["GIT_CONFIG_KEY_\(index)"]?.lowercased() == "safe.directory" {
      values.append(environment["GIT_CONFIG_VALUE_\(index)"] ?? "")
    }
    return values
  }

  private static func resolved(_ path: String) -> String {
    let expanded = NSString(string: path).expandingTildeInPath
    return URL(fileURLWithPath: expanded).resolvingSymlinksInPath().path
  }
}
