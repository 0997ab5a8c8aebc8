import Foundation

/// The source files of the kernel tree that `LOCKSTEP_KERNEL` names.
struct KernelFiles: Sendable {
  let root: URL

  /// Nil where no kernel was given.
  static let given: KernelFiles? = ProcessInfo.processInfo.environment["LOCKSTEP_KERNEL"].map {
    KernelFiles(root: URL(fileURLWithPath: $0))
  }

  func text(of path: String) -> String? {
    (try? Data(contentsOf: root.appending(path: path))).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Paths of tracked files with one of `endings`, sorted; only those that say `word` when given.
  func paths(below folder: String = ".", endings: [String], saying word: String? = nil) throws
    -> [String]
  {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      ["git", "-C", root.path] + (word.map { ["grep", "-zlF", $0] } ?? ["ls-files", "-z"])
      + ["--", folder]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return data.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
      .filter { path in endings.contains { path.hasSuffix($0) } }.sorted()
  }

  /// `transform` of every path, in their order, on all processors.
  func map<Result: Sendable>(
    _ paths: [String], _ transform: @Sendable (String) -> Result
  ) -> [Result] {
    let results = Slots<Result>(count: paths.count)
    DispatchQueue.concurrentPerform(iterations: paths.count) { index in
      results.put(transform(paths[index]), at: index)
    }
    return results.values
  }
}

/// Results by number, filled from several threads.
private final class Slots<Value: Sendable>: @unchecked Sendable {
  private let lock = NSLock()
  private var slots: [Value?]

  init(count: Int) { slots = Array(repeating: nil, count: count) }

  func put(_ value: Value, at index: Int) { lock.withLock { slots[index] = value } }
  var values: [Value] { slots.compactMap(\.self) }
}
