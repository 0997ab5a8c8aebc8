internal import Foundation
public import GitKit

/// The folder in which git looks for a repository's hooks.
public struct HookFolder: Sendable {
  /// What is there under a hook's name.
  public enum State: Sendable, Equatable {
    case absent
    /// Lockstep's; `other` when a hook that was there before runs first.
    case installed(other: Bool)
    /// Lockstep's, changed by hand.
    case edited
    /// Somebody else's.
    case foreign
  }

  /// Absolute, without a slash at its end.
  public let path: String

  /// Finds it as git does: `core.hooksPath`, else `hooks` in the repository.
  public init(of repository: Repository) throws(GitError) {
    let named = try repository.configuration("core.hookspath").flatMap { $0.isEmpty ? nil : $0 }
    guard let named else {
      path = repository.commonDirectory + "hooks"
      return
    }
    // A relative path counts from where hooks run: the root of the work tree.
    let folder = (named as NSString).expandingTildeInPath
    let start = repository.workTreeRoot ?? repository.gitDirectory
    path =
      folder.hasPrefix("/")
      ? folder : URL(filePath: folder, relativeTo: URL(filePath: start)).standardizedFileURL.path
  }

  public func file(_ name: HookName) -> String { path + "/" + name.rawValue }

  public func state(_ name: HookName) -> State {
    guard let text = text(of: file(name)) else {
      return exists(file(name)) ? .foreign : .absent
    }
    if HookScript.isOwn(text) { return .installed(other: exists(file(name) + HookScript.suffix)) }
    return HookScript.isEdited(text) ? .edited : .foreign
  }

  /// Installs a hook; one that is there is put aside, and runs first from then on.
  ///
  /// - Parameters:
  ///   - program: absolute path of lockstep.
  ///   - options: for every run of the hook.
  public func install(_ name: HookName, program: String, options: [String]) throws(HookError) {
    let file = file(name)
    let aside = file + HookScript.suffix
    switch state(name) {
    case .edited: throw .edited(path: file)
    case .foreign:
      // A link may lead into somebody's own collection; moving it would break that.
      guard isPlainFile(file) else { throw .notAFile(path: file) }
      guard !exists(aside) else { throw .taken(path: aside) }
      try move(file, to: aside)
    case .absent, .installed: break
    }
    try write(HookScript(name: name, program: program, options: options).text, to: file)
  }

  /// Takes a hook away and puts back what was there before; others stay untouched.
  ///
  /// - Returns: false when there is none of lockstep's.
  @discardableResult
  public func uninstall(_ name: HookName) throws(HookError) -> Bool {
    let file = file(name)
    switch state(name) {
    case .absent, .foreign: return false
    case .edited: throw .edited(path: file)
    case .installed(let other):
      try attempt(on: file) { try FileManager.default.removeItem(atPath: file) }
      if other { try move(file + HookScript.suffix, to: file) }
      return true
    }
  }

  private func write(_ text: String, to file: String) throws(HookError) {
    try attempt(on: file) {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      // Written beside and moved, so that git never starts half a script.
      let new = file + ".lockstep-new"
      try Data(text.utf8).write(to: URL(filePath: new))
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: new)
      guard rename(new, file) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
  }

  private func move(_ file: String, to other: String) throws(HookError) {
    try attempt(on: other) { try FileManager.default.moveItem(atPath: file, toPath: other) }
  }

  private func attempt(on path: String, _ body: () throws -> Void) throws(HookError) {
    do { try body() } catch {
      throw .unwritable(path: path, reason: error.localizedDescription)
    }
  }

  private func exists(_ file: String) -> Bool {
    (try? FileManager.default.attributesOfItem(atPath: file)) != nil
  }

  private func isPlainFile(_ file: String) -> Bool {
    let attributes = try? FileManager.default.attributesOfItem(atPath: file)
    return attributes?[.type] as? FileAttributeType == .typeRegular
  }

  private func text(of file: String) -> String? {
    FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) }
  }
}
