import BuiltinRules
import Testing

@Suite("Reading rules about locks")
struct LockRulesReaderTests {
  /// A broken document, and what the message must say.
  struct Broken: Sendable, CustomTestStringConvertible {
    var yaml: String
    var line: Int
    var says: [String]
    var testDescription: String { says[0] }
  }

  @Test(
    "A broken file is told with line and what was expected",
    arguments: [
      Broken(yaml: "families: 3", line: 1, says: ["a list of families", "‘3’"]),
      Broken(yaml: "\nfamilies:\n  - title: x\n", line: 3, says: ["a name in the family"]),
      Broken(yaml: "\nfamilys: []\n", line: 2, says: ["a key of a rules file", "‘familys’"]),
      Broken(yaml: "- a\n", line: 1, says: ["a rules file with some of the keys", "a list"]),
      Broken(
        yaml: "families:\n  - name: a-b\n", line: 2, says: ["a C name", "‘a-b’"]),
      Broken(
        yaml: "families:\n  - name: f\n    nesting: sometimes\n", line: 3,
        says: ["one of never, shared, counted", "‘sometimes’"]),
      Broken(
        yaml: "families:\n  - name: f\n    atomic: yes please\n", line: 3,
        says: ["true or false"]),
      Broken(
        yaml: "families:\n  - name: f\n    acquire:\n      - lock: 0\n", line: 4,
        says: ["functions: [name, …]"]),
      Broken(
        yaml: "families:\n  - name: f\n    acquire:\n      - functions: []\n", line: 4,
        says: ["at least one name"]),
      Broken(
        yaml: "families:\n  - name: f\n    acquire:\n      - functions: f_lock\n", line: 4,
        says: ["a list of names", "‘f_lock’"]),
      Broken(
        yaml:
          "families:\n  - name: f\n    acquire:\n      - {functions: [l],\n         lock: 0=>x}\n",
        line: 5, says: ["a lock as 0, 0->member", "‘0=>x’"]),
      Broken(
        yaml: "families:\n  - name: f\n    acquire:\n      - {functions: [l], token: flags}\n",
        line: 4, says: ["a token as result, 1 or *1"]),
      Broken(
        yaml: "families:\n  - name: f\n    release:\n      - {functions: [u], taken: zero}\n",
        line: 4, says: ["a release does not depend on the result"]),
      Broken(
        yaml: "families:\n  - name: f\n    acquire:\n      - {functions: [l], when: {is: 0}}\n",
        line: 4, says: ["{argument: index, is: number}"]),
      Broken(
        yaml: "assertions:\n  - {names: [a], claims: held, family: nope}\n", line: 2,
        says: ["the name of a family", "‘nope’"]),
      Broken(yaml: "queries:\n  - {names: [q]}\n", line: 2, says: ["about: caller or anyone"]),
      Broken(
        yaml: "annotations:\n  - {names: [__a]}\n", line: 2, says: ["promises: …"]),
      Broken(
        yaml: "allocators:\n  - {functions: [a], flags: first}\n", line: 2, says: ["a number"]),
      Broken(yaml: "identities: {f: -1}\n", line: 1, says: ["an argument's index from 0"]),
      Broken(yaml: "gfp-may-sleep: [1]\n", line: 1, says: ["a number", "a list"]),
      Broken(yaml: "unjudged-files: lib/a.c\n", line: 1, says: ["a list of paths", "‘lib/a.c’"]),
      Broken(yaml: "sleepers: [a, b: c]\n", line: 1, says: ["a C name", "keys with values"]),
      Broken(yaml: "families:\n  - name: [\n", line: 3, says: ["expected YAML"]),
      Broken(yaml: "a: \"\n", line: 2, says: ["expected YAML"]),
      Broken(
        yaml: "sleepers: [a]\nsleepers: [b]\n", line: 1, says: ["each key once", "sleepers"]),
    ])
  func broken(_ broken: Broken) throws {
    let error = #expect(throws: RulesError.self) {
      try LockRules(yaml: broken.yaml, file: "mine.yaml")
    }
    let told = try #require(error)
    #expect(told.file == "mine.yaml")
    #expect(told.line == broken.line, "\(told)")
    for part in broken.says { #expect(told.problem.contains(part), "\(told)") }
    #expect(told.description.hasPrefix("mine.yaml:\(broken.line): "))
  }

  @Test("Nothing but comments is no rule")
  func empty() throws {
    #expect(try LockRules(yaml: "# later\n", file: "e.yaml") == LockRules())
  }

  @Test(
    "Locks are written as in C",
    arguments: [
      ("0", LockPath(root: .argument(0), steps: [.dereference])),
      ("'*2'", LockPath(root: .argument(2), steps: [.dereference, .dereference])),
      (
        "1->a.b->c",
        LockPath(
          root: .argument(1),
          steps: [.dereference, .member("a"), .member("b"), .dereference, .member("c")])
      ),
      ("result", LockPath(root: .result, steps: [.dereference])),
      ("result->m", LockPath(root: .result, steps: [.dereference, .member("m")])),
      ("big_lock", LockPath(root: .global("big_lock"))),
      ("table.lock", LockPath(root: .global("table"), steps: [.member("lock")])),
      ("'1[0]'", LockPath(root: .argument(1), steps: [.dereference], index: 0)),
      ("none", LockPath(root: .context)),
    ])
  func paths(text: String, path: LockPath) throws {
    let rules = try LockRules(
      yaml: "families: [{name: f, acquire: [{functions: [l], lock: \(text)}]}]", file: "p.yaml")
    #expect(rules.operations["l"]?.first?.lock == path)
  }

  @Test("A user's file adds a family and leaves the others alone")
  func addsFamily() throws {
    let yaml = """
      families:
        - name: board
          title: board lock
          acquire-sleeps: true
          acquire:
            - {functions: [board_lock], lock: 0->guard}
            - {functions: [board_trylock], lock: 0->guard, taken: nonzero, sleeps: false}
          release:
            - {functions: [board_unlock], lock: 0->guard}
      """
    let rules = try LockRules.builtin.adding(yaml: yaml, file: "board.yaml")
    let lock = try #require(rules.operations["board_lock"]?.first)
    #expect(rules.families[lock.family].title == "board lock")
    #expect(lock.sleeps)
    #expect(rules.release(of: lock)?.function == "board_unlock")
    #expect(rules.operations["board_trylock"]?.first?.sleeps == false)
    #expect(rules.operations["mutex_lock"] == LockRules.builtin.operations["mutex_lock"])
    #expect(rules.families.count == LockRules.builtin.families.count + 1)
  }

  @Test("A user's file replaces what was known of a function and extends a family")
  func replaces() throws {
    let yaml = """
      families:
        - name: mutex
          acquire:
            - {functions: [mutex_trylock], taken: zero}
            - {functions: [my_lock], lock: 0->m}
      sleepers: [my_wait]
      """
    let rules = try LockRules.builtin.adding(yaml: yaml, file: "r.yaml")
    #expect(rules.operations["mutex_trylock"]?.map(\.outcome) == [.zero])
    let mine = try #require(rules.operations["my_lock"]?.first)
    let mutex = try #require(rules.operations["mutex_lock"]?.first)
    #expect(mine.family == mutex.family)
    #expect(rules.families[mine.family].title == "mutex")
    #expect(rules.sleepers.contains("my_wait") && rules.sleepers.contains("schedule"))
  }
}
