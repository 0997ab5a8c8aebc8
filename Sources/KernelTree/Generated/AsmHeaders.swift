import GitKit

/// The headers that kbuild makes below `arch/…/include/generated`.
///
/// These are the wrappers of `asm-generic` (each header that is `generic-y`, or `mandatory-y` and
/// not in the architecture) and the system call headers, from `syscall-y` or from the `syscalls`
/// Makefile of the architecture. A header that only a program of the tree could make is empty.
struct AsmHeaders {
  let source: any TreeSource
  let architecture: Architecture
  let configuration: [String: String]

  /// Texts by path below the folder of generated headers.
  func texts() throws -> [String: String] {
    var result: [String: String] = [:]
    for folder in ["asm", "uapi/asm"] {
      try add(folder, to: &result)
    }
    try addFromSyscallMakefile(to: &result)
    return result
  }

  private var include: String { "arch/\(architecture.name)/include" }

  private func add(_ folder: String, to result: inout [String: String]) throws {
    let own = "\(include)/\(folder)"
    let generic = folder == "asm" ? "include/asm-generic" : "include/uapi/asm-generic"
    var make = interpreter()
    make.set("syscall_abis_32", to: "common 32")
    make.set("syscall_abis_64", to: "common 64")
    make.set("syscalltbl", to: "scripts/syscall.tbl")
    try make.run(file: "arch/\(architecture.name)/kernel/Makefile.syscalls")
    try make.run(file: own + "/Kbuild")
    try make.run(file: generic + "/Kbuild")
    let generated = make.words("generated-y")
    let present = Set(try source.list(own))
    for name in make.words("generic-y") + make.words("mandatory-y")
    where !generated.contains(name) && !present.contains(name) {
      result["\(include)/generated/\(folder)/\(name)"] = "#include <asm-generic/\(name)>\n"
    }
    for name in generated { result["\(include)/generated/\(folder)/\(name)"] = "" }
    for name in make.words("syscall-y") {
      result["\(include)/generated/\(folder)/\(name)"] = try syscallHeader(name, &make)
    }
  }

  /// `unistd_64.h`, `unistd_compat_32.h` or `syscall_table_64.h`, from the table of its ABI.
  private func syscallHeader(_ name: String, _ make: inout MakeInterpreter) throws -> String {
    let stem = KbuildReader.stem(of: name)
    let abi = stem.split(separator: "_").last.map(String.init) ?? ""
    let table = make.value("syscalltbl").replacing("%", with: abi)
    // An architecture's table may be a link to the common one, and links are not followed.
    let places = [make.treePath(table), "scripts/syscall.tbl"].compactMap { $0 }
    guard let bytes = try places.lazy.compactMap(source.read).first else { return "" }
    let isCompat = stem.hasPrefix("unistd_compat_")
    return SyscallTable(bytes, abis: Set(make.words("syscall_abis_" + abi)))
      .header(named: name, prefix: isCompat ? "compat\(abi)_" : "", offset: "")
  }

  /// Architectures with a Makefile for their tables set ABI, prefix and offset for each target.
  private func addFromSyscallMakefile(to result: inout [String: String]) throws {
    for folder in ["entry/syscalls", "kernel/syscalls", "tools"] {
      var make = interpreter()
      make.keepsRules = true
      let path = "arch/\(architecture.name)/\(folder)"
      make.set("src", to: path)
      make.set("obj", to: path)
      guard try make.run(file: path + "/Makefile") else { continue }
      var settings: [String: [String: String]] = [:]
      for rule in make.rules {
        guard let target = make.treePath(rule.targets.trimmed),
          target.hasPrefix(include + "/generated/"), target.hasSuffix(".h")
        else { continue }
        if let assignment = MakeAssignment(rule.rest.trimmed) {
          settings[target, default: [:]][String(assignment.name)] = String(assignment.text)
        } else if let table = rule.rest.split(separator: " ").first(where: { $0.hasSuffix(".tbl") }
        ),
          let bytes = try make.treePath(table).flatMap(source.read)
        {
          result[target] = header(target, bytes, settings[target] ?? [:], &make)
        } else {
          result[target] = result[target] ?? ""
        }
      }
    }
  }

  private func header(
    _ target: String, _ table: [UInt8], _ settings: [String: String],
    _ make: inout MakeInterpreter
  ) -> String {
    let name = TreePath.name(of: target)
    let stem = KbuildReader.stem(of: name)
    // Before Linux 5.13 the settings stood in variables with the header's name.
    func setting(_ key: String, _ older: [String]) -> String {
      if let value = settings[key] { return value }
      for name in older { if case let old = make.value(name + stem), !old.isEmpty { return old } }
      return ""
    }
    let abis = setting("abis", ["syshdr_abis_", "syshdr_abi_", "systbl_abis_", "systbl_abi_"])
    return SyscallTable(table, abis: Set(abis.split(separator: ",").map(String.init)))
      .header(
        named: name, prefix: setting("prefix", ["syshdr_pfx_"]),
        offset: setting("offset", ["syshdr_offset_"]))
  }

  private func interpreter() -> MakeInterpreter {
    var make = MakeInterpreter(source: source, root: "/tree", configuration: configuration)
    make.setKbuildVariables(folder: "", architecture: architecture)
    make.set("srctree", to: ".")
    make.set("objtree", to: ".")
    return make
  }
}
