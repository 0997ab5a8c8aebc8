import CSyntax
internal import Foundation
internal import Glibc

/// Worker processes that parse, as many at once as there are jobs.
///
/// Some inputs kill the process inside libclang; then that file is reported, the worker is started
/// again, and nothing else is lost. A worker is also stopped when one parse takes too long.
public final class WorkerPool: Sendable {
  private let program: String
  private let arguments: [String]
  private let seconds: Int
  private let jobs: Int
  private let idle: Idle

  /// - Parameters:
  ///   - program: the executable that runs `ParseWorker.run()`, with `arguments`.
  ///   - seconds: how long one parse may take.
  public init(program: String, arguments: [String], jobs: Int, seconds: Int = 60) {
    self.program = program
    self.arguments = arguments
    self.seconds = seconds
    self.jobs = max(1, jobs)
    idle = Idle(jobs: self.jobs)
  }

  /// Parses one file; waits until a worker is free.
  ///
  /// Versions of one file with many further ones go to one worker, one after the other: there each
  /// costs a fraction of the first. Fewer are done sooner side by side.
  public func parse(_ wanted: ParseRequest) async throws(ParseError) -> SyntaxUnit {
    var request = wanted
    if request.further + 1 < Self.worth * jobs { request.further = 0 }
    let file = request.further > 0 ? request.file : nil
    let worker = await idle.take(file)
    let outcome = await answer(to: request, from: worker)
    switch outcome {
    case .success(let (unit, worker)):
      await idle.give(back: worker, file)
      return unit
    case .failure(let error):
      await idle.give(back: nil, file)
      guard file != nil else { throw error }
      // What was kept of other versions shall decide nothing: once more, as if it were the only one.
      request.further = 0
      return try await parse(request)
    }
  }

  /// From so many versions of a file for each job on, one worker is done with them first.
  private static let worth = 4

  /// Runs the blocking exchange on a thread of its own.
  private func answer(to request: ParseRequest, from worker: Worker?) async -> Result<
    (SyntaxUnit, Worker), ParseError
  > {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { [self] in
        continuation.resume(returning: exchange(request, worker))
      }
    }
  }

  private func exchange(_ request: ParseRequest, _ old: Worker?) -> Result<
    (SyntaxUnit, Worker), ParseError
  > {
    do throws(ParseError) {
      let worker: Worker
      if let old { worker = old } else { worker = try Worker(program, arguments) }
      return .success((try worker.parse(request, seconds: seconds), worker))
    } catch {
      return .failure(error)
    }
  }

  /// The workers that wait for work; at most `jobs` are out at once.
  private actor Idle {
    private var free: Int
    private var workers: [Worker] = []
    private var waiting: [CheckedContinuation<Void, Never>] = []
    /// What waits for the worker that has a file, by the file; an entry for each that is out.
    private var queues: [String: [CheckedContinuation<Worker?, Never>]] = [:]
    /// The file that each of `workers` parsed last, where further versions may come.
    private var lastFiles: [String?] = []

    init(jobs: Int) { free = jobs }

    /// - Parameter file: the file whose versions shall all go to one worker.
    func take(_ file: String?) async -> Worker? {
      if let file {
        if queues[file] != nil {
          return await withCheckedContinuation { queues[file]?.append($0) }
        }
        queues[file] = []
      }
      if free > 0 {
        free -= 1
      } else {
        await withCheckedContinuation { waiting.append($0) }
      }
      guard !workers.isEmpty else { return nil }
      // The one that has this file; else one that has none, if there is one.
      let index =
        (file == nil ? nil : lastFiles.lastIndex(of: file)) ?? lastFiles.lastIndex(of: nil)
        ?? workers.count - 1
      lastFiles.remove(at: index)
      return workers.remove(at: index)
    }

    func give(back worker: Worker?, _ file: String?) {
      if let file, var queue = queues.removeValue(forKey: file), !queue.isEmpty {
        let next = queue.removeFirst()
        queues[file] = queue
        return next.resume(returning: worker)
      }
      if let worker {
        workers.append(worker)
        lastFiles.append(file)
      }
      if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
  }
}

/// One worker process, used by one exchange at a time; the pool sees to that.
private final class Worker: @unchecked Sendable {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()

  init(_ program: String, _ arguments: [String]) throws(ParseError) {
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
    } catch {
      throw .noWorker(reason: "\(program): \(error.localizedDescription)")
    }
  }

  deinit {
    try? input.fileHandleForWriting.close()
    if process.isRunning { process.terminate() }
  }

  func parse(_ request: ParseRequest, seconds: Int) throws(ParseError) -> SyntaxUnit {
    signal(SIGPIPE, SIG_IGN)
    let alarm = Alarm(process: process, seconds: seconds)
    let answer: [UInt8]?
    do {
      try Message.write(request.encoded(), to: input.fileHandleForWriting)
      answer = try Message.read(from: output.fileHandleForReading)
    } catch {
      answer = nil
    }
    let late = alarm.stop()
    guard let answer else {
      process.waitUntilExit()
      if late { throw .timeout(file: request.path, seconds: seconds) }
      let how = process.terminationReason == .uncaughtSignal ? "signal" : "exit"
      throw .workerDied(file: request.path, how: "\(how) \(process.terminationStatus)")
    }
    do {
      var reader = ByteReader(answer)
      guard try reader.read(UInt8.self) == 0 else {
        throw ParseError.libclang(code: try reader.read(Int32.self), file: request.path)
      }
      return try SyntaxUnit(encoded: try reader.readBytes())
    } catch let error as ParseError {
      throw error
    } catch {
      throw .workerDied(file: request.path, how: "garbled answer: \(error)")
    }
  }
}

/// Kills a process when it is not stopped in time.
private final class Alarm: @unchecked Sendable {
  private let timer = DispatchSource.makeTimerSource()
  private let lock = NSLock()
  private var rang = false

  init(process: Process, seconds: Int) {
    let identifier = process.processIdentifier
    timer.schedule(deadline: .now() + .seconds(seconds))
    timer.setEventHandler { [weak self] in
      self?.lock.withLock { self?.rang = true }
      kill(identifier, SIGKILL)
    }
    timer.resume()
  }

  /// True when it rang.
  func stop() -> Bool {
    timer.cancel()
    return lock.withLock { rang }
  }
}
