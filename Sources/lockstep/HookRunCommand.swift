import ArgumentParser
import Foundation
import GitKit
import Hooks
import Review

/// What git starts as a hook.
struct HookRunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Reviews what a hook of git is about.",
    discussion: """
      pre-commit reviews the index that git hands over (or, under the pre-commit framework, the \
      commits that are pushed), pre-push the commits that the other side does not have, and \
      sendemail-validate the whole series when its last mail comes.
      """)

  @Argument(help: "The hook.") var name: HookName
  @Argument(help: "What git tells it.") var words: [String] = []

  @OptionGroup var limits: HookLimits

  mutating func validate() throws {
    if name == .sendEmailValidate, words.isEmpty {
      throw ValidationError("sendemail-validate needs the file of the mail")
    }
  }

  mutating func run() async throws {
    // What git has set for the hook counts from where it was started.
    let environment = ProcessInfo.processInfo.environment
    do {
      for subject in try subjects(environment) { try await review(subject) }
    } catch let status as ExitCode {
      throw status
    } catch {
      // Whoever commits has not asked for a review; what prevents one must not prevent the commit.
      say("\(error); \(name.rawValue) lets pass, nothing was reviewed")
    }
  }

  /// A subject with the base of its mails.
  private typealias Subject = (subject: ReviewRequest.Subject, base: String?)

  private func subjects(_ environment: [String: String]) throws -> [Subject] {
    switch name {
    case .preCommit:
      if let from = environment["PRE_COMMIT_FROM_REF"], let to = environment["PRE_COMMIT_TO_REF"] {
        return [(.range(["\(from)..\(to)"]), nil)]
      }
      return [(.staged, nil)]
    case .prePush:
      let input = try FileHandle.standardInput.readToEnd() ?? Data()
      let pushed = PushedReferences(String(decoding: input, as: UTF8.self), remote: words.first)
      return try pushed.ranges(in: Repository()).map { (.range($0), nil) }
    case .sendEmailValidate:
      guard let series = try SentSeries(lastMail: words[0], environment: environment) else {
        return []
      }
      return [(.mails(series.messages), series.base(in: try Repository()))]
    }
  }

  private func review(_ subject: Subject) async throws {
    let seconds = limits.budget ?? (name == .preCommit ? 20 : 120)
    var request = ReviewRequest(
      subject: subject.subject, directory: FileManager.default.currentDirectoryPath,
      base: subject.base, budget: seconds, cacheDirectory: UserCache.directory)
    var output = OutputOptions.standard
    output.threshold = limits.failOn
    let settings = try Settings(for: request)
    try AnalysisOptions.standard.fill(&request, from: settings)
    try output.fill(from: settings)
    // A hook has a budget of its own, and says what it does in words.
    request.budget = seconds
    output.format = nil
    let label = name.rawValue
    var run = ReviewRun(request: request, output: output)
    run.onTimeout = {
      let text =
        "not done within \(seconds) s, so \(label) lets pass; raise --budget, or review "
        + "later: lockstep check"
      say(text)
      return 0
    }
    let result = try await run.review()
    let status = ReviewStatus(result, failOn: output.failOn)
    if status != .clean { try run.print(result) }
    if status == .incomplete {
      say("\(label) lets pass what could not be analysed; see above")
    }
    if status == .findings {
      say("refused by \(label); to do it all the same, leave the hook out with --no-verify")
      throw status.code
    }
  }

  private func say(_ sentence: String) {
    ErrorOutput.write("lockstep: \(sentence)\n")
  }
}
