/// Why a tree's settings cannot be found; the description is the sentence for the user.
public enum KernelTreeError: Error, Equatable, CustomStringConvertible {
  /// `--config-from` or `--kdir` names something that is no build of a kernel.
  case notABuild(path: String, reason: String)
  /// A file of the build or of the tree is there but cannot be understood.
  case unreadable(path: String, reason: String)
  /// The tree is no kernel tree, so nothing can be made up for it.
  case notAKernelTree(missing: String)
  /// The folder for made-up headers cannot be written.
  case cache(path: String, reason: String)
  /// The kernel's own `make` did not produce the headers.
  case preparation(reason: String)

  public var description: String {
    switch self {
    case .notABuild(let path, let reason):
      "\(path) is no kernel build: \(reason). Name a build directory (the O= of make) or a "
        + "compile_commands.json."
    case .unreadable(let path, let reason):
      "cannot read \(path): \(reason)."
    case .notAKernelTree(let missing):
      "this is no kernel tree (it has no \(missing)). For an out-of-tree module name the kernel's "
        + "headers with --kdir."
    case .preparation(let reason):
      "the tree could not be prepared: \(reason)\nCheck that make, gcc, flex, bison, bc and "
        + "libelf's headers are installed."
    case .cache(let path, let reason):
      "cannot write headers under \(path): \(reason). Set XDG_CACHE_HOME to a writable folder or "
        + "use --no-cache."
    }
  }
}
