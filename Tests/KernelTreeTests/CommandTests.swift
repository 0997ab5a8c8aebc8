import Testing

@testable import KernelTree

@Suite struct ShellWordsTests {
  @Test(arguments: [
    ("gcc -c a.c", [["gcc", "-c", "a.c"]]),
    (#"gcc -DNAME='"fuse"' x"#, [["gcc", #"-DNAME="fuse""#, "x"]]),
    (#"a "b c" 'd  e' f\ g"#, [["a", "b c", "d  e", "f g"]]),
    (#"a "q\"q" "keep\n""#, [["a", #"q"q"#, #"keep\n"#]]),
    (
      "gcc -c a.c ; objtool a.o && x | y",
      [["gcc", "-c", "a.c"], ["objtool", "a.o"], ["x"], ["y"]]
    ),
    ("a '' b", [["a", "", "b"]]),
    ("a 'unclosed; b", [["a", "unclosed; b"]]),
    ("  ;; ", []),
  ])
  func splits(_ line: String, _ words: [[String]]) {
    #expect(ShellWords(line).commands == words)
  }
}

@Suite struct KbuildRecordTests {
  @Test func readsBothSpellingsAndUnescapes() throws {
    for prefix in ["savedcmd_", "cmd_"] {
      let record = """
        \(prefix)fs/a/b.o := gcc -DX='"a$$b"' -DY=$(pound)1 -c -o fs/a/b.o fs/a/b.c ; objtool b.o

        source_fs/a/b.o := fs/a/b.c
        """
      #expect(
        KbuildRecord.words(in: record)
          == [#"-DX="a$b""#, "-DY=#1", "-c", "-o", "fs/a/b.o", "fs/a/b.c"])
    }
  }

  @Test func anArchiveIsNoCompile() {
    #expect(KbuildRecord.words(in: "savedcmd_fs/a.a := rm -f fs/a.a; ar cD fs/a.a") == nil)
    #expect(KbuildRecord.words(in: "") == nil)
  }
}

@Suite struct FlagFilterTests {
  private let filter = FlagFilter(directory: "/b", architecture: .named("x86"))

  @Test func keepsWhatTheTextDependsOn() {
    let words = ShellWords(
      "-nostdinc -I./inc -I ../src -isystem /gcc/include -include ./k.h -DA=1 -D B -UC -std=gnu11 "
        + "-fshort-wchar -m64 -mno-sse -O2"
    ).commands[0]
    #expect(
      filter.allowed(words) == [
        "-nostdinc", "-I", "/b/inc", "-I", "/src", "-isystem", "/gcc/include", "-include",
        "/b/k.h", "-DA=1", "-DB", "-UC", "-std=gnu11", "-fshort-wchar", "-m64", "-mno-sse", "-O2",
      ])
  }

  @Test(arguments: [
    "-fplugin=evil.so", "-fplugin-arg-x-y", "-Xclang -load -Xclang evil.so", "-load evil.so",
    "@evil", "-B/evil", "-B /evil", "-specs=evil", "-specs evil", "-mllvm -x", "--sysroot=/evil",
    "-wrapper sh,-c,evil", "-Wp,-MMD,x.d", "-Wa,--x", "-o out.o -c in.c", "-MF out.d -MD",
    "-fcrash-diagnostics-dir=/x", "-save-temps", "-ivfsoverlay evil", "-fmodule-file=evil",
    "-mskip-rax-setup", "-fconserve-stack", "-Werror", "-x assembler", "-target evil",
    "-fpass-plugin=evil.so", "-include-pch evil", "-cc1", "-resource-dir /evil",
    "-std=gnu11 -Xclang".split(separator: " ").suffix(1).joined(),
  ])
  func refuses(_ line: String) {
    #expect(filter.allowed(line.split(separator: " ").map(String.init)) == [])
  }

  @Test func aFlagAtTheEndWithoutItsValueIsDropped() {
    #expect(filter.allowed(["-DA", "-I"]) == ["-DA"])
    #expect(filter.allowed(["-D"]) == [])
  }
}
