public import GitKit
internal import Synchronization

/// What Kbuild makes of source files, whatever the configuration.
///
/// Reads the Makefiles of the file's folder and of those above: `obj-y`, `obj-m`, `obj-$(CONFIG_X)`
/// and the composites `foo-objs`, `foo-y`, `foo-$(CONFIG_X)`. Branches of `ifdef` all count. What
/// only make itself could compute stays unknown.
public struct KbuildRoles: Sendable {
  /// What a source file becomes part of.
  public enum Role: Sendable, Equatable {
    case builtIn
    /// The module of this name, without `.ko`; a configuration may build it in.
    case module(String)
    case unknown
  }

  private let source: any TreeSource
  private let memo = Memo()

  public init(_ source: any TreeSource) { self.source = source }

  /// The role of the file at `path`; `unknown` for headers and for what no Makefile names.
  ///
  /// Remembers its answers and the files that it read.
  public func role(of path: String) -> Role {
    guard [".c", ".S", ".rs"].contains(where: path.hasSuffix) else { return .unknown }
    if let known = memo.roles.withLock({ $0[path] }) { return known }
    let role = readRole(of: path)
    memo.roles.withLock { $0[path] = role }
    return role
  }

  private func readRole(of path: String) -> Role {
    let stem = path.lastIndex(of: ".").map { String(path[..<$0]) } ?? path
    var folder = stem[...]
    while let slash = folder.lastIndex(of: "/") {
      folder = folder[..<slash]
      let object = stem.dropFirst(folder.count + 1) + ".o"
      let role = makefile(String(folder)).role(of: String(object)) {
        isTristate($0, near: String(folder))
      }
      if let role { return role }
    }
    return .unknown
  }

  private func text(_ path: String) -> String? {
    (try? source.read(path)).flatMap { $0 }.map { String(decoding: $0, as: UTF8.self) }
  }

  private func makefile(_ folder: String) -> KbuildMakefile {
    memo.makefiles.value(folder) {
      KbuildMakefile(text(folder + "/Kbuild") ?? text(folder + "/Makefile") ?? "")
    }
  }

  /// False when a Kconfig file of the folder or above says that `symbol` is y or n only.
  private func isTristate(_ symbol: String, near folder: String) -> Bool {
    var folder = folder[...]
    while true {
      let types = memo.types.value(String(folder)) {
        KconfigTypes(text(folder.isEmpty ? "Kconfig" : folder + "/Kconfig") ?? "")
      }
      if let answer = types.isTristate[symbol] { return answer }
      guard !folder.isEmpty else { return true }
      folder = folder.lastIndex(of: "/").map { folder[..<$0] } ?? ""
    }
  }

  /// What was read, shared by the copies of this value.
  private final class Memo: Sendable {
    let roles = Mutex<[String: Role]>([:])
    let makefiles = FolderMemo<KbuildMakefile>()
    let types = FolderMemo<KconfigTypes>()
  }

  private final class FolderMemo<Value: Sendable>: Sendable {
    private let known = Mutex<[String: Value]>([:])

    func value(_ folder: String, _ make: () -> Value) -> Value {
      if let found = known.withLock({ $0[folder] }) { return found }
      let made = make()
      known.withLock { $0[folder] = made }
      return made
    }
  }
}
