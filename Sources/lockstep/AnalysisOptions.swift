import ArgumentParser
import Findings
import Foundation
import Review

/// What is analysed, and with what knowledge of the kernel.
struct AnalysisOptions: ParsableArguments {
  @OptionGroup var start: StartFolder

  @Option(
    help: ArgumentHelp(
      "Check only these areas, separated by commas: \(areaNames).", valueName: "areas"),
    transform: ListOption.areas)
  var only: [Area] = []

  @Flag(help: "Show also what was there before the range.")
  var all = false

  @Option(help: ArgumentHelp("The architecture to compile for (default: x86).", valueName: "arch"))
  var arch: String?

  @Option(
    help: ArgumentHelp(
      "Take flags and generated headers from this build directory or compile_commands.json.",
      valueName: "dir"))
  var configFrom: String?

  @Option(
    help: ArgumentHelp(
      "The kernel tree with the headers, for a module outside of the tree.", valueName: "dir"))
  var kdir: String?

  @Option(
    help: ArgumentHelp("The revision to compare with or to apply on.", valueName: "rev"))
  var base: String?

  @Option(
    help: ArgumentHelp("Add this file to the built-in tables.", valueName: "file"))
  var rules: [String] = []

  @Option(
    name: [.customShort("j", allowingJoined: true), .long],
    help: ArgumentHelp("How many workers; one a core if not given.", valueName: "n"))
  var jobs: Int?

  @Option(
    help: ArgumentHelp("Leave out, and name, what takes longer.", valueName: "seconds"))
  var budget: Double?

  @Option(
    help: ArgumentHelp(
      "Do only this part of the work, such as 1/4; 'lockstep merge' joins the reports.",
      valueName: "i/n"),
    transform: ListOption.shard)
  var shard: ReviewRequest.Shard?

  @Flag(name: .customLong("no-cache"), help: "Neither read nor write the cache.")
  var noCache = false

  /// As if nothing was said on the command line.
  static var standard: AnalysisOptions {
    // Without arguments there is nothing to be wrong.
    guard let options = try? parse([]) else { preconditionFailure("the defaults parse") }
    return options
  }

  private static let areaNames = Area.allCases.map(\.rawValue).joined(separator: ", ")

  mutating func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs needs a number from 1 on") }
    if let budget, !(budget > 0) { throw ValidationError("--budget needs seconds above 0") }
  }

  /// The request for `subject`, seen from the directory that `-C` names.
  ///
  /// Goes there, as git does, so that every other path of the command line counts from it.
  func request(_ subject: ReviewRequest.Subject) throws(UsageError) -> ReviewRequest {
    let directory = try start.enter()
    return ReviewRequest(
      subject: subject, directory: directory,
      configFrom: configFrom, kernelDirectory: kdir, architecture: arch ?? "x86", base: base,
      areas: only.isEmpty ? Set(Area.allCases) : Set(only), rulesFiles: rules, all: all,
      jobs: jobs, shard: shard, budget: budget, cacheDirectory: noCache ? nil : UserCache.directory)
  }

  /// Adds to a request what the user has set once and for all and did not say now.
  func fill(_ request: inout ReviewRequest, from settings: Settings) throws {
    if arch == nil, let arch = try settings.value(.arch, { $0 }) { request.architecture = arch }
    if only.isEmpty, let areas = try settings.value(.only, ListOption.areas), !areas.isEmpty {
      request.areas = Set(areas)
    }
    if budget == nil {
      request.budget = try settings.value(.budget) { Double($0).flatMap { $0 > 0 ? $0 : nil } }
    }
    if jobs == nil {
      request.jobs = try settings.value(.jobs) { Int($0).flatMap { $0 > 0 ? $0 : nil } }
    }
    if configFrom == nil, kdir == nil {
      request.configFrom = try settings.value(.configFrom) { $0 }
    }
    if rules.isEmpty, let file = try settings.value(.rules, { $0 }) { request.rulesFiles = [file] }
  }
}
