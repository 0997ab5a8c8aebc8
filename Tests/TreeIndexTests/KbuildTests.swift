import Testing

@testable import TreeIndex

@Suite struct KbuildTests {
  private let tree = TextTree([
    "drivers/Makefile": "obj-$(CONFIG_POND) += pond/\n",
    "drivers/pond/Makefile": """
    # SPDX-License-Identifier: GPL-2.0
    obj-$(CONFIG_POND) += pond.o   # the module
    pond-y := core.o \\
    \tsub/deep.o
    pond-$(CONFIG_POND_TRACE) += trace.o
    obj-$(CONFIG_POND_TEST) += pond-test.o
    obj-m += always.o
    obj-y += here.o
    lib-y += lib.o
    lake-objs := a.o $(lake-more)
    lake-more := b.o
    obj-${CONFIG_LAKE} += lake.o
    ifdef CONFIG_X
    obj-y += branch.o
    endif
    """,
    "drivers/pond/Kconfig": """
    config POND
    \ttristate "Ponds"
    config POND_TEST
    \tbool "Test"
    """,
  ])

  @Test(arguments: [
    ("core.c", KbuildRoles.Role.module("pond")), ("sub/deep.c", .module("pond")),
    ("trace.c", .module("pond")), ("pond-test.c", .builtIn), ("always.c", .module("always")),
    ("here.S", .builtIn), ("lib.c", .builtIn), ("a.c", .module("lake")), ("b.c", .module("lake")),
    ("branch.c", .builtIn), ("nowhere.c", .unknown), ("core.h", .unknown),
  ])
  func knowsWhatFilesBecome(file: String, role: KbuildRoles.Role) {
    #expect(KbuildRoles(tree).role(of: "drivers/pond/" + file) == role)
  }

  @Test func aTreeWithoutMakefilesIsUnknown() {
    #expect(KbuildRoles(TextTree([:])).role(of: "a/b.c") == .unknown)
    #expect(KbuildRoles(TextTree([:])).role(of: "b.c") == .unknown)
  }
}
