import ArgumentParser
import Findings
import Foundation
import Report

/// `b4.prep-perpatch-check-cmd` and `b4.am-perpatch-check-cmd`: a patch on standard input.
///
/// b4 0.16 takes every line of standard output for a complaint, a failure if `ERROR:` is in it, and
/// every line of standard error for a failure. So nothing is said about a clean patch.
struct B4ClassicAdapter: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "b4-classic",
    abstract: "Checks one patch for b4 prep --check and b4 am --check.",
    discussion: """
      git config b4.prep-perpatch-check-cmd 'lockstep adapter b4-classic'
      git config b4.am-perpatch-check-cmd 'lockstep adapter b4-classic'
      """)

  @Option(
    help: ArgumentHelp("Anything: b4 asks again when it changes.", valueName: "word"))
  var cacheKey: String?

  mutating func run() async throws {
    do {
      let mail = [UInt8](try FileHandle.standardInput.readToEnd() ?? Data())
      let patch = MailedPatch(mail) {
        print("WARNING: not reviewed: \(ReviewRun.timeIsUp)")
        return 0
      }
      let outcome = try await patch.review()
      for finding in outcome.findings where finding.severity > .info { print(Self.line(finding)) }
      for gap in outcome.gaps { print("WARNING: \(gap.visible())") }
    } catch {
      // Not as an error: it is no fault of the patch.
      print("WARNING: not reviewed: \(String(describing: error).visible())")
    }
  }

  private static func line(_ finding: Finding) -> String {
    let level = finding.severity == .error ? "ERROR" : "WARNING"
    return "\(finding.file.visible()):\(finding.line): \(level):\(finding.type.rawValue): "
      + finding.message.visible()
  }
}
