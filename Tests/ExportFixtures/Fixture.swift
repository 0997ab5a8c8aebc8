import Foundation

/// A small series of trees in one text, with what is to be found beside the lines.
///
/// `=== N path` begins the text of a file from version N on (0 is the base), `=== N path gone`
/// takes it away. `// expect: TYPE 'symbol'` stands on the line of the version that brings the
/// finding in, `// expect-old: …` on the line of the version before, `// expect-later: …` where the
/// next version brings it into an untouched file. `# fixed N: TYPE 'symbol'` before the first file
/// says that version N repairs it.
public struct Fixture: CustomStringConvertible, Sendable {
  public struct Expectation: Hashable, CustomStringConvertible, Comparable {
    public var version: Int
    public var type: String
    public var symbol: String
    public var severity: String?
    public var file: String
    public var line: Int
    public var side: String

    public init(
      version: Int, type: String, symbol: String, severity: String?, file: String, line: Int,
      side: String
    ) {
      self.version = version
      self.type = type
      self.symbol = symbol
      self.severity = severity
      self.file = file
      self.line = line
      self.side = side
    }

    public var description: String {
      "version \(version): \(file):\(line) (\(side)): \(type) '\(symbol)'"
        + (severity.map { " " + $0 } ?? "")
    }
    public static func < (left: Self, right: Self) -> Bool { left.description < right.description }
  }

  struct File {
    var version: Int
    var path: String
    /// Nil when it is taken away.
    var text: String?
  }

  public var name: String
  var files: [File] = []
  public var fixes: Set<String> = []
  public var isWholeTree = true
  public var description: String { name }

  init(_ url: URL) throws {
    name = url.deletingPathExtension().lastPathComponent
    var body: [String] = []
    var head: (version: Int, path: String, gone: Bool)?
    func close(_ files: inout [File]) {
      guard let head else { return }
      files.append(
        File(
          version: head.version, path: head.path,
          text: head.gone ? nil : body.joined(separator: "\n") + "\n"))
      body = []
    }
    for line in try String(contentsOf: url, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    {
      if line.hasPrefix("=== ") {
        close(&files)
        let words = line.split(separator: " ")
        head = (Int(words[1])!, String(words[2]), words.count > 3)
      } else if head != nil {
        body.append(String(line))
      } else if line.hasPrefix("# fixed ") {
        fixes.insert(String(line.dropFirst(8)))
      } else if line.hasPrefix("# partial tree") {
        isWholeTree = false
      }
    }
    close(&files)
  }

  public static func all(in folder: String) -> [Fixture] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let urls =
      (try? FileManager.default.contentsOfDirectory(
        at: root.appending(path: "fixtures/\(folder)"), includingPropertiesForKeys: nil)) ?? []
    return urls.filter { $0.pathExtension == "fixture" }
      .sorted { $0.path < $1.path }.map { try! Fixture($0) }
  }

  /// The same with every text and every path made anew.
  public func rewritten(
    path: (String) -> String = { $0 }, text: (_ path: String, _ text: String) -> String
  ) -> Fixture {
    var result = self
    for index in files.indices {
      result.files[index].path = path(files[index].path)
      result.files[index].text = files[index].text.map { text(files[index].path, $0) }
    }
    return result
  }

  public var lastVersion: Int { files.map(\.version).max() ?? 0 }

  /// The whole tree of a version.
  public func tree(_ version: Int) -> [String: String] {
    var result: [String: String] = [:]
    for file in files.sorted(by: { $0.version < $1.version }) where file.version <= version {
      result[file.path] = file.text
    }
    return result
  }

  /// Paths that some version after the base sets or takes away.
  public var touched: Set<String> { Set(files.filter { $0.version > 0 }.map(\.path)) }

  /// What the comments beside the lines say.
  public var expectations: Set<Expectation> {
    var result: Set<Expectation> = []
    for file in files {
      let next = files.filter { $0.path == file.path && $0.version > file.version }
        .map(\.version).min()
      for (number, line) in (file.text ?? "").split(
        separator: "\n", omittingEmptySubsequences: false
      ).enumerated() {
        let markers = [
          ("// expect: ", "new"), ("// expect-old: ", "old"), ("// expect-later: ", "later"),
        ]
        for (marker, side) in markers {
          guard let range = line.range(of: marker) else { continue }
          let end = line[range.upperBound...].range(of: "//")?.lowerBound ?? line.endIndex
          for part in line[range.upperBound..<end].split(separator: ";") {
            let words = part.split(separator: " ")
            let later = side == "later" ? file.version + 1 : next
            guard let version = side == "new" ? file.version : later else { continue }
            result.insert(
              Expectation(
                version: version, type: String(words[0]),
                symbol: words[1].filter { $0 != "'" },
                severity: words.count > 2 ? String(words[2]) : nil, file: file.path,
                line: number + 1, side: side == "old" ? "old" : "new"))
          }
        }
      }
    }
    return result
  }
}
