import GitKit

/// The headers that kbuild computes by compiling or with `bc`.
///
/// Their numbers decide layouts and conversions at run time. A review looks at neither, so they
/// only have to be there and to satisfy the tree's own `#if` and `#error`.
struct ConstantHeaders {
  let source: any TreeSource
  let architecture: Architecture
  let configuration: [String: String]

  /// Texts by path below the folder of generated headers.
  func texts() throws -> [String: String] {
    let version = try Version(source)
    let include = "include/generated"
    return [
      "\(include)/bounds.h": bounds,
      "\(include)/timeconst.h": timeConstants,
      "\(include)/asm-offsets.h": "",
      "\(include)/package.h": "#define LINUX_PACKAGE_ID \"\"\n",
      "\(include)/compile.h": """
      #define UTS_MACHINE "\(architecture.name)"
      #define UTS_VERSION "#1"
      #define LINUX_COMPILE_BY "nobody"
      #define LINUX_COMPILE_HOST "nowhere"
      #define LINUX_COMPILER "clang"

      """,
      "\(include)/utsversion.h": "#define UTS_VERSION \"#1\"\n",
      "\(include)/utsrelease.h": "#define UTS_RELEASE \"\(version.release)\"\n",
      "\(include)/uapi/linux/version.h": version.header,
    ]
  }

  private var bounds: String {
    func isOn(_ name: String) -> Bool { configuration[name] != nil }
    let zones = 2 + ["ZONE_DMA", "ZONE_DMA32", "HIGHMEM", "ZONE_DEVICE"].count { isOn($0) }
    let processors = configuration["NR_CPUS"].flatMap { Int($0) } ?? 1
    let processorBits = isOn("SMP") ? Int.bitWidth - max(processors - 1, 0).leadingZeroBitCount : 0
    let isLockLarge = isOn("DEBUG_SPINLOCK") || isOn("DEBUG_LOCK_ALLOC")
    return """
      #define NR_PAGEFLAGS 24
      #define MAX_NR_ZONES \(zones)
      #define NR_CPUS_BITS \(processorBits)
      #define SPINLOCK_SIZE \(isLockLarge ? 72 : 4)
      #define LRU_GEN_WIDTH \(isOn("LRU_GEN") ? 3 : 0)
      #define __LRU_REFS_WIDTH \(isOn("LRU_GEN") ? 2 : 0)

      """
  }

  private var timeConstants: String {
    let hertz = max(configuration["HZ"].flatMap { Int($0) } ?? 250, 1)
    var lines = ["#include <linux/param.h>", "#include <linux/types.h>"]
    for (unit, count) in [("MSEC", 1_000), ("USEC", 1_000_000), ("NSEC", 1_000_000_000)] {
      let divisor = Self.greatestCommonDivisor(hertz, count)
      for (name, numerator, denominator) in [
        ("HZ_TO_\(unit)", count / divisor, hertz / divisor),
        ("\(unit)_TO_HZ", hertz / divisor, count / divisor),
      ] {
        lines += [
          "#define \(name)_MUL32 U64_C(0x80000000)", "#define \(name)_ADJ32 U64_C(0)",
          "#define \(name)_SHR32 29", "#define \(name)_NUM \(numerator)",
          "#define \(name)_DEN \(denominator)",
        ]
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    b == 0 ? a : greatestCommonDivisor(b, a % b)
  }

  /// The version in the top Makefile's first lines.
  private struct Version {
    var parts: [Int]
    var extra: String

    init(_ source: any TreeSource) throws {
      let text = try source.read("Makefile").map {
        String(decoding: $0.prefix(2_000), as: UTF8.self)
      }
      func value(_ name: String) -> String {
        for line in (text ?? "").split(separator: "\n") where line.hasPrefix(name + " =") {
          return String(line.dropFirst(name.count + 2).trimmed)
        }
        return ""
      }
      parts = ["VERSION", "PATCHLEVEL", "SUBLEVEL"].map { Int(value($0)) ?? 0 }
      extra = value("EXTRAVERSION").filter { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "." }
    }

    var release: String { parts.map(String.init).joined(separator: ".") + extra }

    var header: String {
      let code = parts[0] << 16 &+ parts[1] << 8 &+ min(parts[2], 255)
      return """
        #define LINUX_VERSION_CODE \(code)
        #define KERNEL_VERSION(a,b,c) (((a) << 16) + ((b) << 8) + ((c) > 255 ? 255 : (c)))
        #define LINUX_VERSION_MAJOR \(parts[0])
        #define LINUX_VERSION_PATCHLEVEL \(parts[1])
        #define LINUX_VERSION_SUBLEVEL \(parts[2])

        """
    }
  }
}
