import GitKit

/// Finds which Makefile of a version builds a file, and what it says about it.
struct KbuildReader: Sendable {
  let source: any TreeSource
  /// Absolute path of the tree's root on disk.
  let root: String
  let configuration: [String: String]
  let architecture: Architecture
  private let folders = Memo<String, KbuildFolder?>()

  init(
    source: any TreeSource, root: String, configuration: [String: String],
    architecture: Architecture
  ) {
    self.source = source
    self.root = root
    self.configuration = configuration
    self.architecture = architecture
  }

  /// The Makefile that governs a file, and the object when it names the file.
  struct Place {
    var folder: KbuildFolder
    /// Path of the file below the folder, without its suffix.
    var stem: String
    var object: KbuildObject?
  }

  /// What a folder's Makefile says; nil when it has none.
  func folder(_ path: String) throws -> KbuildFolder? {
    try folders.value(for: path) {
      try KbuildFolder(
        $0, source: source, root: root, configuration: configuration, architecture: architecture)
    }
  }

  /// The Makefile that names the file: in its folder, in one above, or beside one above.
  ///
  /// Where none names it, the nearest one governs it; nil without any Makefile above.
  func place(of path: String) throws -> Place? {
    let stem = Self.stem(of: path)
    var nearest: Place?
    for ancestor in Self.ancestors(of: path) {
      guard let found = try folder(ancestor) else { continue }
      if let place = place(of: stem, in: found) { return place }
      nearest = nearest ?? Place(folder: found, stem: Self.below(ancestor, stem), object: nil)
    }
    return try beside(path, stem) ?? nearest
  }

  private func place(of stem: String, in folder: KbuildFolder) -> Place? {
    guard let object = folder.objects[stem] else { return nil }
    return Place(folder: folder, stem: Self.below(folder.folder, stem), object: object)
  }

  /// A Makefile may build files of a neighbouring folder, as drivers/gpu/drm/amd/amdgpu does.
  private func beside(_ path: String, _ stem: String) throws -> Place? {
    for ancestor in Self.ancestors(of: path).dropFirst() where ancestor.contains("/") {
      let names = try source.list(ancestor).filter { $0.hasSuffix("/") }
      guard names.count <= 40 else { continue }
      for name in names {
        let neighbour = TreePath.joined(ancestor, name.dropLast())
        if stem.hasPrefix(neighbour + "/") { continue }
        if let found = try folder(neighbour), let place = place(of: stem, in: found) {
          return place
        }
      }
    }
    return nil
  }

  /// Unfiltered flags that folder and file add to the base flags, and those they take away.
  func flags(of path: String) throws -> (added: [String], removed: [String], object: KbuildObject?)
  {
    guard let place = try place(of: path) else { return ([], [], nil) }
    var added: [String] = []
    for ancestor in Self.ancestors(of: place.folder.folder + "/x").reversed() {
      added += try folder(ancestor)?.inheritedFlags ?? []
    }
    let own = place.folder.flags(of: place.stem)
    return (
      added + place.folder.flags + own.added, place.folder.removedFlags + own.removed, place.object
    )
  }

  /// What becomes of a file: its Makefile names it, and the Makefiles above lead there.
  func role(of path: String) throws -> BuildRole {
    guard let place = try place(of: path), let object = place.object,
      try isReached(place.folder.folder)
    else { return .notBuilt }
    return object.link == .builtIn ? .builtIn : .module(object.modules.joined(separator: ":"))
  }

  /// Whether the Makefiles above descend into the folder; the tree's top folders always count.
  private func isReached(_ folder: String) throws -> Bool {
    var folder = folder
    while folder.contains("/")
      && !(folder.hasPrefix("arch/") && folder.split(separator: "/").count < 4)
    {
      let above = try Self.ancestors(of: folder).first { ancestor in
        try self.folder(ancestor)?.folders[folder] != nil
      }
      guard let above else { return false }
      folder = above
    }
    return true
  }

  /// `-D` flags by which a file knows its own name and module.
  static func nameFlags(for path: String, object: KbuildObject?) -> [String] {
    let base = TreePath.name(of: stem(of: path))
    let module = object?.modules.joined(separator: ":") ?? base
    func token(_ name: String) -> String {
      name.replacing("-", with: "_").replacing(",", with: "_")
    }
    let file = TreePath.joined(TreePath.folder(of: path), module)
    return (object?.link == .module ? ["-DMODULE"] : []) + [
      "-DKBUILD_MODFILE=\"\(file)\"", "-DKBUILD_BASENAME=\"\(token(base))\"",
      "-DKBUILD_MODNAME=\"\(token(module))\"", "-D__KBUILD_MODNAME=kmod_\(token(module))",
    ]
  }

  // MARK: Names

  /// Folders above the file, nearest first, the root ("") last.
  static func ancestors(of path: String) -> [String] {
    var result: [String] = []
    var folder = TreePath.folder(of: path)
    while !folder.isEmpty {
      result.append(folder)
      folder = TreePath.folder(of: folder)
    }
    return result + [""]
  }

  static func stem(of path: String) -> String {
    let name = TreePath.name(of: path)
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return path }
    return String(path.dropLast(name.distance(from: dot, to: name.endIndex)))
  }

  private static func below(_ folder: String, _ stem: String) -> String {
    folder.isEmpty ? stem : String(stem.dropFirst(folder.count + 1))
  }
}
