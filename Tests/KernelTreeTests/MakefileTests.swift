import Testing

@testable import KernelTree

@Suite struct MakeInterpreterTests {
  private func value(
    of name: String, in text: String, files: [String: String] = [:],
    configuration: [String: String] = [:]
  ) throws -> String {
    var make = MakeInterpreter(
      source: DictionaryTree(texts: files), root: "/src", configuration: configuration)
    make.setKbuildVariables(folder: "dir", architecture: .named("x86"))
    try make.run(text: text)
    return make.value(name)
  }

  @Test(arguments: [
    ("a = b\nx := $(a) c # comment\na = d", "b c"),
    ("a = b\nx = $(a) c\na = d", "d c"),
    ("x := 1 \\\n  2\nx += 3", "1 2 3"),
    ("x ?= 1\nx ?= 2", "1"),
    ("x := $(shell rm -rf /)y", "y"),
    ("y := a.c b.h c.c\nx := $(filter %.c,$(y)) $(filter-out %.c,$(y))", "a.c c.c b.h"),
    ("x := $(addprefix -I,a b) $(addsuffix .o,c)", "-Ia -Ib c.o"),
    ("x := $(patsubst %.c,%.o,a.c b.h) $(y:.o=.c)\ny := 1", "a.o b.h "),
    ("y := p.o q.o\nx := $(y:.o=.c) $(y:%.o=%.s) $(subst p,r,$(y))", "p.c q.c p.s q.s r.o q.o"),
    ("x := $(if $(y),no,yes) $(or ,$(y),z) $(and a,b)", "yes z b"),
    ("x := $(foreach i,1 2,n$(i))", "n1 n2"),
    ("f = $(2)$(1)\nx := $(call f,a,b)", "ba"),
    ("x := $(call cc-option,-mfoo,-mbar)$(call cc-disable-warning, w)", "-mfoow"),
    ("x := $(notdir a/b.c) $(dir a/b.c) $(basename a/b.c) $(suffix a/b.c)", "b.c a/ a/b .c"),
    (
      "x := $(sort b a b) $(word 2,p q) $(words p q r) $(firstword s t) $(lastword s t)",
      "a b q 3 s t"
    ),
    ("x := $$(y) $(strip  a   b )", "$(y) a b"),
    ("define two\nx := 2\nendef\n$(eval $(two))", "2"),
    ("define body\n$(1) := $(2)\nendef\n$(eval $(call body,x,9))", "9"),
    ("export x := 5", "5"),
    ("all: dep\n\tx := recipe\nx := 1", "1"),
  ])
  func computes(_ text: String, _ expected: String) throws {
    #expect(try value(of: "x", in: text) == expected)
  }

  @Test(arguments: [
    ("ifeq ($(CONFIG_A),y)\nx := 1\nelse\nx := 2\nendif", "1"),
    ("ifneq ($(CONFIG_A),y)\nx := 1\nelse ifeq ($(CONFIG_B),m)\nx := 2\nelse\nx := 3\nendif", "2"),
    ("ifdef CONFIG_C\nx := 1\nelse\nx := 2\nendif", "2"),
    ("ifndef CONFIG_C\nifdef CONFIG_A\nx := 1\nendif\nendif", "1"),
    ("ifdef CONFIG_C\nifdef CONFIG_A\nx := 1\nelse\nx := 4\nendif\nelse\nx := 2\nendif", "2"),
    ("ifeq \"$(CONFIG_A)\" \"y\"\nx := 1\nendif", "1"),
    ("ifeq ($(CONFIG_A)$(CONFIG_B),ym)\n\tx := tab\nendif", "tab"),
    ("x-$(CONFIG_A) := q\nx := $(x-y)", "q"),
  ])
  func decides(_ text: String, _ expected: String) throws {
    #expect(try value(of: "x", in: text, configuration: ["A": "y", "B": "m"]) == expected)
  }

  @Test func includesFilesOfTheTree() throws {
    let files = [
      "dir/a.mk": "x += a\n", "dir/b.mk": "x += b\ninclude $(srctree)/dir/a.mk\n",
    ]
    #expect(
      try value(of: "x", in: "include $(src)/b.mk\n-include $(srctree)/none\n", files: files)
        == "b a")
    #expect(
      try value(of: "x", in: "x := $(wildcard $(src)/*.mk)", files: files)
        == "/src/dir/a.mk /src/dir/b.mk")
  }

  @Test(arguments: [
    "x = $(x)\ny := $(x)", "x = $(x) $(x)\ny := $(x)", "f = $(call f,$(call f))\nx := $(call f)",
    "x := $(", "x := $(foreach", "ifeq (\nx := 1\nendif", "define z\n", "endif\nelse\nendef",
    "include $(srctree)/self", "x := a\nx += $(x)$(x)",
    "$(eval $(eval $(eval x := 1)))",
    "define r\n$(eval $(call r))$(eval $(call r))\nendef\n$(call r)",
  ])
  func hostileTextEnds(_ text: String) throws {
    _ = try value(
      of: "x", in: text,
      files: ["self": String(repeating: "include $(srctree)/self\n", count: 50)])
  }

  @Test func doublingIsBounded() throws {
    let text =
      "x0 := aaaaaaaaaaaaaaaa\n" + (0..<60).map { "x\($0 + 1) = $(x\($0))$(x\($0))\n" }.joined()
    #expect(try value(of: "x60", in: text).utf8.count < 20_000_000)
  }
}

@Suite struct KbuildTests {
  private let tree = DictionaryTree(texts: [
    "Kbuild": "obj-y += fs/ drivers/\n",
    "fs/Makefile": "subdir-ccflags-y += -DIN_FS\nobj-$(CONFIG_A) += a/\nobj-y += top.o\n",
    "fs/a/Makefile": """
    ccflags-y := -I$(src) -I$(srctree)/lib -Wall
    ccflags-remove-y += -DIN_FS
    obj-$(CONFIG_A) += mod.o
    mod-y := one.o sub/two.o
    mod-$(CONFIG_OFF) += three.o
    CFLAGS_one.o := -DONE
    CFLAGS_REMOVE_sub/two.o = -I$(srctree)/lib
    """,
    "drivers/Makefile": "obj-y += big/\n",
    "drivers/big/Makefile": "obj-y += main/\n",
    "drivers/big/main/Makefile":
      "ccflags-y := -DBIG\nobj-m += big.o\nbig-objs := x.o ../part/y.o\ninclude $(src)/../part/Makefile\n",
    "drivers/big/part/Makefile": "big-objs += ../part/z.o\n",
  ])

  private var reader: KbuildReader {
    KbuildReader(
      source: tree, root: "/src", configuration: ["A": "m"], architecture: .named("x86"))
  }

  @Test(arguments: [
    ("fs/a/one.c", ["-I/src/fs/a", "-I/src/lib", "-Wall", "-DONE"], BuildRole.module("mod")),
    ("fs/a/sub/two.c", ["-I/src/fs/a", "-Wall"], .module("mod")),
    ("fs/a/three.c", ["-I/src/fs/a", "-I/src/lib", "-Wall"], .notBuilt),
    ("fs/top.c", ["-DIN_FS"], .builtIn),
    ("drivers/big/part/y.c", ["-DBIG"], .module("big")),
    ("drivers/big/part/z.c", ["-DBIG"], .module("big")),
    ("nowhere/x.c", [], .notBuilt),
  ])
  func findsFlagsAndRole(_ path: String, _ flags: [String], _ role: BuildRole) throws {
    let found = try reader.flags(of: path)
    #expect(found.added.filter { !found.removed.contains($0) } == flags)
    #expect(try reader.role(of: path) == role)
  }

  @Test func aFileKnowsItsModule() throws {
    let object = try reader.flags(of: "fs/a/sub/two.c").object
    #expect(
      KbuildReader.nameFlags(for: "fs/a/sub/two-x.c", object: object) == [
        "-DMODULE", #"-DKBUILD_MODFILE="fs/a/sub/mod""#, #"-DKBUILD_BASENAME="two_x""#,
        #"-DKBUILD_MODNAME="mod""#, "-D__KBUILD_MODNAME=kmod_mod",
      ])
  }
}
