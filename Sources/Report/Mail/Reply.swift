internal import Findings

/// The text of an answer: quoted hunks, and under their lines what there is to say.
struct Reply {
  let text: String

  /// Lines that are quoted above a remark and below it.
  private static let above = 12
  private static let below = 2

  init(patch: SentPatch, findings: [Finding], gaps: [Coverage]) {
    var blocks: [String] = []
    if !patch.date.isEmpty {
      blocks.append("On \(patch.date.visible()), \(patch.author.visible()) wrote:")
    } else {
      blocks.append("\(patch.author.visible()) wrote:")
    }
    var left = findings
    for file in patch.files {
      let own = findings.filter { Self.belongs($0, to: file) }
      guard !own.isEmpty else { continue }
      left.removeAll { Self.belongs($0, to: file) }
      blocks += Self.blocks(file, own)
    }
    blocks += left.map { Self.elsewhere($0) }
    if !gaps.isEmpty {
      let names = gaps.map { $0.file.visible() + ": " + Self.reason($0) }
      blocks.append(
        Wrapped("I could not look at all of this patch: " + names.joined(separator: "; ") + ".")
          .text)
    }
    // The quotation follows the line that says whose it is, without a gap.
    text = blocks.joined(separator: "\n\n").replacing("wrote:\n\n>", with: "wrote:\n>") + "\n\n"
  }

  private static func belongs(_ finding: Finding, to file: SentPatch.File) -> Bool {
    finding.file == (finding.side == .old ? file.old : file.new)
  }

  private static func reason(_ gap: Coverage) -> String {
    (gap.reason.isEmpty ? gap.functions.first?.reason ?? "not analysed" : gap.reason).visible()
  }

  /// The quoted head of a file and its hunks, remarks between them.
  private static func blocks(_ file: SentPatch.File, _ findings: [Finding]) -> [String] {
    var blocks: [String] = []
    var quoted = ["diff --git a/\(name(file.old, file.new)) b/\(name(file.new, file.old))"]
    var left = findings
    for hunk in file.hunks {
      let placed = left.filter { place(of: $0, in: hunk) != nil }
      guard !placed.isEmpty else { continue }
      left.removeAll { place(of: $0, in: hunk) != nil }
      quoted.append(hunk.heading)
      var next = 0
      let places = Set(placed.compactMap { place(of: $0, in: hunk) }).sorted()
      for index in places {
        let start = max(next, index - above)
        if start > next { quoted.append("[...]") }
        quoted += hunk.lines[start...index].map { $0.kind.rawValue + $0.text }
        blocks.append(quote(quoted))
        blocks += placed.filter { place(of: $0, in: hunk) == index }.map { remark($0) }
        quoted = []
        next = index + 1
      }
      let end = min(hunk.lines.count, next + below)
      quoted = hunk.lines[next..<end].map { $0.kind.rawValue + $0.text }
      if !quoted.isEmpty { blocks.append(quote(quoted)) }
      quoted = []
    }
    if blocks.isEmpty { blocks.append(quote(quoted)) }
    return blocks + left.map { elsewhere($0) }
  }

  private static func name(_ path: String?, _ other: String?) -> String {
    (path ?? other ?? "").visible()
  }

  private static func place(of finding: Finding, in hunk: SentPatch.Hunk) -> Int? {
    hunk.lines.firstIndex {
      finding.side == .old ? $0.old == finding.line : $0.new == finding.line
    }
  }

  private static func quote(_ lines: [String]) -> String {
    lines.map { line in
      // Tabs stay what they are: the text is code.
      let pieces = line.split(separator: "\t", omittingEmptySubsequences: false)
      return "> " + pieces.map { $0.visible() }.joined(separator: "\t")
    }.joined(separator: "\n")
  }

  private static func elsewhere(_ finding: Finding) -> String {
    let function = finding.function.map { ", in \($0.visible())()" } ?? ""
    return "\(finding.file.visible()):\(finding.line)\(function):\n\n" + remark(finding)
  }

  /// What a reviewer would write: the fault, how the code gets there, what to do.
  private static func remark(_ finding: Finding) -> String {
    var paragraphs = [sentence(finding.message)]
    // The fault itself first, then when it comes and goes.
    if finding.type == .bisectBreak {
      paragraphs = finding.related.map { sentence($0.message) } + paragraphs
    }
    if finding.trace.count > 2 {
      let steps = finding.trace.map { "line \($0.line): \($0.message.visible())" }
      paragraphs.append("The way there: " + steps.joined(separator: "; ") + ".")
    }
    for related in finding.related.prefix(4) where finding.type.area == .duplicates {
      let function = related.function.map { "\($0.visible())() in " } ?? ""
      paragraphs.append("See \(function)\(related.file.visible()):\(related.line).")
    }
    if finding.confidence == .low { paragraphs.append("I may be wrong about this one.") }
    if !finding.remedy.isEmpty { paragraphs.append(sentence(finding.remedy)) }
    return paragraphs.map { Wrapped($0).text }.joined(separator: "\n")
  }

  private static func sentence(_ text: String) -> String {
    let text = text.visible()
    let end = [".", "?", "!"].contains { text.hasSuffix($0) } ? "" : "."
    guard let first = text.first, first.isLowercase else { return text + end }
    return first.uppercased() + text.dropFirst() + end
  }
}

/// A paragraph in lines of at most 72 columns, as mails of the kernel's lists have them.
struct Wrapped {
  let text: String

  init(_ paragraph: String, width: Int = 72) {
    var lines = [""]
    for word in paragraph.split(separator: " ") {
      let last = lines[lines.count - 1]
      if !last.isEmpty, last.count + word.count + 1 > width { lines.append("") }
      lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
    }
    text = lines.joined(separator: "\n")
  }
}
