/// Takes a mail apart into what a series is made of.
struct MailReader {
  /// Reads a message, and the messages attached to it.
  static func read(_ bytes: [UInt8]) -> [ReadMail] {
    var found: [ReadMail] = []
    var waiting = [bytes]
    while let next = waiting.popLast() {
      // Forwarded mails hold mails; none holds thousands.
      if found.count > 5_000 { break }
      let message = Message(next)
      var embedded: [[UInt8]] = []
      let parts = BodyPart.parts(of: message, embedded: &embedded)
      found.append(MailReader(message: message, parts: parts).mail)
      waiting += embedded.reversed()
    }
    return found
  }

  private let message: Message
  private let parts: [BodyPart]
  private let subject: PatchSubject
  private let body: PatchBody

  private init(message: Message, parts: [BodyPart]) {
    self.message = message
    self.parts = parts
    body = PatchBody(parts)
    let own = PatchSubject(message.header["subject"] ?? "")
    subject = own
  }

  private var mail: ReadMail {
    var read = ReadMail(
      kind: .other, baseCommit: body.baseCommit, prerequisites: body.prerequisites, suspicion: nil)
    if subject.number == 0, subject.total != nil, !subject.isReply {
      read.kind = .cover(
        title: subject.title, version: subject.version, root: message.header.thread)
    } else if subject.isReply {
      if body.hasDiff { read.kind = .reply(title: subject.title) }
    } else if body.hasDiff || subject.number != nil || subject.isPatch {
      read.kind = .patch(patch)
    } else if parts.allSatisfy(\.isHTML), !parts.isEmpty {
      read.suspicion = .init(what: name, reason: "has no plain text, only HTML")
    } else if parts.contains(where: { !$0.isWhole }) {
      read.suspicion = .init(what: name, reason: "is cut off or damaged")
    }
    return read
  }

  private var name: String {
    subject.title.isEmpty ? "a mail without subject" : "'\(subject.title)'"
  }

  private var patch: PatchMail {
    let header = message.header
    let title = body.inner["subject"].map { PatchSubject($0).title } ?? subject.title
    return PatchMail(
      title: title, author: body.inner["from"] ?? header["from"] ?? "", message: body.message,
      number: subject.number, total: subject.total, version: subject.version,
      commit: message.envelopeCommit, diffs: refusal == nil ? body.diffs : [],
      diffstat: body.diffstat, refusal: refusal ?? body.damage,
      envelope: .init(
        subject: header["subject"] ?? "", from: header["from"] ?? "", to: header["to"] ?? "",
        cc: header["cc"] ?? "", date: header["date"] ?? "",
        messageID: header["message-id"] ?? "", references: header["references"] ?? ""),
      isResend: subject.isResend, root: message.header.thread)
  }

  /// Why nothing of the patch can be read.
  private var refusal: String? {
    if body.isFlowed {
      return "it was sent as format=flowed, which breaks lines and drops blanks at their ends; ask "
        + "for it to be sent with git send-email, or as an attachment"
    }
    if body.hasDiff { return nil }
    if parts.contains(where: \.isHTML) { return "it has no plain text with a patch, only HTML" }
    if let damage = body.damage { return damage }
    return "there is no diff in it"
  }
}
