import DemoSeries
import Foundation
import GitKit
import ProgramUnderTest
import Testing

@Suite struct ExampleSeriesTests {
  private let series = ExampleSeries.brook

  @Test func fourPatchesOnAKernelInMiniature() {
    #expect(series.patches.count == 4)
    for file in ["Makefile", "Kconfig", "fs/brook/file.c", "include/linux/fs.h"] {
      #expect(series.base.files[file] != nil, "\(file)")
    }
    for patch in series.patches {
      #expect(!patch.files.isEmpty)
      #expect(patch.files.keys.allSatisfy { $0.hasPrefix("fs/brook/") })
    }
  }

  /// A bare repository is enough for a review, but people want to look at it with git.
  @Test func gitAgreesWithWhatWasWritten() async throws {
    let folder = try TemporaryFolder()
    let place = folder.path + "/repository"
    let repository = try ScratchRepository(creatingIn: place)
    var ids: [ObjectID] = []
    for step in [series.base] + series.patches {
      let files = step.files.mapValues { Array($0.utf8) as [UInt8]? }
      ids.append(try repository.commit(files, message: step.message))
    }
    try repository.checkOut()
    func git(_ words: String...) async throws -> String {
      try await ProgramUnderTest.git(words, in: place)
    }
    #expect(try await git("status", "--porcelain") == "")
    #expect(try await git("fsck", "--strict") == "")
    #expect(try await git("symbolic-ref", "HEAD") == "refs/heads/main")
    let listed = try await git("rev-list", "--reverse", "HEAD").split(separator: "\n")
    #expect(listed.map(String.init) == ids.map(\.description))
    let text = try await git("show", "HEAD:fs/brook/direct.c")
    #expect(text + "\n" == series.patches[3].files["fs/brook/direct.c"])
  }

  @Test func deletedFilesAreGone() async throws {
    let folder = try TemporaryFolder()
    let place = folder.path + "/repository"
    let repository = try ScratchRepository(creatingIn: place)
    try repository.commit(["a/b.c": Array("x".utf8), "c.c": []], message: "one")
    try repository.commit(["a/b.c": nil], message: "two")
    let files = try await ProgramUnderTest.git(["ls-tree", "-r", "--name-only", "HEAD"], in: place)
    #expect(files == "c.c")
  }

  @Test func aRepositoryIsNeverMadeOverAnother() throws {
    let folder = try TemporaryFolder()
    _ = try ScratchRepository(creatingIn: folder.path)
    #expect(throws: GitError.self) { _ = try ScratchRepository(creatingIn: folder.path) }
  }
}
