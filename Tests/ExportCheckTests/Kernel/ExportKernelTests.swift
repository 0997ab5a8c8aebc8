import ExportCheck
import Foundation
import Testing

@Suite(.enabled(if: KernelFiles.given != nil)) struct ExportKernelTests {
  /// Every use of an export macro is an export of that line, or stands where there is none.
  @Test func everyMacroUseIsAccountedFor() throws {
    let kernel = try #require(KernelFiles.given)
    let paths = try kernel.paths(endings: [".c", ".h", ".S"], saying: "EXPORT_")
      .filter {
        !$0.hasPrefix("tools/") && !$0.hasPrefix("scripts/") && !$0.hasPrefix("Documentation/")
      }
    let results = kernel.map(paths) { path -> Tally in
      guard let text = kernel.text(of: path), text.contains("EXPORT_") else { return Tally() }
      return Tally(path, text)
    }
    let total = results.reduce(into: Tally()) { $0.add($1) }
    let unexplained = total.lost.filter { line in
      !Self.explained.contains { line.hasPrefix($0.place) }
    }
    #expect(unexplained.isEmpty)
    #expect(total.uses > 36_435)
    #expect(total.uses == total.exported + total.inMacros + total.lost.count)
    #expect(total.extra.isEmpty)
  }

  /// Uses that are no export of their line, and why.
  static let explained: [(place: String, why: String)] = [
    ("arch/s390/include/asm/nospec-insn.h", "the argument of an assembler macro"),
    ("drivers/media/dvb-frontends/dib7000m.c", "taken out by #if 0"),
    ("drivers/usb/misc/ezusb.c", "taken out by #if 0"),
    ("lib/lzo/lzo1x_compress.c", "the name is made by LZO_SAFE(); found as such"),
  ]

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
      // What is left is made by a macro: of the file, or of those whose name has no SYMBOL in it.
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      extra = found.filter { line in
        let words = line.split(separator: " ")
        let source = lines[Int(words[0])! - 1]
        return words[1].contains("SYMBOL") && source.contains("EXPORT_SYMBOL")
          && !source.contains("LZO_SAFE")
      }.map { "\(path):\($0)" }
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
