import Mail
import Testing

/// Mails in any order become a series.
@Suite struct SeriesTests {
  /// A patch mail of a thread.
  private func mail(
    _ subject: String, _ diff: String? = nil, thread: String = "<root@x>", id: String? = nil
  ) -> [UInt8] {
    var mail = ExampleMail()
    mail.subject = subject
    mail.diff = ExampleMail.diff(diff ?? subject)
    mail.fields += [("Message-ID", id ?? "<\(subject.hashValue)@x>"), ("In-Reply-To", thread)]
    return mail.bytes()
  }

  private func titles(_ mails: [UInt8]...) throws -> [String] {
    try MailSeries(mails).patches.map(\.title)
  }

  @Test func outOfOrder() throws {
    let series = try MailSeries([
      mail("[PATCH v2 3/3] c"), mail("[PATCH v2 0/3] cover"), mail("[PATCH v2 1/3] a"),
      mail("Re: [PATCH v2 1/3] a"), mail("[PATCH v2 2/3] b"),
    ])
    #expect(series.patches.map(\.title) == ["a", "b", "c"])
    #expect(series.coverTitle == "cover" && series.missing.isEmpty)
    #expect(series.notes == ["a reply with a diff was passed over: 'a'"])
  }

  @Test func withoutNumbersTheMailboxOrders() throws {
    #expect(try titles(mail("[PATCH] b"), mail("[PATCH] a")) == ["b", "a"])
  }

  @Test func theNewestVersionCounts() throws {
    let series = try MailSeries([
      mail("[PATCH 1/2] a"), mail("[PATCH 2/2] b"), mail("[PATCH v2 1/1] a", "better"),
    ])
    #expect(series.patches.map(\.title) == ["a"] && series.patches[0].text.contains("+better"))
    #expect(series.notes == ["version 1 of 'a' was passed over for version 2"])
  }

  @Test func aResendReplacesWhatItSendsAgain() throws {
    let series = try MailSeries([
      mail("[PATCH 1/2] a", thread: "<1@x>"), mail("[PATCH 2/2] b", thread: "<1@x>"),
      mail("[PATCH RESEND 1/2] a", "again", thread: "<2@x>"),
      mail("[PATCH RESEND 2/2] b", thread: "<2@x>"),
    ])
    #expect(series.patches.map(\.title) == ["a", "b"])
    #expect(series.patches[0].text.contains("+again"))
    #expect(series.notes == ["'a' was passed over for its resend"])
  }

  @Test func theSameMailFromTwoListsIsOne() throws {
    #expect(try titles(mail("[PATCH 1/1] a"), mail("[PATCH 1/1] a")) == ["a"])
  }

  @Test func twoThreadsOfOneLengthStayApart() throws {
    let first = ["[PATCH 1/2] a", "[PATCH 2/2] b"].map { mail($0, thread: "<1@x>") }
    let second = ["[PATCH 1/2] c", "[PATCH 2/2] d"].map { mail($0, thread: "<2@x>") }
    let series = try MailSeries([first[0], second[1], second[0], first[1]])
    #expect(series.patches.map(\.title) == ["a", "b", "c", "d"] && series.missing.isEmpty)
  }

  @Test func gapsAreNamed() throws {
    let series = try MailSeries([mail("[PATCH 1/3] a"), mail("[PATCH 3/3] c")])
    #expect(series.missing.map(\.what) == ["patch 2/3"])
  }

  @Test func oneMailOfASeriesIsNoGap() throws {
    let series = try MailSeries([mail("[PATCH 2/3] b")])
    #expect(series.missing.isEmpty && series.notes.count == 1)
  }

  @Test func aPatchMailWithoutDiffIsNoSilence() throws {
    var lost = ExampleMail()
    lost.subject = "[PATCH] lost"
    lost.diff = ""
    let series = try MailSeries([mail("[PATCH] a"), lost.bytes()])
    #expect(series.patches.map(\.refusal) == [nil, "there is no diff in it"])
  }

  @Test(arguments: [
    ("[PATCH net-next v3 RESEND 02/11] x", 2, 11, 3), ("[RFC PATCHv4 1/2] x", 1, 2, 4),
    ("[bpf] [PATCH V2,3/4] x", 3, 4, 2),
  ])
  func subjects(_ subject: String, _ number: Int, _ total: Int, _ version: Int) throws {
    let patch = try MailSeries([mail(subject)]).patches[0]
    #expect(patch.title == "x" && patch.number == number && patch.total == total)
    #expect(patch.version == version)
  }

  @Test func mboxesAndEnvelopes() throws {
    let commit = String(repeating: "ab", count: 20)
    var other = ExampleMail()
    other.text = "From here on\nFrom a friend who wrote at 10:00:00 in 1066\n"
    other.subject = "[PATCH] other"
    other.diff = ExampleMail.diff("x")
    let series = try MailSeries(
      mbox: ExampleMail().entry(commit: commit) + other.entry()
        + Array("From mboxrd@z Thu Jan  1 00:00:00 1970\n".utf8) + mail("[PATCH] third"))
    #expect(series.patches.map(\.commit) == [commit, nil, nil])
    #expect(series.patches.map(\.title) == ["pond: mend the bank", "other", "third"])
  }

  @Test func baseAndPrerequisites() throws {
    let base = String(repeating: "1f", count: 20)
    let id = String(repeating: "2e", count: 20)
    var mail = ExampleMail()
    mail.diff += "\nbase-commit: \(base)\nprerequisite-patch-id: \(id)\n"
    let series = try MailSeries([mail.bytes()])
    #expect(series.baseCommit == base && series.prerequisites == 1)
  }

  @Test func noPatchSaysWhatToType() {
    let error = #expect(throws: MailError.self) { _ = try MailSeries([mail("Re: [PATCH] a")]) }
    #expect(error?.description.contains("git format-patch") == true)
    #expect(throws: MailError.noPatch(mails: 0, reasons: [])) { _ = try MailSeries([]) }
  }
}
