internal import Findings

/// The exports of one symbol before and after that belong together: of the same file, or moved.
struct ExportPairs {
  struct Pair {
    var symbol: String
    var before: Located<Export>
    var after: Located<Export>
  }

  let pairs: [Pair]

  init(_ change: SurfaceChange) {
    var result: [Pair] = []
    for key in change.exportKeys {
      guard let before = change.exportsBefore[key], let after = change.exportsAfter[key]
      else { continue }
      for new in after {
        let old =
          before.first { $0.file == new.file && $0.item.condition == new.item.condition }
          ?? before.first { $0.file == new.file }
          ?? before.first { old in !after.contains { $0.file == old.file } }
        if let old { result.append(Pair(symbol: new.item.symbol, before: old, after: new)) }
      }
    }
    pairs = result
  }
}
