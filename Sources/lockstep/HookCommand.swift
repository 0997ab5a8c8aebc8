import ArgumentParser
import Foundation
import GitKit
import Hooks

extension HookName: ExpressibleByArgument {}

struct HookCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hook",
    abstract: "Installs and runs git hooks: pre-commit, pre-push, sendemail-validate.",
    discussion: """
      A hook that is there already is put aside and runs first; uninstall puts it back. Where \
      core.hooksPath names a folder, that one is used. A hook lets pass what cannot be judged in \
      its time and says so; to leave it out once: git commit --no-verify.
      """,
    subcommands: [Install.self, Uninstall.self, Status.self, HookRunCommand.self])

  /// Which hooks of which repository.
  struct Selection: ParsableArguments {
    @Option(
      name: .customShort("C"),
      help: ArgumentHelp("Run as if started in this directory.", valueName: "dir"))
    var directories: [String] = []

    @Argument(help: "The hooks; all three if none is named.")
    var names: [HookName] = []

    var chosen: [HookName] { names.isEmpty ? HookName.allCases : names }

    func folder() throws -> HookFolder {
      for directory in directories
      where !FileManager.default.changeCurrentDirectoryPath(directory) {
        throw UsageError("cannot change to '\(directory)'; give -C a directory that exists")
      }
      return try HookFolder(of: try Repository())
    }
  }

  struct Install: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Installs hooks, beside what is there.")

    @OptionGroup var selection: Selection

    @Option(help: ArgumentHelp("Let pass, and say so, after this time.", valueName: "seconds"))
    var budget: Double?

    @Option(help: "Refuse from this severity on.")
    var failOn: FailureThreshold?

    mutating func validate() throws {
      if let budget, !(budget > 0) { throw ValidationError("--budget needs seconds above 0") }
    }

    mutating func run() throws {
      let folder = try selection.folder()
      var options: [String] = []
      if let budget { options.append("--budget=\(budget)") }
      if let failOn { options.append("--fail-on=\(failOn.rawValue)") }
      for name in selection.chosen {
        let before = folder.state(name)
        try folder.install(name, program: Self.program, options: options)
        let aside = before == .foreign ? "; the one that was there runs first" : ""
        print("installed \(folder.file(name))\(aside)")
      }
    }

    private static var program: String {
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        ?? CommandLine.arguments[0]
    }
  }

  struct Uninstall: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Takes lockstep's hooks away, and puts back what was there before.")

    @OptionGroup var selection: Selection

    mutating func run() throws {
      let folder = try selection.folder()
      for name in selection.chosen {
        let isGone = try folder.uninstall(name)
        print("\(isGone ? "removed" : "not there:") \(folder.file(name))")
      }
    }
  }

  struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Says which hooks are installed.")

    @OptionGroup var selection: Selection

    mutating func run() throws {
      let folder = try selection.folder()
      for name in selection.chosen {
        print("\(name.rawValue): \(Self.sentence(folder.state(name))) (\(folder.file(name)))")
      }
    }

    private static func sentence(_ state: HookFolder.State) -> String {
      switch state {
      case .absent: "not installed"
      case .installed(other: false): "installed"
      case .installed(other: true): "installed; another hook runs first"
      case .edited: "installed, and changed by hand"
      case .foreign: "not installed; there is another hook"
      }
    }
  }
}
