import Testing

@testable import lockstep

@Suite struct CommandArgumentsTests {
  @Test(arguments: [
    ("check -3", "check --max-count=3"),
    ("check -12 topic", "check --max-count=12 topic"),
    ("check A..B", "check A..B"),
    ("-C dir check -1", "check -C dir --max-count=1"),
    ("-C a -C b check", "check -C a -C b"),
    ("check -- -3", "check -- -3"),
    ("check -j2 -", "check -j2 -"),
    ("", ""),
    ("-C", "-C"),
    ("-C dir", "-C dir"),
  ])
  func wordsOfGitUsers(typed: String, parsed: String) {
    let words = typed.split(separator: " ").map(String.init)
    #expect(CommandArguments.normalised(words).joined(separator: " ") == parsed)
  }

  @Test func theNumberOfCommitsBecomesARange() throws {
    let words = CommandArguments.normalised(["check", "-3", "topic"])
    let command = try #require(try Lockstep.parseAsRoot(words) as? CheckCommand)
    #expect(command.words == ["-3", "topic"])
  }
}
