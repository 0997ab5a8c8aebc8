/// Paths as text: no file system is asked, and links are not followed.
enum TreePath {
  /// `path` without `.`, `..` and doubled slashes; nil when `..` leads out of the start.
  static func normalized(_ path: some StringProtocol) -> String? {
    var parts: [Substring] = []
    for part in path.split(separator: "/") {
      switch part {
      case ".": continue
      case "..": if parts.popLast() == nil { return nil }
      default: parts.append(Substring(part))
      }
    }
    return (path.first == "/" ? "/" : "") + parts.joined(separator: "/")
  }

  /// `path` seen from `folder` when it is relative, normalised; falls back to `path` as it is.
  static func absolute(_ path: some StringProtocol, in folder: String) -> String {
    let joined = path.first == "/" ? String(path) : folder + "/" + path
    return normalized(joined) ?? joined
  }

  /// The part before the last slash; "" for a file at the root.
  static func folder(of path: some StringProtocol) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return String(path[..<slash])
  }

  /// The part after the last slash.
  static func name(of path: some StringProtocol) -> String {
    guard let slash = path.lastIndex(of: "/") else { return String(path) }
    return String(path[path.index(after: slash)...])
  }

  /// `path` below `root`, or nil when it lies elsewhere; "" for the root itself.
  static func relative(_ path: String, to root: String) -> String? {
    if path == root { return "" }
    let prefix = root.hasSuffix("/") ? root : root + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : nil
  }

  /// The folder and the name, joined; either may be empty.
  static func joined(_ folder: String, _ name: some StringProtocol) -> String {
    folder.isEmpty ? String(name) : folder + "/" + name
  }
}
