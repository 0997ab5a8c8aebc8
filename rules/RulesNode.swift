internal import Yams

/// A node of a rules document that knows its place, for messages that name it.
struct RulesNode {
  var node: Node
  var file: String

  /// Parses a document; nothing but comments is an empty mapping.
  init(yaml: String, file: String) throws(RulesError) {
    self.file = file
    do {
      node = try Yams.compose(yaml: yaml) ?? Node.mapping(Node.Mapping([]))
    } catch let error as YamlError {
      throw error.inRules(file)
    } catch {
      throw RulesError(file: file, line: 1, problem: "expected a YAML document")
    }
  }

  init(_ node: Node, file: String) {
    self.node = node
    self.file = file
  }

  /// An error at this node.
  func error(_ problem: String) -> RulesError {
    RulesError(file: file, line: node.mark?.line ?? 1, problem: problem)
  }

  private var found: String {
    switch node {
    case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : "‘\(scalar.string)’"
    case .sequence: "a list"
    case .mapping: "keys with values"
    case .alias: "an alias"
    }
  }

  func expected(_ what: String) -> RulesError { error("expected \(what), found \(found)") }

  /// The keys and values of a mapping, in order; unknown keys are an error.
  ///
  /// - Parameters:
  ///   - known: The keys that may appear.
  ///   - what: What the mapping describes, for messages.
  func fields(_ known: [String], of what: String) throws(RulesError) -> [String: RulesNode] {
    guard case .mapping(let mapping) = node else {
      throw expected("\(what) with some of the keys \(known.joined(separator: ", "))")
    }
    var fields: [String: RulesNode] = [:]
    for (key, value) in mapping {
      let keyNode = RulesNode(key, file: file)
      guard let name = key.scalar?.string, known.contains(name) else {
        throw keyNode.expected("a key of \(what) (\(known.joined(separator: ", ")))")
      }
      fields[name] = RulesNode(value, file: file)
    }
    return fields
  }

  /// Pairs of a name and a value.
  func pairs(of what: String) throws(RulesError) -> [(key: String, value: RulesNode)] {
    guard case .mapping(let mapping) = node else { throw expected(what) }
    var pairs: [(key: String, value: RulesNode)] = []
    for (key, value) in mapping {
      pairs.append((try RulesNode(key, file: file).name(), RulesNode(value, file: file)))
    }
    return pairs
  }

  /// The value of one key of a mapping, whatever else stands there; nil without it.
  func section(_ name: String) throws(RulesError) -> RulesNode? {
    guard case .mapping(let mapping) = node else { throw expected("sections of a rules file") }
    return mapping[name].map { RulesNode($0, file: file) }
  }

  /// The elements of a list.
  func elements(of what: String) throws(RulesError) -> [RulesNode] {
    guard case .sequence(let sequence) = node else { throw expected("a list of \(what)") }
    return sequence.map { RulesNode($0, file: file) }
  }

  /// A list of C names.
  func names() throws(RulesError) -> [String] {
    let elements = try elements(of: "names")
    guard !elements.isEmpty else { throw error("expected at least one name") }
    var names: [String] = []
    for element in elements { names.append(try element.name()) }
    return names
  }

  /// The text of a scalar.
  func text(_ what: String) throws(RulesError) -> String {
    guard case .scalar(let scalar) = node, !scalar.string.isEmpty else { throw expected(what) }
    return scalar.string
  }

  /// A C identifier.
  func name() throws(RulesError) -> String {
    let text = try text("a C name")
    guard text.isCName else { throw expected("a C name") }
    return text
  }

  func flag() throws(RulesError) -> Bool {
    switch try text("true or false") {
    case "true": return true
    case "false": return false
    default: throw expected("true or false")
    }
  }

  /// A whole number, decimal or `0x…`.
  func number() throws(RulesError) -> Int64 {
    let text = try text("a number")
    let value = text.hasPrefix("0x") ? Int64(text.dropFirst(2), radix: 16) : Int64(text)
    guard let value else { throw expected("a number") }
    return value
  }

  /// The index of an argument.
  func argument() throws(RulesError) -> Int {
    let value = try number()
    guard (0..<64).contains(value) else { throw expected("an argument's index from 0") }
    return Int(value)
  }

  /// One of the words of `Choice`.
  func choice<Choice>(_ type: Choice.Type) throws(RulesError) -> Choice
  where Choice: RawRepresentable<String> & CaseIterable {
    let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    guard let choice = Choice(rawValue: try text("one of \(words)")) else {
      throw expected("one of \(words)")
    }
    return choice
  }
}

extension String {
  var isCName: Bool {
    guard let first = utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
      return false
    }
    return utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
  }
}

extension YamlError {
  /// This error as one of a rules file.
  func inRules(_ file: String) -> RulesError {
    switch self {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return RulesError(file: file, line: mark.line, problem: "expected YAML: \(problem)")
    case .reader(let problem, let offset, _, let yaml):
      let before = yaml.utf8.prefix(offset ?? 0)
      let line = 1 + before.count { $0 == UInt8(ascii: "\n") }
      return RulesError(file: file, line: line, problem: "expected YAML: \(problem)")
    case .duplicatedKeysInMapping(let keys, let context):
      return RulesError(
        file: file, line: context.mark.line,
        problem: "expected each key once, found \(keys.sorted().joined(separator: ", ")) again")
    default:
      return RulesError(file: file, line: 1, problem: "expected a YAML document in UTF-8")
    }
  }
}
