/// What has to be known about an architecture before its own files are read.
struct Architecture: Sendable, Hashable {
  /// The folder below `arch/`.
  let name: String
  /// clang's name for it.
  let target: String
  /// Flags that every unit of the kernel has there.
  let flags: [String]
  /// Flags of a recorded command line that clang takes for this target.
  let machineFlags: Set<String>
  /// Kconfig symbols that the kernel's own build sets for the architecture's usual 64-bit form.
  let symbols: Set<String>

  /// The architecture of the folder `arch/NAME`; unknown ones are parsed as 64-bit x86 would be.
  static func named(_ name: String) -> Architecture {
    all.first { $0.name == name } ?? all[0].renamed(name)
  }

  /// The folder's name for what `uname -m`, `ARCH=` or a user calls it.
  static func folderName(_ name: String) -> String {
    switch name {
    case "x86_64", "i386", "amd64": "x86"
    case "aarch64": "arm64"
    case "riscv64", "riscv32": "riscv"
    case "ppc64", "ppc64le", "ppc", "powerpc64": "powerpc"
    case "s390x": "s390"
    case "loongarch64": "loongarch"
    case "sparc64", "sparc32": "sparc"
    case "parisc64": "parisc"
    default: name
    }
  }

  private func renamed(_ name: String) -> Architecture {
    Architecture(
      name: name, target: target, flags: flags, machineFlags: machineFlags, symbols: symbols)
  }

  static let all: [Architecture] = [
    Architecture(
      name: "x86", target: "x86_64-linux-gnu",
      flags: [
        "-m64", "-mno-sse", "-mno-mmx", "-mno-sse2", "-mno-3dnow", "-mno-avx", "-mcmodel=kernel",
      ],
      machineFlags: [
        "-m64", "-m32", "-m16", "-mno-sse", "-mno-mmx", "-mno-sse2", "-mno-3dnow", "-mno-avx",
        "-mcmodel=kernel", "-mcmodel=small", "-msse", "-msse2", "-mmmx", "-mregparm=3",
        "-msoft-float",
      ],
      symbols: ["64BIT", "X86_64"]),
    Architecture(
      name: "arm64", target: "aarch64-linux-gnu", flags: ["-mgeneral-regs-only"],
      machineFlags: ["-mgeneral-regs-only", "-mlittle-endian", "-mbig-endian"],
      symbols: ["64BIT"]),
    Architecture(
      name: "riscv", target: "riscv64-linux-gnu",
      flags: ["-march=rv64imac_zicsr_zifencei", "-mabi=lp64", "-mcmodel=medany"],
      machineFlags: ["-mabi=lp64", "-mcmodel=medany", "-mcmodel=medlow"],
      symbols: ["64BIT", "ARCH_RV64I"]),
    Architecture(
      name: "arm", target: "arm-linux-gnueabi", flags: ["-march=armv7-a", "-msoft-float"],
      machineFlags: ["-mlittle-endian", "-mbig-endian", "-msoft-float", "-marm", "-mthumb"],
      symbols: []),
    Architecture(
      name: "powerpc", target: "powerpc64le-linux-gnu", flags: ["-m64", "-msoft-float"],
      machineFlags: ["-m64", "-m32", "-mlittle-endian", "-mbig-endian", "-msoft-float"],
      symbols: ["64BIT", "PPC64", "CPU_LITTLE_ENDIAN"]),
    Architecture(
      name: "s390", target: "s390x-linux-gnu", flags: ["-m64", "-msoft-float"],
      machineFlags: ["-m64", "-msoft-float"], symbols: ["64BIT"]),
    Architecture(
      name: "loongarch", target: "loongarch64-linux-gnu", flags: ["-msoft-float"],
      machineFlags: ["-msoft-float", "-mabi=lp64s"], symbols: ["64BIT"]),
    Architecture(
      name: "mips", target: "mips64el-linux-gnuabi64", flags: ["-msoft-float", "-fno-PIC"],
      machineFlags: ["-mabi=64", "-msoft-float"], symbols: ["64BIT", "CPU_LITTLE_ENDIAN"]),
    Architecture(
      name: "sparc", target: "sparc64-linux-gnu", flags: ["-m64"], machineFlags: ["-m64"],
      symbols: ["64BIT", "SPARC64"]),
    Architecture(
      name: "um", target: "x86_64-linux-gnu", flags: ["-m64"], machineFlags: ["-m64"],
      symbols: ["64BIT", "X86_64"]),
  ]
}
