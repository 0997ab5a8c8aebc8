/// The patches of a mailbox in the order in which they apply.
public struct MailSeries: Sendable {
  /// Something that may have been a patch.
  public struct Missing: Sendable, Equatable {
    /// `patch 2/5`, or the subject of a mail.
    public var what: String
    public var reason: String
  }

  /// Oldest first.
  public private(set) var patches: [PatchMail] = []
  /// The subject of the cover letter.
  public private(set) var coverTitle: String?
  /// What the sender says the series applies on, 40 hexadecimal digits.
  public private(set) var baseCommit: String?
  /// How many patches the sender says have to be there before.
  public private(set) var prerequisites = 0
  /// Patches that should be there and are not.
  public private(set) var missing: [Missing] = []
  /// What was passed over and why, a sentence each.
  public private(set) var notes: [String] = []

  /// Where a mail says that it stands: its number, how many there are, and of which version.
  public static func place(of message: [UInt8]) -> (number: Int, total: Int, version: Int)? {
    let subject = PatchSubject(Message(message).header["subject"] ?? "")
    guard let number = subject.number, let total = subject.total else { return nil }
    return (number, total, subject.version)
  }

  /// The id of the first mail of a mail's thread; nil where it names none.
  public static func thread(of message: [UInt8]) -> String? {
    let root = Message(message).header.thread
    return root.isEmpty ? nil : root
  }

  /// Reads mails in any order.
  ///
  /// Replies are passed over; of several versions of a series the newest counts, of a patch sent
  /// twice the later one.
  ///
  /// - Throws: `MailError.noPatch`.
  public init(_ messages: [[UInt8]]) throws(MailError) {
    let mails = messages.flatMap(MailReader.read)
    var sorter = SeriesSorter()
    for mail in mails {
      sorter.add(mail)
      // Every patch of a series may carry the trailers of the first.
      baseCommit = baseCommit ?? mail.baseCommit
      prerequisites = max(prerequisites, mail.prerequisites)
      if case .cover(let title, _, _) = mail.kind { coverTitle = coverTitle ?? title }
    }
    sorter.sort()
    patches = sorter.patches
    missing = sorter.missing
    notes = sorter.notes
    let reasons =
      mails.compactMap(\.suspicion).map { "\($0.what) \($0.reason)" }
      + patches.compactMap { patch in
        patch.diffs.isEmpty ? "'\(patch.title)': \(patch.refusal ?? "there is no diff in it")" : nil
      }
    if patches.allSatisfy({ $0.diffs.isEmpty }) {
      throw .noPatch(mails: mails.count, reasons: reasons)
    }
    missing += mails.compactMap(\.suspicion)
    // One patch out of a series is asked for as such.
    if patches.count == 1, mails.count == 1 {
      missing = []
      if let number = patches[0].number, let total = patches[0].total, total > 1 {
        notes.append("the mail is patch \(number) of \(total); the others were not given")
      }
    }
  }
}
