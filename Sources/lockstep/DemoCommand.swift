import ArgumentParser
import DemoSeries
import Foundation
import GitKit
import Review

struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Reviews an example series that the program carries with it.",
    discussion: """
      Makes a git repository with a kernel in miniature in a temporary folder, reviews the four \
      patches in it, and takes the folder away again. Needs no kernel tree.
      """)

  @Option(
    help: ArgumentHelp("Make the repository here and leave it there.", valueName: "new folder"))
  var keep: String?

  @OptionGroup(title: "Output") var output: OutputOptions

  mutating func run() async throws {
    let temporary = FileManager.default.temporaryDirectory
      .appending(path: "lockstep-demo-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: temporary) }
    let folder = keep ?? temporary + "/repository"
    if FileManager.default.fileExists(atPath: folder) {
      throw UsageError("'\(folder)' exists already; give --keep the name of a new folder")
    }
    let base = try Self.makeRepository(in: folder)
    let request = ReviewRequest(
      subject: .range(["\(base)..HEAD"]), directory: folder,
      cacheDirectory: temporary + "/cache")
    _ = try await ReviewRun(request: request, output: output).report()
  }

  /// Commits the series and gives the commit that it applies on.
  private static func makeRepository(in folder: String) throws -> ObjectID {
    let series = ExampleSeries.brook
    let repository = try ScratchRepository(creatingIn: folder)
    func commit(_ step: ExampleSeries.Step) throws -> ObjectID {
      try repository.commit(step.files.mapValues { Array($0.utf8) }, message: step.message)
    }
    let base = try commit(series.base)
    for patch in series.patches { _ = try commit(patch) }
    try repository.checkOut()
    return base
  }
}
