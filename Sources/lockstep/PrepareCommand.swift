import ArgumentParser
import Foundation
import Review

struct PrepareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prepare",
    abstract: "Runs the kernel's own make to get its exact generated headers.",
    discussion: """
      This is the only command that runs something of the tree. It works on a copy in the user's \
      cache ('make allmodconfig prepare', which needs gcc, make, flex, bison, bc, libelf and \
      libssl), and every later review of a version with the same configuration files uses what it \
      made. Without it, headers and configuration are made up from the tree's own text.
      """)

  @OptionGroup var tree: TreeOptions

  @Option(
    help: ArgumentHelp(
      "Use the .config of this folder, or this file, instead of allmodconfig.", valueName: "path"))
  var configFrom: String?

  @Option(help: ArgumentHelp("The architecture to prepare for.", valueName: "arch"))
  var arch = "x86"

  @Flag(name: .shortAndLong, help: "Say nothing.") var quiet = false

  mutating func run() throws {
    let directory = try tree.enter()
    let line = ProgressLine(isQuiet: quiet)
    defer { line.clear() }
    let start = ContinuousClock.now
    let folder = try HeaderPreparation(
      directory: directory, revision: tree.rev, architecture: arch, configFrom: configFrom,
      cacheDirectory: try IndexCommand.cache()
    ).run { step in
      line.show(ReviewProgress(done: 0, total: 0, activity: step))
    }
    line.clear()
    guard !quiet else { return }
    let seconds = (ContinuousClock.now - start).components.seconds
    print("Prepared in \(seconds) s; later reviews use the headers in \(folder)")
  }
}
