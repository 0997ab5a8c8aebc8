internal import CSyntax
public import Findings

/// SERIES_UNUSED: a static function, or a prototype, that comes in before anything uses it.
///
/// Compares the series' base with a commit, so the commit that brings the first use repairs it.
public struct UnusedInSeries: Check {
  public init() {}

  public var area: Area { .series }
  public var frame: Frame { .sinceBase }
  public var needsParse: Bool { false }

  public func findings(in change: Change, knowing tree: any TreeKnowledge) -> [Finding] {
    change.files.flatMap { file -> [Finding] in
      guard let after = file.after, file.before?.text != after.text else { return [] }
      if after.path.hasSuffix(".c") { return unusedStatics(file.before, after, tree) }
      if after.path.hasSuffix(".h") { return unusedPrototypes(file.before, after, tree) }
      return []
    }
  }

  private func unusedStatics(
    _ before: FileVersion?, _ after: FileVersion, _ tree: any TreeKnowledge
  ) -> [Finding] {
    // What kbuild does not compile by itself is included into another file, which may use it.
    if tree.isWholeTree, tree.role(of: after.path) == .unknown { return [] }
    let outline = Outline(after.text)
    let old = before.map { Outline($0.text) }
    let known = Set((old?.functions ?? []).filter(\.isStatic).map(\.name))
    let file = StaticUses(outline)
    let headers = ownHeaders(after.path, outline, tree)
    return outline.functions.filter {
      $0.isStatic && !$0.isInline && $0.maker == nil && !known.contains($0.name)
        && !$0.attributes.contains { Self.excused.contains($0) } && !file.uses($0)
    }.filter { function in
      !headers.contains { $0.contains(function.name) }
    }.map { function in
      finding(
        function.name, after.path, function.nameLine,
        "\(function.name)() is static and nothing in this file uses it at this commit, which so "
          + "builds with -Wunused-function.")
    }
  }

  /// Texts of the headers beside the file that it includes: their macros may use its functions.
  private func ownHeaders(_ path: String, _ outline: Outline, _ tree: any TreeKnowledge)
    -> [String]
  {
    let folder = path.split(separator: "/").dropLast().joined(separator: "/")
    return outline.includes.filter { !$0.isSystem }.compactMap {
      tree.text(of: IncludeSearch.join(folder, $0.path))
    }
  }

  private static let excused: Set<String> = [
    "__maybe_unused", "__used", "__always_unused", "__ref", "__visible",
  ]

  private func unusedPrototypes(
    _ before: FileVersion?, _ after: FileVersion, _ tree: any TreeKnowledge
  ) -> [Finding] {
    guard tree.isWholeTree else { return [] }
    let known = Set((before.map { Outline($0.text).prototypes } ?? []).map(\.name))
    var told = known
    return Outline(after.text).prototypes.filter { prototype in
      !prototype.isStatic && told.insert(prototype.name).inserted
        && tree.uses(of: prototype.name).isEmpty
        // Defined nowhere is the export check's finding.
        && !tree.definitions(of: prototype.name).isEmpty
        && !(tree.exports(of: prototype.name)?.isEmpty == false)
    }.map { prototype in
      finding(
        prototype.name, after.path, prototype.line,
        "\(prototype.name)() is declared here, but at this commit nothing in the tree uses it.")
    }
  }

  private func finding(_ name: String, _ path: String, _ line: Int, _ message: String) -> Finding {
    Finding(
      type: .seriesUnused, file: path, line: line, function: name, message: message,
      remedy: "Bring it in with the patch that first uses it.",
      fingerprint: Fingerprint(.seriesUnused, [name]), data: ["symbol": .string(name)])
  }
}
