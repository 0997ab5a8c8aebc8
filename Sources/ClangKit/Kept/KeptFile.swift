internal import CClang
import CSyntax
internal import Glibc

/// One version of a file that was parsed, with what a further version can take from it.
final class KeptFile {
  private let request: ParseRequest
  private let head: FileHead
  private let source: TranslationUnit
  private let shelf = InlineShelf()
  private var includes: [String] = []
  private var stamps: [Stamp?] = []
  /// The line that moves `__COUNTER__` to where the headers leave it; nil before it is known.
  private var step: [UInt8]?
  /// How often the first version used `__COUNTER__`.
  private var count: Int64 = 0

  /// When and how large a header was.
  private struct Stamp: Equatable {
    var seconds: Int
    var nanoseconds: Int
    var size: Int
  }

  /// Nil where a further version would be no cheaper.
  init?(_ request: ParseRequest) throws(ParseError) {
    guard let head = FileHead(request.text) else { return nil }
    self.request = request
    self.head = head
    var asked = request
    asked.text += Self.question
    source = try TranslationUnit(asked, isReusable: true)
  }

  /// The first version's unit; nil where it has errors.
  func readFirst() -> SyntaxUnit? {
    guard source.errors().isEmpty, let count = counter() else { return nil }
    self.count = count
    let unit = UnitReader(source, shelf: shelf).read()
    guard !shelf.isUnusable else { return nil }
    includes = unit.includes
    stamps = includes.map(stamp)
    return unit
  }

  /// Whether `other` asks for the same but for the text.
  func isSame(_ other: ParseRequest) -> Bool {
    var same = request
    (same.text, same.further) = (other.text, other.further)
    return same == other
  }

  /// How many further versions were read from what the first left.
  private(set) var reads = 0

  /// The unit of a further version; nil where it has to be parsed as if it were the only one.
  func read(_ text: [UInt8]) -> SyntaxUnit? {
    guard let other = FileHead(text), other.bytes == head.bytes, includes.map(stamp) == stamps,
      let step = step ?? findStep()
    else { return nil }
    self.step = step
    guard source.reparse(dressed(text, step)), source.errors().isEmpty else { return nil }
    shelf.lacks = false
    let unit = UnitReader(source, shelf: shelf, includes: includes).read()
    let isHidden = unit.ownFunctions.contains { shelf.has(unit.strings[$0.name]) }
    guard !shelf.isUnusable, !shelf.lacks, !isHidden else { return nil }
    reads += 1
    return unit
  }

  /// Reparses the first version to see how much of its count the headers had.
  ///
  /// libclang keeps what the headers declared, but begins to count anew behind them.
  private func findStep() -> [UInt8]? {
    let text = dressed(request.text + Self.question, Self.step("0"))
    // Names made of the count may collide here, which changes nothing of what is counted.
    guard source.reparse(text), let rest = counter(), rest <= count
    else { return nil }
    let uses = Array(repeating: "__COUNTER__", count: Int(count - rest)).joined(separator: "|")
    return Self.step(uses.isEmpty ? "0" : uses)
  }

  /// Stands in each version that is reparsed, so that what comes before it ends at one place.
  private static func step(_ value: String) -> [UInt8] {
    Array("enum{__lockstep_step=\(value)};".utf8)
  }

  private func dressed(_ text: [UInt8], _ step: [UInt8]) -> [UInt8] {
    Array(head.bytes) + step + text[head.bytes.endIndex...]
  }

  /// Asks at the end of the file how often it used `__COUNTER__`.
  private static let question = Array("\nenum{__lockstep_count=__COUNTER__};\n".utf8)

  private func counter() -> Int64? {
    var count: Int64?
    visitChildren(of: clang_getTranslationUnitCursor(source.unit)) { cursor in
      guard cursor.kind == CXCursor_EnumDecl,
        clang_Location_isFromMainFile(clang_getCursorLocation(cursor)) != 0
      else { return CXChildVisit_Continue }
      for value in cursor.children where value.spelling == "__lockstep_count" {
        count = clang_getEnumConstantDeclValue(value)
      }
      return CXChildVisit_Continue
    }
    return count
  }

  private func stamp(_ file: String) -> Stamp? {
    let path = file.hasPrefix("/") ? file : request.workingDirectory + "/" + file
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return Stamp(
      seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec,
      size: Int(status.st_size))
  }
}
