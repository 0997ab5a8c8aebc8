import Findings
import Review

extension ReviewRun {
  /// A review that another program asks for, with what the user has set once and for all.
  ///
  /// Says nothing on standard error, where such programs take every word for a failure.
  init(adapting request: ReviewRequest) throws {
    var request = request
    var output = OutputOptions.standard
    output.quiet = true
    let settings = try Settings(for: request, quiet: true)
    try AnalysisOptions.standard.fill(&request, from: settings)
    try output.fill(from: settings)
    // What it prints is agreed with the other program.
    output.format = nil
    output.color = .never
    self.init(request: request, output: output)
  }

  /// Why a review ended before it was done.
  static let timeIsUp = "not done within lockstep.budget; raise it"
}
