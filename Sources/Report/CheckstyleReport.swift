internal import Findings
internal import Mustache

/// Checkstyle's XML, which Jenkins, reviewdog and others read.
struct CheckstyleReport: Renderer {
  private struct Document {
    var files: [File]
  }

  private struct File {
    var name: String
    var findings: [Entry]
  }

  private struct Entry {
    var line: Int
    var column: Int
    var severity: String
    var message: String
    var type: String
  }

  func render(_ result: ReviewResult) throws -> String {
    let byFile = Dictionary(grouping: result.findings, by: \.file)
    let files = byFile.keys.sorted().map { name in
      File(name: name.visible(), findings: (byFile[name] ?? []).map(entry))
    }
    let template = try MustacheTemplate(
      string: String(decoding: PackageResources.checkstyle_mustache, as: UTF8.self))
    return template.render(Document(files: files))
  }

  private func entry(_ finding: Finding) -> Entry {
    Entry(
      line: finding.line, column: finding.column, severity: finding.severity.rawValue,
      message: finding.message.visible(), type: finding.type.rawValue)
  }
}
