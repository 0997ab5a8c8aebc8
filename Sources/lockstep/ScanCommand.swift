import ArgumentParser
import Foundation
import Review

struct ScanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Analyses whole files or folders as they are on disk.",
    discussion: "Needs no git. Everything found is reported, whoever brought it in.")

  @Argument(help: "Files and folders; with --as one file, or - for standard input.")
  var paths: [String]

  @Option(
    help: ArgumentHelp(
      "The root of the tree that the paths belong to; found from them if not given.",
      valueName: "dir"))
  var tree: String?

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp("Let the one file stand for this path of the tree.", valueName: "path"))
  var treePath: String?

  @OptionGroup(title: "Analysis") var analysis: AnalysisOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  mutating func validate() throws {
    if treePath != nil, paths.count != 1 {
      throw ValidationError("--as takes exactly one file, which may be -")
    }
    if treePath == nil, paths.contains("-") {
      throw ValidationError("standard input needs --as and the path of the tree that it stands for")
    }
  }

  mutating func run() async throws {
    var request = try analysis.request(.files(tree: tree, paths: paths))
    if let treePath {
      request.subject = .text(try Self.bytes(of: paths[0]), path: treePath, tree: tree)
    }
    let settings = try Settings(for: request)
    try analysis.fill(&request, from: settings)
    try output.fill(from: settings)
    try await ReviewRun(request: request, output: output).run()
  }

  private static func bytes(of file: String) throws(UsageError) -> [UInt8] {
    do {
      let data =
        file == "-"
        ? try FileHandle.standardInput.readToEnd() ?? Data()
        : try Data(contentsOf: URL(filePath: file))
      return [UInt8](data)
    } catch {
      throw UsageError("cannot read '\(file)': \(error.localizedDescription)")
    }
  }
}
