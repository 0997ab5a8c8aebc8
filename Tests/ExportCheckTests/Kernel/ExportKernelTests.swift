import ExportCheck
import Foundation
import Testing

@Suite(.enabled(if: KernelFiles.given != nil)) struct ExportKernelTests {
  /// Every use of an export macro is an export of that line, or stands where there is none.
  @Test func everyMacroUseIsAccountedFor() throws {
    let kernel = try #require(KernelFiles.given)
    let paths = try kernel.paths(endings: [".c", ".h", ".S"])
      .filter { !$0.hasPrefix("tools/") && !$0.hasPrefix("scripts/") && !$0.hasPrefix("Documentation/") }
    let results = kernel.map(paths) { path -> Tally in
      guard let text = kernel.text(of: path), text.contains("EXPORT_") else { return Tally() }
      return Tally(path, text)
    }
    let total = results.reduce(into: Tally()) { $0.add($1) }
    print("uses \(total.uses), exported \(total.exported), in macros \(total.inMacros), lost \(total.lost.count), extra \(total.extra.count)")
    for line in total.lost.prefix(80) { print("lost:", line) }
    for line in total.extra.prefix(80) { print("extra:", line) }
    #expect(total.lost.isEmpty)
  }

  struct Tally: Sendable {
    var uses = 0
    var exported = 0
    var inMacros = 0
    var lost: [String] = []
    var extra: [String] = []

    init() {}

    init(_ path: String, _ text: String) {
      let plain = PlainExportScan(text).uses
      let surface = Surface(path: path, text: text)
      var found = surface.exports.map { "\($0.line) \($0.macro) \($0.symbol)" }
      for use in plain {
        uses += 1
        if use.isDirective {
          inMacros += 1
        } else if let index = found.firstIndex(of: "\(use.line) \(use.macro) \(use.argument)") {
          found.remove(at: index)
          exported += 1
        } else {
          lost.append("\(path):\(use.line): \(use.macro)(\(use.argument))")
        }
      }
      extra = found.map { "\(path):\($0)" }
    }

    mutating func add(_ other: Tally) {
      uses += other.uses
      exported += other.exported
      inMacros += other.inMacros
      lost += other.lost
      extra += other.extra
    }
  }
}
