/// Why mails cannot be read; the description is the user's sentence.
public enum MailError: Error, Equatable, CustomStringConvertible {
  case unreadable(path: String, reason: String)
  case compressed(name: String)
  /// Mails, but no patch in any; `reasons` has a sentence for each that looks like one.
  case noPatch(mails: Int, reasons: [String])

  public var description: String {
    switch self {
    case .unreadable(let path, let reason):
      "cannot read '\(path)': \(reason); --mbox takes a file of mails, a maildir, or - for "
        + "standard input"
    case .compressed(let name):
      "'\(name)' is compressed; unpack it: gunzip -c FILE | lockstep check --mbox -"
    case .noPatch(0, _):
      "there is no mail in the mailbox; export a series with: git format-patch --stdout BASE..HEAD"
    case .noPatch(let mails, let reasons) where reasons.isEmpty:
      "\(mails == 1 ? "the mail has no patch" : "none of the \(mails) mails has a patch"); "
        + "export a series with: git format-patch --stdout BASE..HEAD"
    case .noPatch(_, let reasons):
      "no patch can be read: " + reasons.joined(separator: "; ")
    }
  }
}
