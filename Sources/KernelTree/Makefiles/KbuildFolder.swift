import GitKit

/// What the Makefile of one folder says about the files that it builds.
struct KbuildFolder: Sendable {
  /// Path of the folder inside the tree.
  let folder: String
  /// Objects of this folder's Makefile by path inside the tree without suffix.
  let objects: [String: KbuildObject]
  /// Folders below that the Makefile descends into, "y" or "m" by path inside the tree.
  let folders: [String: KbuildObject.Link]
  /// Flags for every file of the folder, unfiltered.
  let flags: [String]
  /// Flags for this folder and all below it, unfiltered.
  let inheritedFlags: [String]
  /// Flags taken from every file.
  let removedFlags: [String]
  private let perFile: [String: (added: [String], removed: [String])]

  /// Reads `Kbuild` or `Makefile`; nil when the folder has neither.
  init?(
    _ folder: String, source: any TreeSource, root: String, kernelRoot: String?,
    configuration: [String: String], architecture: Architecture
  ) throws {
    var make = MakeInterpreter(source: source, root: root, configuration: configuration)
    make.setKbuildVariables(folder: folder, architecture: architecture)
    if let kernelRoot {
      make.set("srctree", to: kernelRoot)
      make.set("KBUILD_EXTMOD", to: root)
      make.set("M", to: root)
    }
    guard
      try make.run(file: TreePath.joined(folder, "Kbuild"))
        || make.run(file: TreePath.joined(folder, "Makefile"))
    else { return nil }
    self.folder = folder
    var objects: [String: KbuildObject] = [:]
    var folders: [String: KbuildObject.Link] = [:]
    for (list, link) in Self.lists {
      for word in make.words(list) {
        if word.hasSuffix("/") {
          guard let path = make.treePath(TreePath.joined(folder, word)) else { continue }
          folders[path] = folders[path] ?? link
        } else {
          KbuildObject.add(word, link: link, in: folder, to: &objects, &make)
        }
      }
    }
    self.objects = objects
    self.folders = folders
    // A few folders, such as boot stages, replace or extend the flags of the whole kernel.
    flags =
      make.flags("KBUILD_CFLAGS") + make.flags("ccflags-y") + make.flags("EXTRA_CFLAGS")
      + make.flags("cppflags-y")
    inheritedFlags = make.flags("subdir-ccflags-y")
    removedFlags = make.flags("ccflags-remove-y")
    perFile = Self.perFileFlags(&make)
  }

  /// Flags that only `stem`, a path below the folder without suffix, gets or loses.
  func flags(of stem: String) -> (added: [String], removed: [String]) {
    // Before Linux 5.7 the name alone stood in the variable's name.
    perFile[stem] ?? perFile[TreePath.name(of: stem)] ?? ([], [])
  }

  /// Built-in lists first: an object in two lists is built in.
  private static let lists: [(String, KbuildObject.Link)] = [
    ("obj-y", .builtIn), ("lib-y", .builtIn), ("extra-y", .builtIn), ("core-y", .builtIn),
    ("libs-y", .builtIn), ("drivers-y", .builtIn), ("subdir-y", .builtIn), ("obj-m", .module),
    ("lib-m", .module), ("subdir-m", .module),
  ]

  private static func perFileFlags(
    _ make: inout MakeInterpreter
  ) -> [String: (added: [String], removed: [String])] {
    var result: [String: (added: [String], removed: [String])] = [:]
    for name in make.variables.keys where name.hasPrefix("CFLAGS_") && name.hasSuffix(".o") {
      let stem = String(name.dropFirst(7).dropLast(2))
      if stem.hasPrefix("REMOVE_") {
        result[String(stem.dropFirst(7)), default: ([], [])].removed = make.flags(name)
      } else {
        result[stem, default: ([], [])].added = make.flags(name)
      }
    }
    return result
  }
}

extension MakeInterpreter {
  /// The variables that kbuild sets before it reads a folder's Makefile.
  mutating func setKbuildVariables(folder: String, architecture: Architecture) {
    set("srctree", to: root)
    set("srcroot", to: root)
    set("objtree", to: root)
    set("abs_srctree", to: root)
    set("abs_objtree", to: root)
    set("src", to: folder.isEmpty ? root : root + "/" + folder)
    set("obj", to: folder.isEmpty ? root : root + "/" + folder)
    set("SRCARCH", to: architecture.name)
    set("ARCH", to: architecture.name)
    set("BITS", to: architecture.symbols.contains("64BIT") ? "64" : "32")
    set("comma", to: ",")
    set("pound", to: "#")
    set("squote", to: "'")
    set("space", to: " ")
    set("empty", to: "")
    set("CC_FLAGS_FPU", to: "-D_LINUX_FPU_COMPILATION_UNIT")
    set("CONFIG_SHELL", to: "")
    // Modules that can also be built by hand ask this, to know that kbuild reads them.
    set("KERNELRELEASE", to: "0")
  }
}
