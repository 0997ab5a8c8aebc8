import Testing

@testable import CSyntax

@Suite struct FunctionFormTests {
  private func form(_ text: String, prefix: NamePrefix = .none) -> (FunctionForm, SourceTokens) {
    let outline = Outline(text)
    return (FunctionForm(outline.functions[0], in: outline, prefix: prefix), outline.source)
  }

  private func names(_ text: String, _ role: FormToken.Role) -> [String] {
    let (form, source) = form(text)
    var result: [String] = []
    for token in form.tokens where token.role == role {
      let name = source.text(Int(token.token))
      if !result.contains(name) { result.append(name) }
    }
    return result
  }

  private static let busy = """
    static int busy(struct dev *dev, u32 (*op)(int), unsigned long flags, ...)
    {
    \tstruct list_head *pos, *next = NULL;
    \tconst u8 table[4] = { 1, 2 }, count;
    \tint __maybe_unused spare;
    \tvoid (*done)(struct dev *) = dev->done;
    \tstruct x { int a; } y;
    \tDEFINE_WAIT(wait);
    \tLIST_HEAD(free);
    \tCLASS(fd, f)(flags);

    \tfor (int i = 0; i < count; i++)
    \t\tuse(dev->table, i * spare, global_count, &y, wait, free);
    again:
    \tif (LIMIT > flags)
    \t\tgoto again;
    \ttypeof(pos) copy = pos;
    \treturn op(f.file) ? done(dev) : value * copy;
    }

    """

  @Test func findsLocalsInEveryKindOfDeclaration() {
    #expect(
      names(Self.busy, .local) == [
        "pos", "next", "table", "count", "spare", "done", "dev", "y", "wait", "free", "f",
        "flags", "i", "copy", "op",
      ])
  }

  @Test func aNameDeclaredExternIsNoLocal() {
    let text = "int f(int n)\n{\n\textern struct state *shared;\n\treturn shared[n].size;\n}\n"
    #expect(names(text, .local) == ["n"])
    #expect(names(text, .name).contains("shared"))
  }

  @Test func tellsCalleesFieldsAndOtherNamesApart() {
    #expect(names(Self.busy, .callee) == ["DEFINE_WAIT", "LIST_HEAD", "CLASS", "use"])
    #expect(names(Self.busy, .field) == ["done", "table", "file"])
    #expect(names(Self.busy, .label) == ["again"])
    #expect(names(Self.busy, .name).contains("global_count"))
    #expect(names(Self.busy, .name).contains("value"))
    #expect(names(Self.busy, .name).contains("LIMIT"))
  }

  @Test func renamedLocalsAndLabelsMeanTheSame() {
    let a = form("int f(int a)\n{\n\tint b = a;\n\tif (b)\n\t\tgoto out;\nout:\n\treturn b;\n}\n")
    let b = form("int g(int x)\n{\n\tint y = x;\n\tif (y)\n\t\tgoto end;\nend:\n\treturn y;\n}\n")
    #expect(a.0.tokens.map(\.meaning) == b.0.tokens.map(\.meaning))
    #expect(a.0.tokens.map(\.slot) == b.0.tokens.map(\.slot))
    #expect(a.0.tokens.map(\.exact) != b.0.tokens.map(\.exact))
  }

  @Test func literalsAreClassed() {
    let a = form("int f(void)\n{\n\treturn g(0, 1, 7, \"a\", 'x');\n}\n").0.tokens
    let b = form("int f(void)\n{\n\treturn g(0, 1, 0x30, \"b\", 'y');\n}\n").0.tokens
    let c = form("int f(void)\n{\n\treturn g(1, 0, 7, \"a\", 'x');\n}\n").0.tokens
    #expect(a.map(\.meaning) == b.map(\.meaning))
    #expect(a.map(\.meaning) != c.map(\.meaning))
    #expect(a.map(\.shape) == c.map(\.shape))
  }

  @Test func theFilesOwnPrefixIsLeftOut() {
    let prefix = NamePrefix(of: ["pond_open", "pond_close", "__pond_fill"])
    #expect(prefix.word == Array("pond".utf8))
    let a = form("int f(void)\n{\n\treturn pond_fill(POND_MAX);\n}\n", prefix: prefix).0.tokens
    let lake = NamePrefix(of: ["lake_open", "lake_close"])
    let b = form("int f(void)\n{\n\treturn lake_fill(LAKE_MAX);\n}\n", prefix: lake).0.tokens
    #expect(a.map(\.meaning) == b.map(\.meaning))
    #expect(NamePrefix(of: ["a_x", "b_x", "c_x", "d_x"]).word.isEmpty)
  }

  @Test func deadAndDirectiveTokensAreLeftOut() {
    let with = """
      int f(void)
      {
      #ifdef A
      \ta();
      #endif
      #if 0
      \tgone();
      #endif
      #define HERE 1
      \treturn 1;
      }

      """
    let without = "int f(void)\n{\n\ta();\n\treturn 1;\n}\n"
    #expect(form(with).0.tokens.map(\.exact) == form(without).0.tokens.map(\.exact))
  }

  @Test func hugeBodiesAreCut() {
    let text = "int f(void)\n{\n" + String(repeating: "\ta = b + c;\n", count: 20_000) + "}\n"
    #expect(form(text).0.tokens.count == FunctionForm.limit)
  }
}
