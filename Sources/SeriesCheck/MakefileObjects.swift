/// The objects and folders that a Makefile of the kernel builds, each where it is first named.
struct MakefileObjects {
  struct Object: Equatable {
    /// `name.o` or `folder/`.
    var name: String
    var line: Int
  }

  private(set) var objects: [Object] = []
  /// Names of what is put together from several objects: `foo` of `foo-y := a.o b.o`.
  private(set) var composites: Set<String> = []

  init(_ text: String) {
    var lists: [(variable: String, object: Object)] = []
    var number = 0
    var continued: String?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      var words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace).map(String.init)
      let goesOn = words.last == "\\"
      if goesOn { words.removeLast() }
      var variable = continued
      if variable == nil, words.count >= 2, ["+=", ":=", "="].contains(words[1]) {
        variable = words[0]
        words.removeFirst(2)
      } else if variable == nil {
        continue
      }
      continued = goesOn ? variable : nil
      for word in words where Self.isPlain(word) {
        lists.append((variable ?? "", Object(name: word, line: number)))
      }
    }
    collect(lists)
  }

  private mutating func collect(_ lists: [(variable: String, object: Object)]) {
    var seen: Set<String> = []
    var goals: Set<String> = []
    for (variable, object) in lists where Self.isGoal(variable) {
      if object.name.hasSuffix(".o") { goals.insert(String(object.name.dropLast(2))) }
      if seen.insert(object.name).inserted { objects.append(object) }
    }
    // Parts of parts: kbuild allows one level, and names repeat over configurations.
    for (variable, object) in lists {
      guard let dash = variable.lastIndex(of: "-") else { continue }
      let whole = String(variable[..<dash])
      guard goals.contains(whole) else { continue }
      composites.insert(whole)
      if seen.insert(object.name).inserted { objects.append(object) }
    }
    objects.removeAll { composites.contains(String($0.name.dropLast(2))) }
  }

  private static func isGoal(_ variable: String) -> Bool {
    variable.hasPrefix("obj-") || variable.hasPrefix("lib-")
  }

  /// False for variables, patterns, and names with a suffix that a rule makes.
  private static func isPlain(_ word: String) -> Bool {
    guard word.hasSuffix(".o") || word.hasSuffix("/") else { return false }
    let stem = word.hasSuffix(".o") ? word.dropLast(2) : word.dropLast()
    return !stem.isEmpty
      && stem.utf8.allSatisfy { byte in
        byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/")
          || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte)
      }
  }
}
