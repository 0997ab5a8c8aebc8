import CSyntax
import Testing

struct ConditionTurnTests {
  static let turned: [(String, [String: Bool])] = [
    ("defined(CONFIG_A)", ["CONFIG_A": true]),
    ("defined CONFIG_A", ["CONFIG_A": true]),
    ("!defined(CONFIG_A)", ["CONFIG_A": false]),
    ("!(defined(CONFIG_A))", ["CONFIG_A": false]),
    ("!(!defined(CONFIG_A))", ["CONFIG_A": true]),
    ("IS_ENABLED(CONFIG_A) && !IS_ENABLED(CONFIG_B)", ["CONFIG_A": true, "CONFIG_B": false]),
    ("!(IS_ENABLED(CONFIG_A) || !CONFIG_B)", ["CONFIG_A": false, "CONFIG_B": true]),
    ("!(defined(A)) && !(defined(B)) && defined(C)", ["A": false, "B": false, "C": true]),
  ]

  @Test(arguments: turned)
  func setsEachNameAsItsPlaceAsks(condition: String, macros: [String: Bool]) {
    var turn = ConditionTurn()
    let added1 = turn.add(condition)
    #expect(added1)
    #expect(turn.macros == macros)
  }

  @Test(arguments: [
    "BITS_PER_LONG == 32", "0", "", "LINUX_VERSION_CODE < KERNEL_VERSION(6, 1, 0)",
    "defined(A) && !defined(A)", "A + B", ")",
  ])
  func leavesNumbersAlone(condition: String) {
    var turn = ConditionTurn()
    let added2 = turn.add(condition)
    #expect(!added2)
    #expect(turn.isEmpty)
  }

  @Test func whatContradictsIsNotAdded() {
    var turn = ConditionTurn()
    let added3 = turn.add("defined(CONFIG_A)")
    #expect(added3)
    let added4 = turn.add("!defined(CONFIG_A) && CONFIG_B")
    #expect(!added4)
    #expect(turn.macros == ["CONFIG_A": true])
    #expect(turn.lines == "#undef CONFIG_A\n#undef CONFIG_A_MODULE\n#define CONFIG_A 1\n")
  }
}
