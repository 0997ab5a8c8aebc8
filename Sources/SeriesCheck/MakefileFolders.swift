internal import Findings

/// The folders that Makefiles add to the search for headers by `-I`.
enum MakefileFolders {
  /// Folders for sources in `folder`; nil when one of them cannot be told.
  static func added(to folder: String, _ tree: any TreeKnowledge) -> [String]? {
    var result: [String] = []
    var current = folder
    while true {
      for name in ["Kbuild", "Makefile"] {
        // The top Makefile's own flags are those of the whole kernel.
        guard !current.isEmpty, let text = tree.text(of: "\(current)/\(name)") else { continue }
        // A Makefile without goals is included by another one, with flags of its own.
        if current == folder, !text.contains("obj-"), !text.contains("lib-") { return nil }
        guard let found = folders(in: text, of: current) else { return nil }
        result += found
      }
      if current.isEmpty { return result }
      current = current.split(separator: "/").dropLast().joined(separator: "/")
    }
  }

  private static func folders(in text: String, of folder: String) -> [String]? {
    var result: [String] = []
    let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    for (index, word) in words.enumerated() where word.hasPrefix("-I") {
      var path = String(word.dropFirst(2))
      if path.isEmpty, index + 1 < words.count { path = words[index + 1] }
      for prefix in ["$(srctree)/$(src)", "$(src)", "$(obj)", "$(srctree)", "$(objtree)"]
      where path.hasPrefix(prefix) {
        let base = prefix.contains("src)") || prefix == "$(obj)" ? folder : ""
        path = IncludeSearch.join(base, String(path.dropFirst(prefix.count)))
        break
      }
      if path.contains("$") { return nil }
      result.append(path)
    }
    return result
  }
}
