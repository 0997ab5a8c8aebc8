import Foundation
import Mail
import Testing

/// The same mail in every coat that mail programs give it.
@Suite struct EncodingTests {
  private static let plain = ExampleMail(diff: ExampleMail.diff("grün"))

  private func expectWhole(_ bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation)
    throws
  {
    let series = try MailSeries([bytes])
    let patch = try #require(series.patches.first, sourceLocation: sourceLocation)
    #expect(patch.title == "pond: mend the bank", sourceLocation: sourceLocation)
    #expect(patch.author == "Jürgen <juergen@example.com>", sourceLocation: sourceLocation)
    #expect(patch.message.hasPrefix("The bank is broken."), sourceLocation: sourceLocation)
    #expect(patch.refusal == nil, sourceLocation: sourceLocation)
    let readings = patch.diffs.map { String(decoding: $0, as: UTF8.self) }
    #expect(
      readings.contains { $0.hasPrefix(Self.plain.diff) }, "\(readings)",
      sourceLocation: sourceLocation)
    #expect(patch.diffstat == Diffstat(files: 1, insertions: 1, deletions: 1))
  }

  @Test(arguments: ["\n", "\r\n"]) func lineEnds(_ end: String) throws {
    try expectWhole(Self.plain.bytes(lineEnd: end))
  }

  @Test func quotedPrintable() throws {
    let coded = Self.plain.body.utf8.map { byte in
      byte == 0x0a
        ? "\n"
        : byte > 126 || byte == 0x3d || byte < 32
          ? "=" + String(byte, radix: 16, uppercase: true) : String(UnicodeScalar(byte))
    }.joined().replacing("bank is", with: "ba=\nnk is").replacing("-- \n", with: "--=20\n")
    try expectWhole(
      Self.plain.bytes([("Content-Transfer-Encoding", "quoted-printable")], body: Array(coded.utf8))
    )
  }

  @Test(arguments: ["\n", "\r\n"]) func base64(_ end: String) throws {
    let inner = Self.plain.body.replacing("\n", with: end)
    let coded = Data(inner.utf8).base64EncodedString(options: [.lineLength64Characters])
    try expectWhole(
      Self.plain.bytes(
        [("Content-Type", "text/plain; charset=utf-8"), ("Content-Transfer-Encoding", "base64")],
        body: Array((coded + "\r\n").utf8)))
  }

  @Test(arguments: [("iso-8859-1", String.Encoding.isoLatin1), ("utf-16be", .utf16BigEndian)])
  func otherCharacterSets(_ name: String, _ encoding: String.Encoding) throws {
    let body = try #require(Self.plain.body.data(using: encoding))
    try expectWhole(
      Self.plain.bytes(
        [
          ("Content-Type", "text/plain; charset=\"\(name)\""),
          ("Content-Transfer-Encoding", "base64"),
        ], body: Array(body.base64EncodedString().utf8)))
  }

  @Test(arguments: ["text/x-patch; name=\"a.patch\"", "application/octet-stream; name=a.diff"])
  func attachedPatch(_ type: String) throws {
    let body = """
      not shown to anybody
      --lake; "x
      Content-Type: text/plain

      \(Self.plain.text)---
      \(Self.plain.stat)
      --lake; "x
      Content-Type: \(type)
      Content-Disposition: attachment

      \(Self.plain.diff)
      --lake; "x--
      """
    try expectWhole(
      Self.plain.bytes(
        [("Content-Type", #"multipart/mixed;\#n boundary="lake; \"x" (a comment)"#)],
        body: Array(body.utf8)))
  }

  @Test func signedAndAlternative() throws {
    let body = """
      --out
      Content-Type: multipart/alternative; boundary=in

      --in

      \(Self.plain.body)
      --in
      Content-Type: text/html

      <pre>diff --git a/x b/x</pre>
      --in--
      --out
      Content-Type: application/pgp-signature

      -----BEGIN PGP SIGNATURE-----
      --out--
      """
    try expectWhole(
      Self.plain.bytes(
        [("Content-Type", "multipart/signed; boundary=out")], body: Array(body.utf8)))
  }

  @Test func anAttachedMailIsAMail() throws {
    let body = "--b\nContent-Type: message/rfc822\n\n"
    let inner = Self.plain.bytes()
    var outer = ExampleMail()
    outer.subject = "look at this"
    try expectWhole(
      outer.bytes(
        [("Content-Type", "multipart/mixed; boundary=b")],
        body: Array(body.utf8) + inner + Array("\n--b--\n".utf8)))
  }

  @Test func scissorsAndInnerHeader() throws {
    var mail = Self.plain
    mail.fields[0] = ("From", "list@example.com")
    mail.subject = "Re-rolled [PATCH]"
    let text = """
      Hello all, what about

      -- >8 --
      From: =?utf-8?q?J=C3=BCrgen?= <juergen@example.com>
      Subject: [PATCH] pond: mend the bank

      \(mail.text)
      """
    mail.text = text
    try expectWhole(mail.bytes())
  }

  @Test func flowedTextIsRefused() throws {
    let bytes = Self.plain.bytes([("Content-Type", "text/plain; charset=utf-8; format=flowed")])
    let error = #expect(throws: MailError.self) { _ = try MailSeries([bytes]) }
    #expect(error?.description.contains("format=flowed") == true)
    #expect(error?.description.contains("git send-email") == true)
  }

  @Test func htmlAloneIsRefused() throws {
    let bytes = Self.plain.bytes([("Content-Type", "text/html")])
    let error = #expect(throws: MailError.self) { _ = try MailSeries([bytes]) }
    #expect(error?.description.contains("HTML") == true)
  }

  @Test func whatIsCutOffIsTold() throws {
    let coded = Data(Self.plain.body.utf8).base64EncodedString()
    let bytes = Self.plain.bytes(
      [("Content-Transfer-Encoding", "base64")], body: Array(coded.dropLast(6).utf8))
    #expect(try MailSeries([bytes]).patches[0].refusal?.contains("cut off") == true)
    let open = Self.plain.bytes(
      [("Content-Type", "multipart/mixed; boundary=b")],
      body: Array("--b\n\n\(Self.plain.body)".utf8))
    #expect(try MailSeries([open]).patches[0].refusal?.contains("cut off") == true)
  }

  @Test func aBarePatchNeedsNoMail() throws {
    let series = try MailSeries(mbox: Array(ExampleMail.diff().utf8))
    #expect(series.patches.map(\.text) == [ExampleMail.diff()])
  }

  @Test func compressedMailsAreNamed() {
    #expect(throws: MailError.compressed(name: "x")) {
      _ = try Mailbox.messages(in: [0x1f, 0x8b, 8, 0], named: "x")
    }
  }
}
