/// A mail that brings a patch.
public struct PatchMail: Sendable {
  /// The subject without `[PATCH …]`.
  public internal(set) var title: String
  /// Name and address of the patch's author, as its own `From:` line has them.
  public internal(set) var author: String
  /// The commit message below the title, without what follows `---`.
  public internal(set) var message: String
  /// From 1; nil in a mail that does not say.
  public internal(set) var number: Int?
  public internal(set) var total: Int?
  public internal(set) var version: Int
  /// 40 hexadecimal digits, where `git format-patch` left them.
  public internal(set) var commit: String?
  /// Readings of the diff in the order in which they should be tried.
  ///
  /// As it came, with its line ends mended, in UTF-8. Empty when there is nothing to be read, and
  /// then `refusal` says why.
  public internal(set) var diffs: [[UInt8]]
  /// What the diffstat promises.
  public internal(set) var diffstat: Diffstat?
  /// Why the patch cannot be judged, or not all of it; nil when it can.
  public internal(set) var refusal: String?
  /// Fields that an answer needs.
  public internal(set) var envelope: Envelope

  /// Who sent a mail to whom.
  public struct Envelope: Sendable {
    public var subject = ""
    public var from = ""
    public var to = ""
    public var cc = ""
    public var date = ""
    public var messageID = ""
    public var references = ""
  }

  var isResend: Bool
  /// The first mail of the thread.
  var root: String
}

/// A mail as far as a series needs it: a patch, a cover letter, or something else.
struct ReadMail {
  enum Kind {
    case patch(PatchMail)
    case cover(title: String, version: Int, root: String)
    /// An answer with a diff in it.
    case reply(title: String)
    case other
  }

  var kind: Kind
  /// `base-commit:`, 40 hexadecimal digits.
  var baseCommit: String?
  var prerequisites: Int
  /// Why a mail with no patch looks like one that lost it.
  var suspicion: MailSeries.Missing?
}
