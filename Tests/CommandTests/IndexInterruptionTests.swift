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

  @Test func aKilledBuildIsNeverBelieved() throws {
    let folder = try TemporaryFolder()
    let repository = try ScratchRepository(creatingIn: folder.path + "/linux")
    var files: [String: [UInt8]] = [:]
    for number in 0..<600 {
      let functions = (0..<20).map {
        "int f\(number)_\($0)(struct pond *p)\n{\n\treturn pond_level(p, \($0)) + \(number);\n}\n"
      }
      files["lib/f\(number).c"] = Array(functions.joined().utf8)
    }
    _ = try repository.commit(files, message: "ponds")
    let path = folder.path + "/linux"
    let begin = ContinuousClock.now
    #expect(try build(path, cache: folder.path + "/whole", killAfter: nil) == 0)
    let whole = Int((ContinuousClock.now - begin) / .milliseconds(1))
    let right = try image(folder.path + "/whole")
    #expect(right.count == 1)
    for round in 0..<15 {
      let cache = folder.path + "/killed"
      _ = try build(path, cache: cache, killAfter: whole * (round + 1) / 16)
      // What is there under its own name is whole.
      let left = try image(cache)
      #expect(left.isEmpty || left == right)
      #expect(try build(path, cache: cache, killAfter: nil) == 0)
      #expect(try image(cache) == right)
      try FileManager.default.removeItem(atPath: cache)
    }
  }
}
