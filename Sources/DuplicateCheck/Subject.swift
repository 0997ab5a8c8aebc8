internal import CSyntax

/// One function as the check compares it.
struct Subject: Sendable {
  let path: String
  let outline: Outline
  let item: FunctionItem
  let form: FunctionForm
  /// The words that this file's own names begin with, in lower case.
  let ownWords: Set<[UInt8]>

  var name: String { item.name }
  var line: Int { item.nameLine }
  var count: Int { form.tokens.count }

  /// True when a table of its file holds it: others prescribe what it has to do.
  var isOperation: Bool { outline.operations.contains { $0.value == item.name } }

  /// The spelling of form token `index`.
  func text(_ index: Int) -> String { outline.source.text(Int(form.tokens[index].token)) }

  /// The bytes of form token `index`.
  func bytes(_ index: Int) -> ArraySlice<UInt8> {
    outline.source.bytes[outline.source.tokens[Int(form.tokens[index].token)].range]
  }

  /// The line of form token `index`.
  func line(_ index: Int) -> Int {
    Int(outline.source.tokens[Int(form.tokens[index].token)].line)
  }
}

/// The functions of one file, ready to compare.
struct SubjectFile: Sendable {
  let path: String
  let outline: Outline
  private let prefix: NamePrefix
  private let ownWords: Set<[UInt8]>

  init(path: String, text: String) {
    self.path = path
    outline = Outline(text)
    prefix = NamePrefix(of: outline.functions.map(\.name))
    var words: Set<[UInt8]> = prefix.word.isEmpty ? [] : [prefix.word]
    let base = path.split(separator: "/").last?.split(separator: ".").first ?? ""
    words.formUnion(NameWords.split(base.utf8.map { $0 == UInt8(ascii: "-") ? 0x5F : $0 }[...]))
    ownWords = words
  }

  /// The function `item` of this file.
  func subject(_ item: FunctionItem) -> Subject {
    Subject(
      path: path, outline: outline, item: item,
      form: FunctionForm(item, in: outline, prefix: prefix), ownWords: ownWords)
  }

  /// The function called `name`, the one at `line` where there are several.
  func subject(named name: String, line: Int?) -> Subject? {
    let named = outline.functions.filter { $0.name == name }
    return (named.first { $0.nameLine == line || $0.startLine == line } ?? named.first)
      .map(subject)
  }
}
