/// Why a review cannot begin; the description is the user's sentence.
public enum ReviewError: Error, Equatable, CustomStringConvertible {
  /// A path that was to be scanned is not there.
  case noSuchPath(String)
  /// Paths to scan that lie in no kernel tree.
  case noTree(path: String)
  /// A path that lies outside the tree it was said to belong to.
  case outsideTree(path: String, tree: String)
  /// A file that the tree does not have.
  case noSuchFile(String)
  /// A function that its file does not have.
  case noSuchFunction(String, file: String)
  /// A rules file that cannot be read.
  case unreadableRules(path: String, reason: String)

  public var description: String {
    switch self {
    case .noSuchPath(let path):
      "'\(path)' is not there; name a file or folder of a kernel tree"
    case .noTree(let path):
      "'\(path)' lies in no kernel tree; name the tree's root with --tree DIR"
    case .outsideTree(let path, let tree):
      "'\(path)' is not inside '\(tree)'; name a path of that tree, or another tree with --tree DIR"
    case .noSuchFile(let path):
      "the tree has no file '\(path)'; name one as FILE:FUNCTION, or another commit with --rev REV"
    case .noSuchFunction(let name, let file):
      "'\(file)' defines no function '\(name)'; name one that it has as FILE:FUNCTION"
    case .unreadableRules(let path, let reason):
      "the rules in '\(path)' cannot be read: \(reason)"
    }
  }
}
