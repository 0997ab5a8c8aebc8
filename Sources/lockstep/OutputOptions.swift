import ArgumentParser
import Findings
import Report

extension ReportFormat: ExpressibleByArgument {}

/// When the report is coloured.
enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
  case auto
  case always
  case never
}

/// What becomes of the findings.
struct OutputOptions: ParsableArguments {
  @Option(name: .long, help: "How to print the report.")
  var format: ReportFormat?

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Write the report to this file.", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp("Report only these types, separated by commas.", valueName: "types"),
    transform: ListOption.types)
  var types: [FindingType] = []

  @Option(
    help: ArgumentHelp("Do not report these types.", valueName: "types"),
    transform: ListOption.types)
  var ignore: [FindingType] = []

  @Option(
    name: .customLong("fail-on"),
    help: "Exit with status 1 from this severity on (default: warning).")
  var threshold: FailureThreshold?

  @Option(
    help: ArgumentHelp(
      "Ignore, and list so, what this saved JSON report has.", valueName: "report"),
    completion: .file())
  var baseline: String?

  @Option(help: "When to colour the text (default: auto).")
  var color: ColorChoice?

  @Flag(name: .shortAndLong, help: "Print findings only.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Print all that is known, and what was not read whole.")
  var verbose = false

  @Flag(help: "One line a finding, as checkpatch prints it.")
  var terse = false

  @Flag(name: .customLong("showfile"), help: "For checkpatch's sake: files are always shown.")
  var showFile = false

  @Flag(help: "With --terse, the level before the type.")
  var showTypes = false

  /// As if nothing was said on the command line.
  static var standard: OutputOptions {
    // Without arguments there is nothing to be wrong.
    guard let options = try? parse([]) else { preconditionFailure("the defaults parse") }
    return options
  }

  mutating func validate() throws {
    if terse, let format, format != .terse {
      throw ValidationError("--terse and --format \(format.rawValue) exclude each other")
    }
  }

  /// The format to print.
  var chosenFormat: ReportFormat { format ?? (terse ? .terse : .text) }

  /// From which severity on the program fails.
  var failOn: FailureThreshold {
    get { threshold ?? .warning }
    set { threshold = newValue }
  }

  /// Adds what the user has set once and for all and did not say now.
  mutating func fill(from settings: Settings) throws {
    threshold = try threshold ?? settings.value(.failOn) { FailureThreshold(rawValue: $0) }
    if format == nil, !terse {
      format = try settings.value(.format) { ReportFormat(rawValue: $0) }
    }
    color = try color ?? settings.value(.color) { ColorChoice(rawValue: $0) }
    baseline = try baseline ?? settings.value(.baseline) { $0 }
    if types.isEmpty { types = try settings.value(.types, ListOption.types) ?? [] }
    if ignore.isEmpty { ignore = try settings.value(.ignore, ListOption.types) ?? [] }
  }

  /// True when the user wants to see this type.
  func wants(_ type: FindingType) -> Bool {
    (types.isEmpty || types.contains(type)) && !ignore.contains(type)
  }
}
