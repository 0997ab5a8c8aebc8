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
  private let folders = FolderMemo()

  public init(_ source: any TreeSource) { self.source = source }

  /// The role of the file at `path`; `unknown` for headers and for what no Makefile names.
  public func role(of path: String) -> Role {
    guard let dot = path.lastIndex(of: "."),
      ["c", "S", "rs"].contains(path[path.index(after: dot)...])
    else { return .unknown }
    let stem = String(path[..<dot])
    var folder = stem[...]
    while let slash = folder.lastIndex(of: "/") {
      folder = folder[..<slash]
      let object = stem.dropFirst(folder.count + 1) + ".o"
      if let role = makefile(String(folder)).role(
        of: String(object),
        isTristate: {
          isTristate($0, near: String(folder))
        })
      {
        return role
      }
    }
    return .unknown
  }

  private func makefile(_ folder: String) -> KbuildMakefile {
    folders.value(folder) {
      let bytes =
        (try? source.read(folder + "/Kbuild")).flatMap { $0 }
        ?? (try? source.read(folder + "/Makefile")).flatMap { $0 } ?? []
      return KbuildMakefile(String(decoding: bytes, as: UTF8.self))
    }
  }

  /// False when a Kconfig file of the folder or above says that `symbol` is y or n only.
  private func isTristate(_ symbol: String, near folder: String) -> Bool {
    var folder = folder[...]
    while true {
      let path = folder.isEmpty ? "Kconfig" : folder + "/Kconfig"
      if let bytes = (try? source.read(String(path))).flatMap({ $0 }),
        let answer = Self.isTristate(symbol, String(decoding: bytes, as: UTF8.self))
      {
        return answer
      }
      guard !folder.isEmpty else { return true }
      folder = folder.lastIndex(of: "/").map { folder[..<$0] } ?? ""
    }
  }

  /// What a Kconfig text says of the type of `symbol`; nil when it does not define it.
  private static func isTristate(_ symbol: String, _ text: String) -> Bool? {
    var isInside = false
    for line in text.split(separator: "\n") {
      let words = line.split(whereSeparator: \.isWhitespace)
      guard let first = words.first else { continue }
      if first == "config" || first == "menuconfig" {
        isInside = words.count > 1 && words[1] == symbol
      } else if isInside {
        switch first {
        case "tristate", "def_tristate": return true
        case "bool", "def_bool": return false
        default: break
        }
      }
    }
    return nil
  }

  /// Makefiles that were read, shared by the copies of this value.
  private final class FolderMemo: Sendable {
    private let known = Mutex<[String: KbuildMakefile]>([:])

    func value(_ folder: String, _ make: () -> KbuildMakefile) -> KbuildMakefile {
      if let found = known.withLock({ $0[folder] }) { return found }
      let made = make()
      known.withLock { $0[folder] = made }
      return made
    }
  }
}
