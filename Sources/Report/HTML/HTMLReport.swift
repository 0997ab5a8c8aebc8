internal import Findings
internal import Mustache

/// One page that needs nothing else: no network, no folder beside it.
///
/// Whatever comes from the reviewed patches is escaped by the template, and the page's own policy
/// lets only its own script run.
struct HTMLReport: Renderer {
  let options: ReportOptions

  func render(_ result: ReviewResult) throws -> String {
    let template = try MustacheTemplate(
      string: String(decoding: PackageResources.report_mustache, as: UTF8.self))
    return template.render(HTMLPage(result, options: options))
  }
}
