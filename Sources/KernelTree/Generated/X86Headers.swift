import GitKit

/// Headers that x86 makes from its own sources with small scripts.
struct X86Headers {
  let source: any TreeSource

  /// Texts by path below the folder of generated headers.
  func texts() throws -> [String: String] {
    let folder = "arch/x86/include/generated/asm"
    return [
      "\(folder)/xen-hypercalls.h": try hypercalls(),
      "\(folder)/orc_hash.h": "#define ORC_HASH " + String(repeating: "0, ", count: 20) + "\n",
      "\(folder)/cpufeaturemasks.h": featureMasks,
    ]
  }

  /// `HYPERCALL(name)` for each `__HYPERVISOR_name`.
  private func hypercalls() throws -> String {
    var names: Set<String> = []
    for file in try source.files(below: "include/xen/interface")
    where TreePath.name(of: file.path).hasPrefix("xen") {
      guard let bytes = try source.read(file.path) else { continue }
      for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
        let words = line.split(whereSeparator: \.isWhitespace)
        guard words.count >= 3, words[0] == "#define", words[1].hasPrefix("__HYPERVISOR_") else {
          continue
        }
        let name = words[1].dropFirst(13)
        if name.first?.isLowercase == true { names.insert(String(name)) }
      }
    }
    return names.sorted().map { "HYPERCALL(\($0))\n" }.joined()
  }

  /// No feature is required or disabled at build time.
  private var featureMasks: String {
    let masks = (0..<32).flatMap {
      ["#define REQUIRED_MASK\($0) 0", "#define DISABLED_MASK\($0) 0"]
    }
    let tests = [
      "#define REQUIRED_MASK_BIT_SET(x) ((x) * 0)", "#define DISABLED_MASK_BIT_SET(x) ((x) * 0)",
    ]
    return (masks + tests).joined(separator: "\n") + "\n"
  }
}
