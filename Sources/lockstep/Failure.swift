import ArgumentParser
import Foundation
import Report

/// How the program ends when a command could not do its work.
struct Failure {
  private let error: any Error
  private let command: String?

  /// - Parameter command: the first word that the user typed.
  init(_ error: any Error, command: String?) {
    self.error = error
    self.command = command
  }

  /// Says what happened and ends the process.
  func exit() -> Never {
    if let status = error as? ExitCode { Lockstep.exit(withError: status) }
    switch Lockstep.exitCode(for: error) {
    case .success:
      // Help and version are thrown too.
      Lockstep.exit(withError: error)
    case .validationFailure:
      // A list of choices comes a line each; the user gets one sentence.
      let message = Lockstep.message(for: error)
        .replacingOccurrences(of: ":\n  - ", with: ": ")
        .replacingOccurrences(of: "\n  - ", with: ", ")
        .split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
        .joined(separator: " ")
      let end = message.hasSuffix(".") || message.hasSuffix("?") ? "" : "."
      say("\(message)\(end) Type '\(help)' to see what it takes.")
    default:
      say(sentence)
    }
    Foundation.exit(ReviewStatus.failure.rawValue)
  }

  private var sentence: String {
    error is CocoaError ? error.localizedDescription : String(describing: error)
  }

  private var help: String {
    let known = Lockstep.configuration.subcommands.compactMap { $0.configuration.commandName }
    guard let command, known.contains(command) else { return "lockstep help" }
    return "lockstep help \(command)"
  }

  private func say(_ sentence: String) {
    ErrorOutput.write("lockstep: \(sentence.visible())\n")
  }
}
