import ExportCheck
import Findings
import Testing

/// What is said of an export to any licence among those that are GPL only.
@Suite struct LicenceRemarkTests {
  private static let start = "int pump_start(void)\n{\n\treturn 0;\n}\n"
  private static let other = "EXPORT_SYMBOL_GPL(pump_level);\nEXPORT_SYMBOL_GPL(pump_rate);\n"
  private static let wrapper = "int pump_start(void)\n{\n\treturn wet_start();\n}\n"

  /// The finding about `pump_start`, which `lib/pump.c` exports now.
  private func finding(
    _ code: String, macro: String = "EXPORT_SYMBOL", below: String = "",
    beside: [String: String] = [:]
  ) throws -> Finding {
    let new = code + "\(macro)(pump_start);\n" + below
    let tree = TextTree(beside.merging(["lib/pump.c": new]) { $1 })
    let change = Change(files: [
      FileChange(
        before: FileVersion(path: "lib/pump.c", text: code + below),
        after: FileVersion(path: "lib/pump.c", text: new))
    ])
    let found = ExportEvents().findings(in: change, knowing: tree)
    try #require(found.count == 1)
    return found[0]
  }

  @Test func amongGPLExportsOfTheFile() throws {
    let found = try finding(Self.start, below: Self.other)
    #expect(found.data["gplOnlyAround"] == "file")
    #expect(found.message.hasSuffix("Every other export of this file is GPL only."))
    #expect(found.severity == .warning)
    #expect(found.remedy.contains("Leave the export out"))
  }

  @Test func amongGPLExportsOfTheFolder() throws {
    let found = try finding(Self.start, beside: ["lib/valve.c": Self.other])
    #expect(found.data["gplOnlyAround"] == "folder")
    #expect(found.message.contains("the other files of lib/ is GPL only"))
  }

  @Test func ofAThinWrapperAroundAGPLFunction() throws {
    let wet = "int wet_start(void)\n{\n\treturn 0;\n}\nEXPORT_SYMBOL_GPL(wet_start);\n"
    let found = try finding(Self.wrapper, beside: ["drivers/wet/core.c": wet])
    #expect(found.data["gplOnlyAround"] == "callee")
    #expect(found.message.contains("hands out wet_start()"))
  }

  @Test(arguments: [
    ("EXPORT_SYMBOL_GPL", other, "", ""), ("EXPORT_SYMBOL", "EXPORT_SYMBOL(pump_rate);\n", "", ""),
    ("EXPORT_SYMBOL", "", "lib/valve.c", other + "EXPORT_SYMBOL(pump_flow);\n"),
    ("EXPORT_SYMBOL", "", "lib/deep/valve.c", other),
    ("EXPORT_SYMBOL", "", "lib/valve.c", "EXPORT_SYMBOL_GPL(pump_rate);\n"),
  ])
  func notAmongOthers(_ macro: String, _ below: String, _ path: String, _ text: String) throws {
    let found = try finding(
      Self.start, macro: macro, below: below, beside: path.isEmpty ? [:] : [path: text])
    #expect(found.data["gplOnlyAround"] == nil)
    #expect(!found.message.contains("GPL only"))
  }
}
