/// A function of the tree that a patch may not touch.
public struct FunctionPlace: Sendable, Equatable {
  public var file: String
  public var line: Int
  /// Last line of the body.
  public var endLine: Int
  public var name: String
  public var isStatic: Bool

  public init(file: String, line: Int, endLine: Int, name: String, isStatic: Bool) {
    self.file = file
    self.line = line
    self.endLine = endLine
    self.name = name
    self.isStatic = isStatic
  }
}

/// A place where an identifier is used other than where it is defined or declared.
public struct SymbolUse: Sendable, Equatable {
  public enum Kind: Sendable {
    case call
    case reference
    case macro
    case assembly
    case rust
  }
  public var file: String
  public var line: Int
  /// The function around it; nil at file scope.
  public var function: String?
  public var kind: Kind

  public init(file: String, line: Int, function: String?, kind: Kind) {
    self.file = file
    self.line = line
    self.function = function
    self.kind = kind
  }
}

/// A place where a symbol is declared without being defined, or exported.
public struct SymbolPlace: Sendable, Equatable {
  public var file: String
  public var line: Int
  /// The macro that exports it, such as `EXPORT_SYMBOL_GPL`; nil for a declaration.
  public var macro: String?

  public init(file: String, line: Int, macro: String? = nil) {
    self.file = file
    self.line = line
    self.macro = macro
  }
}

/// What Kbuild does with a source file.
public enum KbuildRole: Sendable, Equatable {
  /// Part of the kernel image.
  case builtIn
  /// Part of the module of this name (without `.ko`), which may also be built in.
  case module(String)
  /// No Makefile names it, or it is no source file.
  case unknown
}

/// What checks may ask about the rest of the tree, as it is at the new side of the change.
///
/// Review answers it, from the tree index where there is one and from the folder's own files
/// otherwise; `isWholeTree` says which.
public protocol TreeKnowledge: Sendable {
  /// False when only the folders of the changed files are known: then "nobody" means "nobody here".
  var isWholeTree: Bool { get }
  /// Text of a file, nil when the tree lacks it.
  func text(of path: String) -> String?
  /// Paths of the files right inside `folder`, which has no closing slash, sorted; empty where that
  /// is not known.
  func files(in folder: String) -> [String]
  /// Definitions of functions called `name`.
  func definitions(of name: String) -> [FunctionPlace]
  /// Every use of the identifier `name`, sorted by file and line.
  func uses(of name: String) -> [SymbolUse]
  /// Functions that share rare token n-grams with the function `name` of `text`'s file, likely
  /// twins first; at most `limit`.
  func similar(to name: String, in file: FileVersion, limit: Int) -> [FunctionPlace]
  /// As above, for those tokens only of the function `name` that stand on `lines`.
  func similar(to name: String, lines: ClosedRange<Int>, in file: FileVersion, limit: Int)
    -> [FunctionPlace]
  /// What Kbuild makes of the file.
  func role(of path: String) -> KbuildRole
  /// Prototypes and `extern` declarations of `name`, sorted by file and line; nil where that is
  /// not known.
  func declarations(of name: String) -> [SymbolPlace]?
  /// Calls of export macros that name `name`, sorted by file and line; nil where that is not known.
  func exports(of name: String) -> [SymbolPlace]?
  /// How many files of the tree mention `name` inside a function; nil where that is not known.
  ///
  /// What many mention is idiom, what few mention is evidence.
  func filesMentioning(_ name: String) -> Int?
}

extension TreeKnowledge {
  public func similar(to name: String, lines: ClosedRange<Int>, in file: FileVersion, limit: Int)
    -> [FunctionPlace]
  { similar(to: name, in: file, limit: limit) }
  public func files(in folder: String) -> [String] { [] }
  public func declarations(of name: String) -> [SymbolPlace]? { nil }
  public func exports(of name: String) -> [SymbolPlace]? { nil }
  public func filesMentioning(_ name: String) -> Int? { nil }
}
