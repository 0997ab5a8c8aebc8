import Foundation
import GitKit
import Mail

/// The series that git send-email is about to send.
///
/// git before 2.41 does not tell a hook which mail is the last; the subject does, and the others lie
/// beside it.
struct SentSeries {
  let messages: [[UInt8]]

  /// Nil while more mails are to come.
  ///
  /// - Parameter lastMail: the file that git names.
  init?(lastMail file: String, environment: [String: String]) throws {
    let message = try Mailbox.messages(at: file)
    guard let place = MailSeries.place(of: message.first ?? []) else {
      messages = message
      return
    }
    if let counter = environment["GIT_SENDEMAIL_FILE_COUNTER"],
      let total = environment["GIT_SENDEMAIL_FILE_TOTAL"]
    {
      guard counter == total else { return nil }
    } else if place.number < place.total {
      return nil
    }
    let folder = (file as NSString).deletingLastPathComponent
    let others = try Mailbox.messages(at: folder.isEmpty ? "." : folder)
    messages = others.filter {
      MailSeries.place(of: $0).map { $0.total == place.total && $0.version == place.version }
        ?? false
    }
  }

  /// The commit before the first patch, where the mails name their commits; nil leaves it to them.
  func base(in repository: Repository) -> String? {
    guard let series = try? MailSeries(messages), let commit = series.patches.first?.commit,
      let parent = try? repository.resolve(commit + "^")
    else { return nil }
    return parent.description
  }
}
