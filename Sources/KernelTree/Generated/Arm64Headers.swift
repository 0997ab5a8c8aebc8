import GitKit

/// The names of capabilities and system registers that arm64 keeps in lists of its own.
struct Arm64Headers {
  let source: any TreeSource

  /// Texts by path below the folder of generated headers; empty for a tree without the lists.
  func texts() throws -> [String: String] {
    var result: [String: String] = [:]
    let folder = "arch/arm64/include/generated/asm"
    if let list = try source.read("arch/arm64/tools/cpucaps") {
      let text = Self.capabilities(list)
      // The name of the header before Linux 6.4 and since.
      result["\(folder)/cpucaps.h"] = text
      result["\(folder)/cpucap-defs.h"] = text
    }
    if let list = try source.read("arch/arm64/tools/sysreg") {
      result["\(folder)/sysreg-defs.h"] = Self.registers(list)
    }
    return result
  }

  private static func lines(_ list: [UInt8]) -> [[Substring]] {
    String(decoding: list, as: UTF8.self).split(separator: "\n")
      .map { $0.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace) }
      .filter { !$0.isEmpty }
  }

  private static func capabilities(_ list: [UInt8]) -> String {
    let names = lines(list).map { $0[0] }
    let numbered = names.enumerated().map { "#define ARM64_\($0.element) \($0.offset)" }
    return (numbered + ["#define ARM64_NCAPS \(names.count)"]).joined(separator: "\n") + "\n"
  }

  /// One block a register, `Sysreg NAME op0 op1 crn crm op2`, with its fields from bit 63 down.
  private static func registers(_ list: [UInt8]) -> String {
    var output: [String] = []
    var register = ""
    var field = ""
    var masks: [String: String] = [:]
    for words in lines(list) {
      switch words[0] {
      case "Sysreg" where words.count >= 7:
        register = String(words[1])
        masks = ["RES0": "UL(0)", "RES1": "UL(0)", "UNKN": "UL(0)"]
        output += encoding(of: register, words[2...6].map(String.init))
      case "SysregFields" where words.count >= 2:
        register = String(words[1])
        masks = ["RES0": "UL(0)", "RES1": "UL(0)", "UNKN": "UL(0)"]
      case "Fields": masks = [:]
      case "EndSysreg", "EndSysregFields":
        output += masks.sorted { $0.key < $1.key }.map {
          "#define \(register)_\($0.key) (\($0.value))"
        }
        masks = [:]
      case "Res0", "Res1", "Unkn":
        guard words.count >= 2, let bits = bits(words[1]) else { continue }
        masks[words[0].uppercased(), default: "UL(0)"] += " | GENMASK_ULL(\(bits.0), \(bits.1))"
      case "Field", "Enum", "SignedEnum", "UnsignedEnum":
        guard words.count >= 3, let bits = bits(words[1]) else { continue }
        field = String(words[2])
        output += definition(of: register + "_" + field, bits)
        if words[0] != "Field" && words[0] != "Enum" {
          output.append("#define \(register)_\(field)_SIGNED \(words[0] == "SignedEnum")")
        }
      case _ where words[0].hasPrefix("0b") && words.count >= 2:
        output.append("#define \(register)_\(field)_\(words[1]) UL(\(words[0]))")
      default: continue
      }
    }
    return output.joined(separator: "\n") + "\n"
  }

  private static func encoding(of register: String, _ parts: [String]) -> [String] {
    [
      "#define REG_\(register) S\(parts[0])_\(parts[1])_C\(parts[2])_C\(parts[3])_\(parts[4])",
      "#define SYS_\(register) sys_reg(\(parts.joined(separator: ", ")))",
    ]
      + zip(["Op0", "Op1", "CRn", "CRm", "Op2"], parts).map {
        "#define SYS_\(register)_\($0) \($1)"
      }
  }

  private static func definition(of name: String, _ bits: (Int, Int)) -> [String] {
    [
      "#define \(name) GENMASK(\(bits.0), \(bits.1))",
      "#define \(name)_MASK GENMASK(\(bits.0), \(bits.1))",
      "#define \(name)_SHIFT \(bits.1)", "#define \(name)_WIDTH \(bits.0 - bits.1 + 1)",
    ]
  }

  /// `63:60` or `5`; nil for anything that is no range of 64 bits.
  private static func bits(_ text: Substring) -> (Int, Int)? {
    let parts = text.split(separator: ":").compactMap { Int($0) }
    guard let high = parts.first, let low = parts.last, high < 64, low >= 0, high >= low else {
      return nil
    }
    return (high, low)
  }
}
