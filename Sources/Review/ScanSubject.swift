import Findings
internal import Foundation
import GitKit

/// The files that a scan is about, and the tree they belong to.
struct ScanSubject {
  /// Root of the tree, absolute, without a slash at its end.
  let root: String
  let tree: any TreeSource
  private let paths: [String]
  /// A text that stands for a path of the tree.
  private let text: (path: String, bytes: [UInt8])?

  init(_ request: ReviewRequest) throws {
    switch request.subject {
    case .files(let tree, let paths):
      root = try Self.root(tree, for: paths.first ?? ".")
      text = nil
      let root = self.root
      self.paths = try paths.map { try Self.relative($0, to: root) }
    case .text(let bytes, let path, let tree):
      root = try Self.root(tree, for: ".")
      text = (path, bytes)
      paths = []
    default: preconditionFailure("a scan is of files")
    }
    let folder = try FolderTree(root)
    if let text {
      var overlay = OverlayTree(folder)
      overlay.write(text.bytes, to: text.path)
      self.tree = overlay
    } else {
      self.tree = folder
    }
  }

  /// The C files named, and those below the folders named, by path.
  ///
  /// Headers of folders are read where they are included; one that is named is a file of its own.
  func files() throws -> [SourceFile] {
    if let text { return [SourceFile(path: text.path, bytes: text.bytes)] }
    var found: Set<String> = []
    for path in paths {
      if isFolder(path) {
        found.formUnion(sources(below: path))
      } else {
        found.insert(path)
      }
    }
    return try found.sorted().compactMap { path in
      try tree.read(path).map { SourceFile(path: path, bytes: $0) }
    }
  }

  private func isFolder(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: absolute(path), isDirectory: &isDirectory)
      && isDirectory.boolValue
  }

  private func sources(below folder: String) -> [String] {
    guard let walk = FileManager.default.enumerator(atPath: absolute(folder)) else { return [] }
    return walk.compactMap { entry in
      guard let name = entry as? String, name.hasSuffix(".c"), !name.hasSuffix(".mod.c") else {
        return nil
      }
      return folder.isEmpty ? name : folder + "/" + name
    }
  }

  private func absolute(_ path: String) -> String { path.isEmpty ? root : root + "/" + path }

  /// The root that was named, or the first folder upwards that looks like one.
  private static func root(_ named: String?, for path: String) throws -> String {
    if let named {
      guard let absolute = real(named) else { throw ReviewError.noSuchPath(named) }
      return absolute
    }
    guard let start = real(path) else { throw ReviewError.noSuchPath(path) }
    var folder = start
    while folder != "/" {
      if isRoot(folder) { return folder }
      folder = (folder as NSString).deletingLastPathComponent
    }
    throw ReviewError.noTree(path: path)
  }

  private static func isRoot(_ folder: String) -> Bool {
    ["Makefile", "Kconfig", "include/linux"].allSatisfy {
      FileManager.default.fileExists(atPath: folder + "/" + $0)
    }
  }

  private static func real(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// A path inside the tree: as typed from the current folder, or from the root.
  private static func relative(_ path: String, to root: String) throws -> String {
    let candidates = [real(path), real(root + "/" + path)].compactMap { $0 }
    guard let first = candidates.first else { throw ReviewError.noSuchPath(path) }
    for candidate in candidates {
      if candidate == root { return "" }
      if candidate.hasPrefix(root + "/") { return String(candidate.dropFirst(root.count + 1)) }
    }
    throw ReviewError.outsideTree(path: first, tree: root)
  }
}
