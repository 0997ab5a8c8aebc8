/// Why a file could not be parsed at all.
public enum ParseError: Error, Equatable, CustomStringConvertible {
  /// libclang gave no translation unit; its code is 1 (failure) to 4 (AST read error).
  case libclang(code: Int32, file: String)
  /// The worker process died while it parsed the file.
  case workerDied(file: String, how: String)
  /// The worker took longer than it may.
  case timeout(file: String, seconds: Int)
  /// The worker process could not be started.
  case noWorker(reason: String)

  public var description: String {
    switch self {
    case .libclang(let code, let file):
      "\(file): the parser gave up (libclang error \(code)); check the flags with -v"
    case .workerDied(let file, let how):
      "\(file): the parser process died on it (\(how)); the file is too deeply nested or too large"
    case .timeout(let file, let seconds):
      "\(file): not parsed within \(seconds) s; raise --budget or leave the file out"
    case .noWorker(let reason):
      "the parser process cannot be started: \(reason); is libclang-19 installed?"
    }
  }
}
