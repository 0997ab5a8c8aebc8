/// The flags that every unit of a kernel has, as the kernel's own top Makefile sets them.
struct BaseFlags {
  /// Flags with absolute paths, without what a folder or a file adds.
  let flags: [String]

  /// For a tree that was prepared but whose build left no record of the file.
  init(architecture: Architecture, build: BuildDirectory) {
    self.init(architecture: architecture, source: build.sourceRoot, generated: build.root)
  }

  /// - Parameters:
  ///   - source: the root of the tree's files on disk.
  ///   - generated: the folder that has `include/generated` and `arch/…/include/generated`.
  init(architecture: Architecture, source: String, generated: String) {
    let arch = "arch/\(architecture.name)/include"
    let folders = [
      "\(source)/\(arch)", "\(generated)/\(arch)/generated", "\(source)/include",
      "\(generated)/include", "\(source)/\(arch)/uapi", "\(generated)/\(arch)/generated/uapi",
      "\(source)/include/uapi", "\(generated)/include/generated/uapi",
    ]
    let forced = ["compiler-version.h", "kconfig.h", "compiler_types.h"].map {
      "\(source)/include/linux/\($0)"
    }
    flags =
      ["-nostdinc"] + unique(folders).flatMap { ["-I", $0] } + forced.flatMap { ["-include", $0] }
      + ["-D__KERNEL__", "-std=gnu11", "-fshort-wchar", "-funsigned-char", "-fno-common"]
      + ["-fno-PIE", "-O2"] + architecture.flags
  }
}

/// The elements without repetitions, in their order.
private func unique(_ values: [String]) -> [String] {
  var seen: Set<String> = []
  return values.filter { seen.insert($0).inserted }
}
