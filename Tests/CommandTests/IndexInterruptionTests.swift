import Foundation
import GitKit
import ProgramUnderTest
import Testing

/// What a build of an index leaves that was ended without warning.
@Suite struct IndexInterruptionTests {
  /// Runs `index build` and kills it after some milliseconds, or lets it end.
  private func build(_ path: String, cache: String, killAfter milliseconds: Int?) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: ProgramUnderTest.path)
    process.arguments = ["index", "build", "-C", path]
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["XDG_CACHE_HOME": cache]
    ) { $1 }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    if let milliseconds {
      usleep(UInt32(milliseconds) * 1000)
      kill(process.processIdentifier, SIGKILL)
    }
    process.waitUntilExit()
    return process.terminationStatus
  }

  private func image(_ cache: String) throws -> [String: Data] {
    let folder = cache + "/lockstep/index"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return try names.filter { !$0.hasSuffix(".part") }.reduce(into: [:]) {
      $0[$1] = try Data(contentsOf: URL(filePath: folder + "/" + $1))
    }
  }

  /// A repository of many short files.
  private func repository(in folder: TemporaryFolder) throws -> String {
    let repository = try ScratchRepository(creatingIn: folder.path + "/linux")
    var files: [String: [UInt8]] = [:]
    for number in 0..<600 {
      let functions = (0..<20).map {
        "int f\(number)_\($0)(struct pond *p)\n{\n\treturn pond_level(p, \($0)) + \(number);\n}\n"
      }
      files["lib/f\(number).c"] = Array(functions.joined().utf8)
    }
    _ = try repository.commit(files, message: "ponds")
    return folder.path + "/linux"
  }

  /// `LOCKSTEP_SOAK=1` kills more often.
  private static let kills = ProcessInfo.processInfo.environment["LOCKSTEP_SOAK"] == "1" ? 50 : 15

  @Test func aKilledBuildIsNeverBelieved() throws {
    let folder = try TemporaryFolder()
    let path = try repository(in: folder)
    let begin = ContinuousClock.now
    #expect(try build(path, cache: folder.path + "/whole", killAfter: nil) == 0)
    let whole = Int((ContinuousClock.now - begin) / .milliseconds(1))
    let right = try image(folder.path + "/whole")
    #expect(right.count == 1)
    for round in 0..<Self.kills {
      let cache = folder.path + "/killed"
      _ = try build(path, cache: cache, killAfter: whole * (round + 1) / (Self.kills + 1))
      // What is there under its own name is whole.
      let left = try image(cache)
      #expect(left.isEmpty || left == right)
      #expect(try build(path, cache: cache, killAfter: nil) == 0)
      #expect(try image(cache) == right)
      try FileManager.default.removeItem(atPath: cache)
    }
  }

  /// No file may grow beyond a limit: what a full disk answers, without one.
  @Test func aFullDiskIsSaidAndLeavesNothing() async throws {
    let folder = try TemporaryFolder()
    let path = try repository(in: folder)
    let cache = folder.path + "/cache"
    let environment = ["XDG_CACHE_HOME": cache, "TMPDIR": folder.path]
    for blocks in [0, 1, 20, 100] {
      let outcome = try await ProgramUnderTest.run(
        program: "sh",
        [
          "-c", "trap '' XFSZ; ulimit -f \(blocks); exec \"$0\" index build -q -C \"$1\"",
          ProgramUnderTest.path, path,
        ], environment: environment)
      #expect(outcome.status == 2, "\(blocks): \(outcome.output)")
      #expect(outcome.error.contains("Cannot write the tree index"), "\(outcome.error)")
      let left = try FileManager.default.contentsOfDirectory(atPath: cache + "/lockstep/index")
      #expect(left.isEmpty)
      let others = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(others.sorted() == ["cache", "linux"])
    }
    #expect(try build(path, cache: cache, killAfter: nil) == 0)
    #expect(try build(path, cache: folder.path + "/whole", killAfter: nil) == 0)
    #expect(try image(cache) == image(folder.path + "/whole"))
  }

  /// Each answer of a damaged index is the right one, for it is built again before.
  @Test func aDamagedIndexIsBuiltAgain() async throws {
    let folder = try TemporaryFolder()
    let path = try repository(in: folder)
    let cache = folder.path + "/cache"
    func similar() async throws -> ProgramUnderTest.Outcome {
      try await ProgramUnderTest.run(
        ["similar", "-C", path, "lib/f7.c:f7_3", "--format", "json"],
        environment: ["XDG_CACHE_HOME": cache])
    }
    let right = try await similar()
    #expect(right.status == 0, "\(right.error)")
    let whole = try image(cache)
    let (name, bytes) = try #require(whole.first)
    let file = URL(filePath: cache + "/lockstep/index/" + name)
    for round in 0..<12 {
      var damaged = bytes
      if round % 3 == 0 {
        damaged = damaged.prefix(bytes.count * round / 12)
      } else {
        damaged[(round * 7919 + round * round * 104_729) % bytes.count] ^= 1 << UInt8(round % 8)
      }
      try damaged.write(to: file)
      let outcome = try await similar()
      // Damage that shows only when a column is read ends the run, and the next one is right.
      if outcome.status == 0 {
        #expect(outcome.output == right.output)
      } else {
        #expect(outcome.error.contains("cannot be used"), "\(outcome.error)")
        #expect(try await similar().output == right.output)
      }
    }
  }
}
