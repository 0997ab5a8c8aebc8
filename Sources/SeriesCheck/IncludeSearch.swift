internal import CSyntax
internal import Findings

/// Finds out whether a tree surely lacks an included header.
struct IncludeSearch {
  private let tree: any TreeKnowledge

  init(_ tree: any TreeKnowledge) { self.tree = tree }

  /// True when none of the places where the compiler looks has the header and nothing generates it.
  ///
  /// Silent wherever a place cannot be told: headers of an architecture, generated ones, and
  /// folders that a Makefile adds by a variable.
  func lacks(_ include: IncludeItem, from path: String) -> Bool {
    let name = include.path.split(separator: "/").last.map(String.init) ?? include.path
    guard name.hasSuffix(".h") || name.hasSuffix(".c"), !isGenerated(include.path) else {
      return false
    }
    let folder = path.split(separator: "/").dropLast().joined(separator: "/")
    if include.isSystem {
      // Only names that nobody but include/ has; the tree must be a kernel at all.
      guard include.path.hasPrefix("linux/"), tree.text(of: "include/linux/kernel.h") != nil,
        !path.hasPrefix("tools/"), !path.hasPrefix("scripts/")
      else { return false }
    }
    var places = ["include", "include/uapi"]
    if !include.isSystem { places.append(folder) }
    if path.hasPrefix("arch/") {
      let own = path.dropFirst(5).prefix { $0 != "/" }
      places += ["arch/\(own)/include", "arch/um/include", "arch/um/include/shared"]
    }
    guard let added = MakefileFolders.added(to: folder, tree) else { return false }
    places += added
    for place in places {
      let file = Self.join(place, include.path)
      if tree.text(of: file) != nil || tree.text(of: file + "_shipped") != nil { return false }
    }
    return !isMade(name, in: folder) && !places.contains { isMade(name, in: $0) }
  }

  private func isGenerated(_ path: String) -> Bool {
    path.hasPrefix("asm/") || path.hasPrefix("generated/") || path.contains("asm-offsets")
      || ["linux/version.h", "linux/compile.h", "linux/utsrelease.h"].contains(path)
      || path.hasSuffix(".asn1.h") || path.hasPrefix("dt-bindings/")
  }

  /// True when the folder's Makefile speaks of the header, and so may make it.
  private func isMade(_ name: String, in folder: String) -> Bool {
    ["Makefile", "Kbuild"].contains {
      tree.text(of: Self.join(folder, $0))?.contains(name) ?? false
    }
  }

  /// `folder/path` with `.` and `..` resolved.
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
