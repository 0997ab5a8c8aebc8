/// What a path of the tree holds, by its name.
enum SourceKind: Sendable {
  case c
  case header
  case assembly
  case rust
  case other

  init(path: String) {
    if path.hasSuffix(".c") {
      self = .c
    } else if path.hasSuffix(".h") {
      self = .header
    } else if path.hasSuffix(".S") {
      self = .assembly
    } else if path.hasSuffix(".rs") {
      self = .rust
    } else {
      self = .other
    }
  }
}

/// What a path says of who may see a header or use a symbol.
enum TreePart {
  /// A header that any module may include, in its source form.
  static func isPublicHeader(_ path: String) -> Bool {
    guard SourceKind(path: path) == .header else { return false }
    return path.hasPrefix("include/") || path.contains("/include/")
  }

  /// Programs and texts that are no part of the kernel or its modules.
  static func isOutsideKernel(_ path: String) -> Bool {
    ["tools/", "scripts/", "Documentation/", "usr/"].contains { path.hasPrefix($0) }
  }

  /// False for files of two architectures, which never are in one program.
  static func mayLink(_ one: String, _ other: String) -> Bool {
    guard let mine = architecture(one), let theirs = architecture(other) else { return true }
    return mine == theirs
  }

  private static func architecture(_ path: String) -> Substring? {
    guard path.hasPrefix("arch/") else { return nil }
    return path.dropFirst(5).prefix { $0 != "/" }
  }

  /// Name without folders.
  static func name(_ path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[$0...].dropFirst()) } ?? path
  }

  /// The folder, without a closing slash; empty for the root.
  static func folder(_ path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? ""
  }
}
