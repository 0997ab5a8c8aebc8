/// An object that a Makefile builds from one source file.
struct KbuildObject: Sendable, Equatable {
  enum Link: Sendable { case builtIn, module }

  var link: Link
  /// Modules or composite objects that it is part of, sorted; its own name when it stands alone.
  var modules: [String]

  /// Adds what the word of `obj-y` or `obj-m` stands for: itself, or the parts of a composite.
  static func add(
    _ word: String, link: Link, in folder: String, to objects: inout [String: KbuildObject],
    _ make: inout MakeInterpreter
  ) {
    guard word.hasSuffix(".o") else { return }
    let stem = String(word.dropLast(2))
    let suffixes = link == .module ? ["-objs", "-y", "-m"] : ["-objs", "-y"]
    let parts = suffixes.flatMap { make.words(stem + $0) }
    let name = TreePath.name(of: stem)
    for part in parts.isEmpty ? [word] : parts where part.hasSuffix(".o") {
      guard let path = make.treePath(TreePath.joined(folder, part.dropLast(2))) else { continue }
      if var known = objects[path] {
        guard known.link == link, !known.modules.contains(name) else { continue }
        known.modules = (known.modules + [name]).sorted()
        objects[path] = known
      } else {
        objects[path] = KbuildObject(link: link, modules: [name])
      }
    }
  }
}
