import Testing

@testable import KernelTree

@Suite struct KconfigTests {
  /// Options of a tree by name.
  private func options(
    _ files: [String: String], denied: Set<String> = [], forced: [String: String] = [:]
  ) throws -> [String: String] {
    let configuration = try MadeUpConfiguration(
      of: DictionaryTree(texts: files), architecture: .named("x86"),
      policy: KconfigPolicy(denied: denied, forced: forced))
    return Dictionary(uniqueKeysWithValues: configuration.options.map { ($0.name, $0.text) })
  }

  private func options(_ text: String, denied: Set<String> = []) throws -> [String: String] {
    try options(["Kconfig": text], denied: denied)
  }

  @Test func whatCanBeAskedIsOnAndTheRestFollowsItsDefault() throws {
    let found = try options(
      """
      config ASKED
      \tbool "asked"
      config MODULAR
      \ttristate
      \tprompt "can be a module"
      config HIDDEN
      \tbool
      config DEFAULTED
      \tdef_bool y
      config OFF
      \tbool
      \tdefault n
      config NUMBER
      \tint "n"
      \tdefault 7
      config ADDRESS
      \thex
      \tdefault 10
      config NAME
      \tstring "s"
      \tdefault "a \\"b\\""
      """)
    #expect(
      found == [
        "ASKED": "y", "MODULAR": "m", "DEFAULTED": "y", "NUMBER": "7", "ADDRESS": "0x10",
        "NAME": "a \"b\"",
      ])
  }

  @Test func dependenciesLimit() throws {
    let found = try options(
      """
      config MOD
      \ttristate "m"
      config YES
      \tbool "yes"
      config NO
      \tbool
      config A
      \tbool "bool on a module is yes"
      \tdepends on MOD
      config B
      \ttristate "limited to m"
      \tdepends on MOD && y
      config C
      \tbool "off"
      \tdepends on NO || !YES
      config D
      \tbool "compared"
      \tdepends on MOD = m && (NO != y)
      config E
      \tbool "in question"
      \tdepends on MOD if NO
      config F
      \tbool "bound"
      \tdepends on NO if YES
      config G
      \tint
      \tdefault 3 if NO
      \tdefault 4 if MOD
      \tdefault 5
      """)
    #expect(found == ["MOD": "m", "YES": "y", "A": "y", "B": "m", "D": "y", "E": "y", "G": "4"])
  }

  @Test func selectAndImply() throws {
    let found = try options(
      """
      config ALL
      \ttristate "x"
      \tselect FORCED
      \tselect FORCED_BOOL if ALL
      \tselect NOT_THIS if n
      \timply WISHED
      \timply IMPOSSIBLE
      config FORCED
      \ttristate
      \tdepends on NOWHERE
      config FORCED_BOOL
      \tbool
      config NOT_THIS
      \tbool
      config WISHED
      \ttristate
      config IMPOSSIBLE
      \ttristate
      \tdepends on NOWHERE
      """)
    #expect(found == ["ALL": "m", "FORCED": "m", "FORCED_BOOL": "y", "WISHED": "m"])
  }

  @Test func scopesApplyToWhatStandsInside() throws {
    let found = try options(
      """
      config ON
      \tbool "on"
      config OFF
      \tbool
      if OFF
      config A
      \tbool "a"
      endif
      menu "visible menu"
      \tdepends on ON
      config B
      \tbool "b"
      menu "inner"
      \tdepends on OFF
      config C
      \tbool "c"
      endmenu
      endmenu
      menu "hidden prompts"
      \tvisible if OFF
      config D
      \tbool "d"
      \tdefault y
      config E
      \tbool "e"
      endmenu
      config F
      \tbool "f" if OFF
      \tdefault ON
      """)
    #expect(found == ["ON": "y", "B": "y", "D": "y", "F": "y"])
  }

  @Test func aChoiceHasOneMember() throws {
    let found = try options(
      """
      config SMALL
      \tbool
      choice
      \tprompt "which"
      \tdefault ONE if SMALL
      \tdefault TWO
      config ONE
      \tbool "one"
      config TWO
      \tbool "two"
      \tselect BY_TWO
      endchoice
      choice
      \tprompt "no default"
      config RED
      \tbool "red"
      \tdepends on SMALL
      config GREEN
      \tbool "green"
      config BLUE
      \tbool "blue"
      endchoice
      config BY_TWO
      \tbool
      """)
    #expect(found == ["TWO": "y", "BY_TWO": "y", "GREEN": "y"])
  }

  @Test func deniedAndForcedOptions() throws {
    let text = """
      config RISKY
      \tbool "risky"
      config PROBED
      \tdef_bool $(success,false)
      config VERSION
      \tint
      \tdefault $(shell,version)
      """
    #expect(try options(text, denied: ["RISKY"])["RISKY"] == nil)
    let forced = try options(["Kconfig": text], forced: ["PROBED": "n", "VERSION": "19"])
    #expect(forced == ["RISKY": "y", "VERSION": "19"])
  }

  @Test func filesAreSourcedByPathFolderAndGlob() throws {
    let found = try options([
      "Kconfig": """
      source "a/Kconfig"
      source "arch/$(SRCARCH)/Kconfig"
      osource "none/Kconfig"
      source "glob/*/Kconfig"
      """,
      "a/Kconfig": "rsource \"b/Kconfig\"\norsource \"missing\"\nconfig A\n\tbool \"a\"\n",
      "a/b/Kconfig": "config B\n\tbool \"b\"\n",
      "arch/x86/Kconfig": "config X\n\tbool \"x\"\n",
      "glob/one/Kconfig": "config G1\n\tbool \"1\"\n",
      "glob/two/Kconfig": "config G2\n\tbool \"2\"\n",
      "glob/file": "config WRONG\n\tbool \"w\"\n",
    ])
    #expect(Set(found.keys) == ["A", "B", "X", "G1", "G2"])
  }

  @Test func macrosAreExpandedWithoutAShell() throws {
    let found = try options(
      """
      flag := -mx
      twice = $(1)$(1)
      name := $(twice,AB)
      config $(name)
      \tdef_bool $(cc-option,$(flag) -Wa,--x)
      config INT128
      \tdef_bool !$(cc-option,$(m64-flag) -D__SIZEOF_INT128__=0)
      config FAILS
      \tdef_bool $(failure,true)
      config TEXT
      \tstring
      \tdefault "$(shell,touch /tmp/never)x"
      config THEN
      \tdef_bool $(if-success,test,y,n)
      """)
    #expect(found == ["ABAB": "y", "INT128": "y", "TEXT": "x", "THEN": "y"])
  }

  @Test func helpTextIsNoStatement() throws {
    let found = try options(
      """
      config A
      \tbool "a"
      \thelp
      \t  config INSIDE
      \t    if THIS

      \t  endif
      \tdepends on NOWHERE
      config B
      \tbool "b"
      \thelp

      config C
      \tbool "c"
      """)
    #expect(found == ["B": "y", "C": "y"])
  }

  @Test func numbersStayInTheirRange() throws {
    let found = try options(
      """
      config LOW
      \tint "l"
      \trange 5 10
      config HIGH
      \tint "h"
      \trange 0 LOW
      \tdefault 90
      """)
    #expect(found == ["LOW": "5", "HIGH": "5"])
  }

  @Test(arguments: [
    "config A\n\tbool \"a\"\n\tdepends on B\nconfig B\n\tbool \"b\"\n\tdepends on A\n",
    "config A\n\tbool \"a\"\n\tselect A\nconfig B\n\tdef_bool !B\n",
    "source \"Kconfig\"\nsource \"Kconfig\"\n",
    "config A\n\tbool \"a\"\n\tdepends on ((((\nconfig B\n\tbool \"b\"\n\tdepends on && ||\n",
    "endif\nendmenu\nendchoice\nconfig\nif\nchoice\n\tdefault\nmenu\n",
    "x := $(x)\ny = $(y)\nconfig A\n\tdef_bool $(y)$(x)\n$(y)\n",
    "a = $(a,$(a,$(a,1)))$(a)\nconfig $(a,$(a))\n\tbool \"a\"\n",
  ])
  func hostileFilesEnd(_ text: String) throws {
    _ = try options(text)
  }

  @Test func longLinesAndChainsEnd() throws {
    let line = "config A\n\tbool \"a\"\n\tdepends on " + String(repeating: "!", count: 1_000_000)
    #expect(try options(line) == [:])
    let nested =
      String(repeating: "(", count: 500_000) + "y" + String(repeating: ")", count: 500_000)
    #expect(try options("config A\n\tbool \"a\"\n\tdepends on \(nested)") == [:])
    let chain = (0..<20_000).map { "config A\($0)\n\tbool \"a\"\n\tdepends on A\($0 + 1)\n" }
    #expect(try options(chain.joined() + "config A20000\n\tbool \"end\"\n")["A20000"] == "y")
  }

  @Test func filesThatSourceEachOtherEnd() throws {
    var files = ["Kconfig": "source \"0\"\n"]
    for index in 0..<40 {
      files["\(index)"] = String(repeating: "source \"\(index + 1)\"\n", count: 40)
    }
    files["40"] = "config DEEP\n\tbool \"d\"\n"
    #expect(try options(files)["DEEP"] == "y")
  }
}
