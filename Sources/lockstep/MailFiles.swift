import Foundation
import Mail

/// The mails that a command line names.
struct MailFiles {
  private let names: [String]

  /// - Parameter names: files, folders, or `-` for standard input.
  init(_ names: [String]) { self.names = names }

  /// Every message, in the order of the names.
  func messages() throws -> [[UInt8]] {
    try names.flatMap { name in
      guard name == "-" else { return try Mailbox.messages(at: name) }
      let data = try FileHandle.standardInput.readToEnd() ?? Data()
      return try Mailbox.messages(in: [UInt8](data), named: "standard input")
    }
  }
}
