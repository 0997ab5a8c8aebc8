import GitKit

/// The flags that every unit of a kernel has, as the kernel's top Makefiles set them.
struct BaseFlags {
  /// Absolute path of the tree's files on disk.
  let root: String
  /// The folder that has `include/generated` and `arch/…/include/generated`.
  let generated: String
  let configuration: [String: String]
  let architecture: Architecture

  /// Flags with absolute paths, without what a folder or a file adds.
  func flags(of source: any TreeSource) throws -> [String] {
    let arch = "arch/\(architecture.name)/include"
    let folders = [
      "\(root)/\(arch)", "\(generated)/\(arch)/generated", "\(root)/include",
      "\(generated)/include", "\(root)/\(arch)/uapi", "\(generated)/\(arch)/generated/uapi",
      "\(root)/include/uapi", "\(generated)/include/generated/uapi",
    ]
    let forced = try ["compiler-version.h", "kconfig.h", "compiler_types.h"]
      .map { "include/linux/\($0)" }
      .filter { try source.blobID(of: $0) != nil }
    var seen: Set<String> = []
    return ["-nostdinc"]
      + folders.filter { seen.insert($0).inserted }.flatMap { ["-I", $0] }
      + forced.flatMap { ["-include", "\(root)/\($0)"] }
      + ["-D__KERNEL__"] + (try language(of: source))
      + ["-fno-common", "-fno-PIE", "-O2"] + architecture.flags + tracing
      + (try architectureFlags(of: source))
  }

  /// The C dialect, from the words of the top Makefile.
  private func language(of source: any TreeSource) throws -> [String] {
    let makefile = try source.read("Makefile").map { String(decoding: $0, as: UTF8.self) } ?? ""
    var standard = "-std=gnu11"
    var flags: [String] = []
    for line in makefile.split(separator: "\n") where !line.contains("HOST") {
      for word in line.split(whereSeparator: \.isWhitespace) {
        switch word {
        case "-fms-extensions", "-fshort-wchar", "-funsigned-char":
          if !flags.contains(String(word)) { flags.append(String(word)) }
        case _ where word.hasPrefix("-std=gnu"): standard = String(word)
        default: break
        }
      }
    }
    return [standard] + flags
  }

  /// The names by which code asks how function entries are traced.
  private var tracing: [String] {
    configuration["FUNCTION_TRACER"] != nil && configuration["HAVE_FENTRY"] != nil
      ? ["-DCC_USING_FENTRY"] : []
  }

  /// What `arch/…/Makefile` adds for all files.
  private func architectureFlags(of source: any TreeSource) throws -> [String] {
    var make = MakeInterpreter(source: source, root: root, configuration: configuration)
    make.setKbuildVariables(folder: "", architecture: architecture)
    try make.run(file: "arch/\(architecture.name)/Makefile")
    let words = ["LINUXINCLUDE", "KBUILD_CPPFLAGS", "KBUILD_CFLAGS"].flatMap { make.flags($0) }
    let allowed = FlagFilter(directory: root, architecture: architecture).allowed(words)
    let known = Set(architecture.flags)
    return allowed.filter { !known.contains($0) && !$0.hasPrefix("-O") }
  }
}
