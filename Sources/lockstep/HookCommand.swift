import ArgumentParser
import Foundation
import GitKit
import Hooks
import Review

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
    @OptionGroup var start: StartFolder

    @Argument(help: "The hooks; all three if none is named.")
    var names: [HookName] = []

    var chosen: [HookName] { names.isEmpty ? HookName.allCases : names }

    func folder() throws -> HookFolder {
      try start.enter()
      return try HookFolder(of: try Repository())
    }
  }

  struct Install: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Installs hooks, beside what is there.")

    @OptionGroup var selection: Selection

    @OptionGroup var limits: HookLimits

    mutating func run() throws {
      let folder = try selection.folder()
      var options: [String] = []
      if let budget = limits.budget { options.append("--budget=\(budget)") }
      if let failOn = limits.failOn { options.append("--fail-on=\(failOn.rawValue)") }
      for name in selection.chosen {
        let before = folder.state(name)
        try folder.install(name, program: Review.program, options: options)
        let aside = before == .foreign ? "; the one that was there runs first" : ""
        print("installed \(folder.file(name))\(aside)")
      }
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
