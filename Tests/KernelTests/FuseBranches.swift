import ProgramUnderTest

/// The branches of the example series on the real kernel.
struct FuseBranches {
  let clone: KernelClone
  var base: String { clone.base }

  /// Commits an edit of the three files; gives the commit and the files as they are then.
  func commit(
    on parent: String, _ subject: String, _ edit: (inout FuseSources) throws -> Void
  ) async throws -> (id: String, sources: FuseSources) {
    var sources = try await FuseSources(clone, at: parent)
    try edit(&sources)
    let id = try await clone.commit(sources.files, on: parent, subject: subject)
    return (id, sources)
  }

  /// Both helpers shared through fuse_i.h.
  func export() async throws -> String {
    try await commit(on: base, "fuse: share the direct I/O lock") {
      try $0.shareHelpers()
      try $0.useHelpers(lock: FuseSources.helpers[0], unlock: FuseSources.helpers[1])
    }.id
  }

  /// One commit more: copied instead.
  func duplicate() async throws -> String {
    try await commit(on: export(), "fuse: give passthrough a lock of its own") {
      try $0.copyHelpers()
    }.id
  }

  /// The branch of this name; the base for any other.
  func branch(_ name: String) async throws -> String {
    switch name {
    case "export": try await export()
    case "duplicate": try await duplicate()
    default: base
    }
  }
}
