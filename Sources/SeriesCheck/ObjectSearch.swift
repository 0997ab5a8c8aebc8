internal import Findings

/// Finds out whether a tree surely lacks what an object is built from.
struct ObjectSearch {
  let tree: any TreeKnowledge
  let folder: String
  let makefile: String

  /// True when there is no source for `name.o`, no Makefile in `name/`, and no rule that makes it.
  func lacks(_ object: String) -> Bool {
    if object.hasSuffix("/") {
      let inner = IncludeSearch.join(folder, object)
      return !["Makefile", "Kbuild"].contains { tree.text(of: "\(inner)/\($0)") != nil }
    }
    let stem = String(object.dropLast(2))
    let path = IncludeSearch.join(folder, stem)
    let endings = [".c", ".S", ".rs", ".c_shipped", ".S_shipped", ".o_shipped", ".asn1", ".dts"]
    if endings.contains(where: { tree.text(of: path + $0) != nil }) { return false }
    // A rule: `$(obj)/name.c: …`, `$(obj)/name.o: …`.
    let name = stem.split(separator: "/").last.map(String.init) ?? stem
    return ![".c", ".S", ".o:", ".rs", ".o :", "_shipped"].contains { makefile.contains(name + $0) }
      && !makefile.contains("%.o:") && !makefile.contains("%.c:") && !makefile.contains("%.S:")
  }
}
