import Mail

/// A mail with a small patch, made to measure.
struct ExampleMail {
  var fields: [(String, String)] = [
    ("From", "=?utf-8?q?J=C3=BCrgen?= <juergen@example.com>"),
    ("Date", "Thu, 1 Jan 2026 10:00:00 +0100"),
  ]
  var subject = "[PATCH] pond: mend the bank"
  var text = "The bank is broken.\n\nSigned-off-by: J <juergen@example.com>\n"
  var diff = Self.diff()
  var stat = " pond.c | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n"

  static func diff(_ new: String = "new") -> String {
    """
    diff --git a/pond.c b/pond.c
    index 1234567..89abcde 100644
    --- a/pond.c
    +++ b/pond.c
    @@ -1,3 +1,3 @@
     one
    -old
    +\(new)
     three

    """
  }

  /// Text, diffstat, diff and git's signature.
  var body: String { text + "---\n" + stat + "\n" + diff + "-- \n2.39.5\n" }

  func bytes(
    _ more: [(String, String)] = [], body: [UInt8]? = nil, lineEnd: String = "\n"
  ) -> [UInt8] {
    let head = (fields + [("Subject", subject)] + more).map { "\($0.0): \($0.1)\n" }.joined()
    let bytes = Array((head + "\n").utf8) + (body ?? Array(self.body.utf8))
    guard lineEnd != "\n" else { return bytes }
    return bytes.flatMap { $0 == 0x0a ? Array(lineEnd.utf8) : [$0] }
  }

  /// As one message of an mbox.
  func entry(commit: String = String(repeating: "0", count: 40)) -> [UInt8] {
    Array("From \(commit) Mon Sep 17 00:00:00 2001\n".utf8) + bytes() + [0x0a]
  }
}

extension MailSeries {
  init(mbox: [UInt8]) throws { self = try MailSeries(Mailbox.messages(in: mbox, named: "test")) }
}

extension PatchMail {
  /// The first reading of the diff.
  var text: String { String(decoding: diffs.first ?? [], as: UTF8.self) }
}
