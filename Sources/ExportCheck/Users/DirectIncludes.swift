internal import CSyntax
internal import Findings

/// The headers that a file includes itself, found in the tree by the usual places.
struct DirectIncludes {
  private let tree: any TreeKnowledge

  init(_ tree: any TreeKnowledge) { self.tree = tree }

  /// Paths of those that the tree has.
  func headers(of path: String, _ outline: Outline) -> [String] {
    outline.includes.compactMap { include in
      candidates(include, from: path).first { tree.text(of: $0) != nil }
    }
  }

  /// True when a header that `path` includes itself says `name`.
  func mention(_ name: String, from path: String) -> Bool {
    guard let text = tree.text(of: path) else { return false }
    return headers(of: path, Outline(text)).contains {
      tree.text(of: $0)?.contains(name) ?? false
    }
  }

  private func candidates(_ include: IncludeItem, from path: String) -> [String] {
    let folder = TreePart.folder(path)
    var result: [String] = []
    if !include.isSystem { result.append(Self.join(folder, include.path)) }
    result += ["include/\(include.path)", "include/uapi/\(include.path)"]
    if path.hasPrefix("arch/"), let arch = path.split(separator: "/").dropFirst().first {
      result.append("arch/\(arch)/include/\(include.path)")
    }
    result.append("arch/x86/include/\(include.path)")
    return result
  }

  /// `folder/path` with `..` resolved.
  static func join(_ folder: String, _ path: String) -> String {
    var parts = folder.split(separator: "/").map(String.init)
    for part in path.split(separator: "/") {
      if part == ".." {
        _ = parts.popLast()
      } else if part != "." {
        parts.append(String(part))
      }
    }
    return parts.joined(separator: "/")
  }
}
