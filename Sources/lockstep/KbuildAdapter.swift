import ArgumentParser
import Findings
import Foundation
import Report
import Review

/// `make C=1 CHECK="lockstep adapter kbuild"`: the compiler's flags and a file.
///
/// Kbuild stops when a checker fails, so this one never does.
struct KbuildAdapter: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kbuild",
    abstract: "Checks one file as make C=1 or C=2 asks for it.",
    discussion: """
      make C=1 CHECK="lockstep adapter kbuild" fs/fuse/

      Prints as compilers do and always ends with status 0, since kbuild stops at any other.
      """)

  @Argument(parsing: .captureForPassthrough, help: "The compiler's flags, and the file.")
  var words: [String] = []

  mutating func run() async throws {
    guard let file = words.last(where: { !$0.hasPrefix("-") && $0.hasSuffix(".c") }) else { return }
    do {
      let asked = request(for: file)
      var run = try ReviewRun(adapting: asked)
      // What make says of the build counts, whatever else is set.
      run.request.configFrom = asked.configFrom
      run.request.architecture = asked.architecture
      run.request.jobs = asked.jobs
      run.onTimeout = {
        Self.say("\(file): note: not reviewed: \(ReviewRun.timeIsUp)")
        return 0
      }
      let result = try await run.review()
      for finding in result.findings { Self.printLines(finding) }
      for entry in result.coverage where entry.incomplete {
        for gap in entry.functions {
          Self.say("\(file):\(gap.line): note: \(gap.function)() not analysed: \(gap.reason)")
        }
      }
    } catch {
      Self.say("\(file): note: not reviewed: \(error)")
    }
  }

  /// Kbuild exports where the source and the objects are, and runs in the folder of the objects.
  private func request(for file: String) -> ReviewRequest {
    let environment = ProcessInfo.processInfo.environment
    let here = FileManager.default.currentDirectoryPath
    let objects = environment["objtree"] ?? here
    let isPrepared = FileManager.default.fileExists(
      atPath: objects + "/include/generated/autoconf.h")
    let module = environment["KBUILD_EXTMOD"].flatMap { $0.isEmpty ? nil : $0 }
    return ReviewRequest(
      subject: .files(tree: module ?? environment["srctree"] ?? ".", paths: [file]),
      directory: here, configFrom: module == nil && isPrepared ? objects : nil,
      kernelDirectory: module == nil ? nil : objects,
      architecture: environment["SRCARCH"] ?? "x86", jobs: 1,
      cacheDirectory: UserCache.directory)
  }

  private static func printLines(_ finding: Finding) {
    let level = finding.severity == .info ? "note" : finding.severity.rawValue
    print(
      "\(finding.file.visible()):\(finding.line):\(finding.column): \(level): "
        + "\(finding.message.visible()) [\(finding.type.rawValue)]")
    for step in finding.trace {
      print("\(step.file.visible()):\(step.line): note: \(step.message.visible())")
    }
  }

  private static func say(_ line: String) {
    ErrorOutput.write("\(line.visible())\n")
  }
}
