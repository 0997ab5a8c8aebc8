internal import Foundation
internal import GitKit

/// The name of a file of the cache.
struct IndexFile: Sendable, Equatable {
  /// The tree that it is about.
  var tree: ObjectID
  /// The tree whose file it lies on; nil for a file that holds a whole tree.
  var base: ObjectID?

  private static let wholeSuffix = ".tree"
  private static let overlaySuffix = ".over"

  var name: String {
    base.map { "\(tree)-\($0)\(Self.overlaySuffix)" } ?? "\(tree)\(Self.wholeSuffix)"
  }

  init(tree: ObjectID, base: ObjectID? = nil) {
    self.tree = tree
    self.base = base
  }

  /// Whether `name` is that of an index file that a writer has not finished.
  static func isUnfinished(_ name: String) -> Bool {
    guard name.hasSuffix(FileSink.suffix) else { return false }
    let own = name.split(separator: ".", omittingEmptySubsequences: false).prefix(2)
    return IndexFile(name: own.joined(separator: ".")) != nil
  }

  /// Nil for a name that is no index's.
  init?(name: String) {
    if name.hasSuffix(Self.wholeSuffix) {
      guard let tree = ObjectID(hex: name.dropLast(Self.wholeSuffix.count)) else { return nil }
      self.init(tree: tree)
    } else if name.hasSuffix(Self.overlaySuffix) {
      let ids = name.dropLast(Self.overlaySuffix.count).split(separator: "-")
      guard ids.count == 2, let tree = ObjectID(hex: ids[0]), let base = ObjectID(hex: ids[1])
      else { return nil }
      self.init(tree: tree, base: base)
    } else {
      return nil
    }
  }
}
