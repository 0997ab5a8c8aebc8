/// Declarations that a parse is given before the first line, for names it did not know.
struct Prelude: Equatable, Sendable {
  /// Where the parser finds it; there is no such file on disk.
  static let path = "/lockstep/prelude.h"

  private(set) var repairs: [String: Repair] = [:]

  /// True when nothing is repaired.
  var isEmpty: Bool { repairs.isEmpty }

  /// What the name stands for now.
  subscript(name: String) -> Repair? {
    get { repairs[name] }
    set { repairs[name] = newValue }
  }

  /// The declarations, the same for the same repairs.
  var text: String {
    let lines = repairs.sorted { $0.key < $1.key }.enumerated().map { number, entry in
      entry.value.declaration(of: entry.key, number: number)
    }
    return (["int \(Repair.moreName)();"] + lines).joined(separator: "\n") + "\n"
  }

  /// Flags of a repaired parse.
  ///
  /// What a function without a prototype gives is not known; that its type then does not fit costs
  /// nothing of the tree.
  static let arguments = [
    "-include", path, "-Wno-implicit-function-declaration", "-Wno-int-conversion",
    "-Wno-incompatible-pointer-types", "-Wno-implicit-int",
  ]
}
