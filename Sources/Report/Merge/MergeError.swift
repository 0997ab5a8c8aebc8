/// Why reports cannot be put together; the description is the user's sentence.
public enum MergeError: Error, Equatable, CustomStringConvertible {
  case unreadable(name: String, reason: String)
  case mixed
  case different(name: String)

  public var description: String {
    switch self {
    case .unreadable(let name, let reason):
      "'\(name)' is no JSON or SARIF report of lockstep: \(reason)"
    case .mixed:
      "JSON and SARIF reports cannot be put together; make all of them with the same --format"
    case .different(let name):
      "'\(name)' is about another range than the first report; give reports of the same series"
    }
  }
}
