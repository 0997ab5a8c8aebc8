import GitKit

/// Places of symbols in the vDSO, which only its link would tell: each is zero here.
struct VdsoHeaders {
  let source: any TreeSource
  let architecture: Architecture

  /// Texts by path below the folder of generated headers; empty for a tree without such a vDSO.
  func texts() throws -> [String: String] {
    let script = "arch/\(architecture.name)/kernel/vdso/vdso.lds.S"
    guard let bytes = try source.read(script) else { return [:] }
    var own: [String] = []
    var compat: [String] = []
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let word = line.trimmed.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      let rest = line.trimmed[word.endIndex...].trimmed
      if word.hasPrefix("VDSO_"), rest.first == "=" {
        own.append("#define vdso_offset_\(word.dropFirst(5)) 0\n")
      } else if word.hasPrefix("__vdso_"), rest.first == ";" {
        own.append("#define \(word)_offset 0\n")
        compat.append("#define compat\(word)_offset 0\n")
      }
    }
    return [
      "include/generated/vdso-offsets.h": own.joined(),
      "include/generated/compat_vdso-offsets.h": compat.joined(),
      "include/generated/vdso32-offsets.h": "",
    ]
  }
}
