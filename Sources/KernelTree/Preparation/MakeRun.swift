import Foundation

/// One run of `make`, whose output is passed on line by line.
struct MakeRun {
  let arguments: [String]

  /// Runs to the end; throws when `make` is missing or fails, with the lines that tell why.
  func run(_ progress: (String) -> Void) throws(KernelTreeError) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["make"] + arguments
    var environment = ProcessInfo.processInfo.environment
    // A surrounding make must not reach into this one.
    for name in ["MAKEFLAGS", "MFLAGS", "MAKELEVEL", "KBUILD_OUTPUT"] { environment[name] = nil }
    environment["LC_ALL"] = "C"
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    do {
      try process.run()
    } catch {
      throw .preparation(reason: "make cannot be started (\(error.localizedDescription))")
    }
    var last: [String] = []
    var telling: [String] = []
    var rest: [UInt8] = []
    while case let bytes = pipe.fileHandleForReading.availableData, !bytes.isEmpty {
      rest += bytes
      while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: rest[..<end], as: UTF8.self)
        rest.removeSubrange(...end)
        progress(line)
        last = (last + [line]).suffix(5)
        // With several jobs the reason may stand long before the end.
        if telling.count < 5, Self.isTelling(line) { telling.append(line) }
      }
    }
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw .preparation(
        reason: "make \(arguments.last ?? "") failed:\n"
          + (telling + last.filter { !telling.contains($0) }).joined(separator: "\n"))
    }
  }

  private static func isTelling(_ line: String) -> Bool {
    ["error:", "No rule to make", "No such file", "not found"].contains { line.contains($0) }
  }
}
