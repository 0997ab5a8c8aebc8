/// A kernel tree of a few files, with everything that a made-up setting is made from.
enum MiniatureTree {
  static let files = [
    "Makefile": "VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 3\nEXTRAVERSION = -rc1\n"
      + "KBUILD_CFLAGS += -std=gnu11 -fshort-wchar\nHOSTCFLAGS += -std=gnu99\n",
    "Kbuild": "obj-y += fs/\n",
    "Kconfig": """
    config FUSE
    \ttristate "f"
    config FUNCTION_TRACER
    \tbool "t"
    config HAVE_FENTRY
    \tdef_bool y
    config HZ
    \tint
    \tdefault 100
    config TITLE
    \tstring
    \tdefault "a\\"b"
    source "arch/$(SRCARCH)/Kconfig"
    """,
    "arch/x86/Kconfig": "config X86\n\tdef_bool y\n",
    "arch/x86/Makefile": "KBUILD_CFLAGS += -DX86_MAKEFILE -mtune=generic -m64\n",
    "arch/x86/include/asm/own.h": "int own;\n",
    "arch/x86/include/asm/Kbuild": "generic-y += wrapped.h\ngenerated-y += strange.h\n",
    "arch/x86/entry/syscalls/Makefile": """
    out := arch/$(SRCARCH)/include/generated/asm
    tbl := $(src)/calls.tbl
    $(out)/unistd_64.h: abis := common,64
    $(out)/unistd_64.h: $(tbl) FORCE
    \t$(call if_changed,syshdr)
    $(out)/unistd_x32.h: abis := x32
    $(out)/unistd_x32.h: prefix := x32_
    $(out)/unistd_x32.h: offset := BIT
    $(out)/unistd_x32.h: $(tbl) FORCE
    $(out)/syscalls_64.h: abis := common,64
    $(out)/syscalls_64.h: $(tbl) FORCE
    """,
    "arch/x86/entry/syscalls/calls.tbl":
      "# comment\n0 common read sys_read\n2 64 open sys_open compat_open\n3 x32 only sys_only\n",
    "arch/arm64/Kconfig": "config ARM64\n\tdef_bool y\n",
    "arch/arm64/Makefile": "KBUILD_CPPFLAGS += -DARM64_MAKEFILE=$(CONFIG_ARM64)\n",
    "arch/arm64/include/asm/Kbuild": "syscall-y += unistd_64.h\ngenerated-y += cpucap-defs.h\n",
    "arch/arm64/tools/cpucaps": "# list\nALPHA\nBETA\n",
    "arch/arm64/tools/sysreg": """
    Sysreg FOO_EL1 3 0 1 2 4
    Res0 63:32
    SignedEnum 31:28 MODE
    \t0b0000 NI
    EndEnum
    Field 27 BIT
    EndSysreg
    """,
    "arch/arm64/kernel/Makefile.syscalls": "syscall_abis_64 += extra\n",
    "arch/arm64/kernel/k.c": "int k;\n",
    "scripts/syscall.tbl": "0 common zero sys_zero\n1 extra one sys_one\n2 other two sys_two\n",
    "include/asm-generic/Kbuild": "mandatory-y += own.h\nmandatory-y += missing.h\n",
    "include/asm-generic/missing.h": "\n",
    "include/linux/kconfig.h": "\n",
    "include/linux/compiler_types.h": "\n",
    "include/linux/a.h": "int a;\n",
    "include/trace/t.h": "#include \"../../net/private.h\"\n",
    "net/private.h": "int private;\n",
    "fs/Makefile": "obj-$(CONFIG_FUSE) += fuse.o\nfuse-y := file.o\nccflags-y := -I$(src)/inc\n",
    "fs/file.c": "#include <linux/a.h>\n#include \"file.h\"\n#include \"../net/private.h\"\n",
    "fs/file.h": "#include <deep.h>\n#include \"gone.h\"\n",
    "fs/inc/deep.h": "int deep;\n",
  ]
}
