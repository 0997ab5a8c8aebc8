extension MakeInterpreter {
  /// Functions of words alone; nil for those that ask for variables or files.
  static func onWords(_ function: MakeFunction, _ arguments: [String]) -> String? {
    let first = arguments[0]
    let second = arguments.count > 1 ? arguments[1] : ""
    let third = arguments.count > 2 ? arguments[2] : ""
    func joined(_ words: [String]) -> String { words.joined(separator: " ") }
    let split = MakeFunction.split
    switch function {
    case .addprefix: return joined(split(second).map { first + $0 })
    case .addsuffix: return joined(split(second).map { $0 + first })
    case .basename: return joined(split(first).map { $0.replacing(/\.[^.\/]*$/, with: "") })
    case .suffix:
      return joined(
        split(first).compactMap { $0.firstMatch(of: /\.[^.\/]*$/).map { String($0.0) } })
    case .dir:
      return joined(split(first).map { $0.contains("/") ? TreePath.folder(of: $0) + "/" : "./" })
    case .notdir: return joined(split(first).map { TreePath.name(of: $0) })
    case .filter, .filterOut:
      let patterns = split(first)
      return joined(
        split(second).filter { word in
          patterns.contains { MakeFunction.stem(of: word, pattern: $0) != nil }
            == (function == .filter)
        })
    case .findstring: return second.contains(first) ? first : ""
    case .firstword: return split(first).first ?? ""
    case .lastword: return split(first).last ?? ""
    case .join:
      let (left, right) = (split(first), split(second))
      return joined(
        (0..<max(left.count, right.count)).map { index -> String in
          let start = index < left.count ? left[index] : ""
          return index < right.count ? start + right[index] : start
        })
    case .patsubst: return MakeFunction.substituted(third, from: first, to: second)
    case .subst: return first.isEmpty ? third : third.replacing(first, with: second)
    case .sort: return joined(Set(split(first)).sorted())
    case .strip: return joined(split(first))
    case .word:
      let list = split(second)
      let index = Int(first.trimmed) ?? 0
      return list.indices.contains(index - 1) ? list[index - 1] : ""
    case .wordlist:
      let list = split(third)
      let start = max(Int(first.trimmed) ?? 1, 1)
      let end = min(Int(second.trimmed) ?? 0, list.count)
      return start <= end ? joined(Array(list[(start - 1)..<end])) : ""
    case .words: return String(split(first).count)
    case .abspath, .realpath: return joined(split(first).map { TreePath.normalized($0) ?? $0 })
    default: return nil
    }
  }
}
