import CSyntax
import Testing

@testable import ClangKit

/// Further versions of a file give what parsing each alone gives.
struct VersionParserTests {
  private let header = """
    #define PASTE(a, b) a##b
    #define NAME(a, b) PASTE(a, b)
    #define unique NAME(id_, __COUNTER__)
    extern int shared;
    struct lock { int held; };
    static int unique = 1;
    static inline void unlock(struct lock *l) { l->held = 0; shared++; }
    static inline int lock(struct lock *l) { for (; l->held;) { } l->held = 1; return 1; }
    static inline void drop(struct lock **l) { if (*l) unlock(*l); }
    static inline int deep(int x) { static int calls; calls++; return x ? shared + x : calls; }
    static inline int choose(int x)
    {
    \tint unique = x;
    \tint list[] = { 1, x, deep(x) };
    \tswitch (x) { case 1 ... 3: return deep(list[0]); default: goto out; }
    out:
    \treturn ({ int y = x; y; });
    }
    #define guard(l) struct lock *unique __attribute__((cleanup(drop))) = (lock(l), l)

    """

  private func request(_ body: String, header: String? = nil, head: String = "\n") -> ParseRequest {
    var request = ParseRequest(
      path: "a.c", file: "/memory/a.c",
      text: Array("// A file.\n#include \"/memory/a.h\"\n\(head)\(body)".utf8),
      arguments: ["-x", "c", "-std=gnu11"], workingDirectory: "/",
      unsaved: [.init(file: "/memory/a.h", text: Array((header ?? self.header).utf8))])
    request.further = 9
    return request
  }

  /// Expects the same units as from parsing each alone, and `reads` of them cheaply.
  private func expectSame(_ requests: [ParseRequest], reads: Int?) throws {
    let parser = VersionParser()
    for request in requests {
      let unit = try parser.read(request)
      let alone = try RepairedParse(request: request).read()
      #expect(unit == alone)
      #expect(unit.encoded() == alone.encoded())
    }
    #expect(parser.kept?.reads == reads)
  }

  private let calls = "int f(struct lock *l, int x) { guard(l); return choose(x) + shared; }\n"

  @Test func readsThreeVersions() throws {
    try expectSame(
      [
        request(calls), request("int g(void) { return deep(2); }\n" + calls),
        request(calls + "static int unique;\nint h(struct lock *l) { return lock(l) + shared; }\n"),
      ], reads: 2)
  }

  @Test func readsAnInlineThatNoEarlierVersionCalled() throws {
    try expectSame(
      [
        request("int f(void) { return 1; }\n"), request("int f(int x) { return choose(x); }\n"),
        request("int f(int x) { return choose(x) + deep(x); }\n"),
      ], reads: 2)
  }

  @Test func findsAGuardThatIsNew() throws {
    try expectSame(
      [
        request("int f(void) { return shared; }\n"), request(calls),
        request("int f(void) { return 2; }\n"),
      ],
      reads: 2)
  }

  @Test func takesNothingFromAnotherHeader() throws {
    let other = header.replacing("l->held = 0; shared++", with: "shared = l->held; l->held = 0")
    try expectSame([request(calls), request(calls, header: other), request(calls)], reads: 0)
  }

  @Test func parsesAVersionWithAnErrorAnew() throws {
    try expectSame(
      [request(calls), request("int g(void) { return nothing + ; }\n" + calls), request(calls)],
      reads: 1)
  }

  @Test func countsOnWhereTheHeadersEnd() throws {
    let counting = "int unique;\nint f(void) { int unique = __COUNTER__; return 0; }\n"
    let names = { (n: Int) in
      (0..<n).map { "int f\($0)(void) { int unique = 1; return __COUNTER__; }\n" }.joined()
    }
    try expectSame([request(counting), request(names(3) + counting), request(names(1))], reads: 2)
  }

  @Test func parsesAnewWhereTheFirstLinesDiffer() throws {
    try expectSame(
      [
        request(calls), request(calls, head: "#define shared other\nint other;\n\n"),
        request(calls),
      ],
      reads: 1)
  }

  @Test func keepsNoFileThatIncludesFurtherDown() throws {
    let late = calls + "#include \"/memory/a.h\"\n"
    try expectSame([request(late), request(late)], reads: nil)
  }

  @Test func keepsNothingWhereNoVersionFollows() throws {
    var single = request(calls)
    single.further = 1
    try expectSame([single, single], reads: nil)
  }
}
