internal import Findings

/// The namespaces that Makefiles give to whole folders:
/// `ccflags-y += -DDEFAULT_SYMBOL_NAMESPACE='"CRYPTO_QAT"'`.
struct DefaultNamespaces {
  private let textOf: (String) -> String?
  private let memo = Memo()

  /// What was read: the files of a folder ask for the same Makefiles.
  private final class Memo {
    /// Texts by path; nil for a file that is not there or sets no namespace.
    var texts: [String: String?] = [:]
  }

  /// Asks `text` for the Makefiles, once for each.
  init(text: @escaping (String) -> String?) { textOf = text }

  /// The namespace for a source file, or nil; looks into the folder's Makefile and, for
  /// `subdir-ccflags-y`, into those above it.
  func namespace(for path: String) -> String? {
    guard SourceKind(path: path) == .c || SourceKind(path: path) == .assembly else { return nil }
    var folder = TreePart.folder(path)
    var isOwn = true
    // The top Makefile sets no namespace for the whole kernel.
    while !folder.isEmpty {
      for name in ["Kbuild", "Makefile"] {
        let file = folder + "/" + name
        if let text = text(file),
          let found = Self.read(text, object: TreePart.name(path), isOwn: isOwn)
        {
          return found
        }
      }
      folder = TreePart.folder(folder)
      isOwn = false
    }
    return nil
  }

  private func text(_ file: String) -> String? {
    if let known = memo.texts[file] { return known }
    let text = textOf(file).flatMap { Self.setsOne($0) ? $0 : nil }
    memo.texts[file] = .some(text)
    return text
  }

  private static func setsOne(_ text: String) -> Bool {
    word.stands(in: Array(text.utf8))
  }

  /// True for a Makefile that sets one, before or after.
  static func areSet(_ file: FileChange) -> Bool {
    [file.before, file.after].compactMap(\.self).contains {
      ["Kbuild", "Makefile"].contains(TreePart.name($0.path)) && setsOne($0.text)
    }
  }

  /// The line of `text` that sets one, from 1; the first where there is none.
  static func line(in text: String) -> Int {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return (lines.firstIndex { $0.contains(define) } ?? 0) + 1
  }

  private static let define = "-DDEFAULT_SYMBOL_NAMESPACE="
  private static let word = ByteWord(define)

  private static func read(_ text: String, object: String, isOwn: Bool) -> String? {
    let stem = object.split(separator: ".").dropLast().joined(separator: ".")
    for line in text.split(separator: "\n") {
      guard let found = line.range(of: define) else { continue }
      let flag = line.prefix { $0 != " " && $0 != "\t" && $0 != "+" && $0 != "=" && $0 != ":" }
      let applies =
        flag.hasPrefix("subdir-ccflags") || flag.hasPrefix("subdir-asflags")
        || (isOwn && (flag.hasPrefix("ccflags") || flag == "CFLAGS_\(stem).o"))
      guard applies else { continue }
      let value = line[found.upperBound...].prefix { $0 != " " && $0 != "\t" }
      return ExportReader.word(String(value.filter { $0 != "'" && $0 != "\\" }))
    }
    return nil
  }
}
