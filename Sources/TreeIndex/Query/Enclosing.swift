/// Finds the functions around lines that come in order of file and line.
struct Enclosing {
  private let segment: Segment
  private var file = -1
  private var path = ""
  /// Name's term, first and last line of the file's functions.
  private var functions: [(term: Int, start: Int, end: Int)] = []
  private var names: [Int: String] = [:]

  init(_ segment: Segment) { self.segment = segment }

  /// The path of file number `file`, and the function around its line `line`.
  mutating func place(file: Int, line: Int) throws(IndexError) -> (path: String, function: String?)
  {
    if file != self.file {
      self.file = file
      path = try segment.file(file).path
      functions = []
      for index in try segment.functions(ofFile: file) {
        let function = try segment.function(index)
        functions.append((function.term, function.startLine, function.endLine))
      }
    }
    guard let last = last(before: line), functions[last].end >= line else { return (path, nil) }
    let term = functions[last].term
    if let known = names[term] { return (path, known) }
    let name = try segment.name(ofTerm: term)
    names[term] = name
    return (path, name)
  }

  /// The last function that begins at `line` or before.
  private func last(before line: Int) -> Int? {
    var low = 0
    var high = functions.count
    while low < high {
      let middle = (low + high) / 2
      if functions[middle].start <= line { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }
}
