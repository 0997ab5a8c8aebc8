public import Foundation

/// One SARIF log out of those of `--shard I/N` runs: their runs of the same commit become one.
public struct MergedSARIF {
  public let data: Data

  private typealias Object = [String: Any]

  /// Puts logs together.
  ///
  /// - Parameter parts: at least one, with the names to say which cannot be read.
  /// - Throws: `MergeError.unreadable`.
  public init(_ parts: [(name: String, data: Data)]) throws {
    var log: Object?
    var runs: [Object] = []
    for (name, data) in parts {
      guard let part = try? JSONSerialization.jsonObject(with: data) as? Object,
        let more = part["runs"] as? [Object]
      else { throw MergeError.unreadable(name: name, reason: "it has no runs") }
      log = log ?? part
      for run in more {
        if let index = runs.firstIndex(where: { Self.id($0) == Self.id(run) }) {
          runs[index] = Self.merged(runs[index], run)
        } else {
          runs.append(run)
        }
      }
    }
    var whole = log ?? [:]
    whole["runs"] = runs
    data = try JSONSerialization.data(
      withJSONObject: whole, options: [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes])
  }

  /// The name of a run, which holds the commit.
  private static func id(_ run: Object) -> String? {
    (run["automationDetails"] as? Object)?["id"] as? String
  }

  private static func merged(_ one: Object, _ other: Object) -> Object {
    var run = one
    let rules = Self.rules(one) + Self.rules(other)
    var names: [String] = []
    let kept = rules.filter { rule in
      guard let name = rule["id"] as? String, !names.contains(name) else { return false }
      names.append(name)
      return true
    }.sorted { ($0["id"] as? String ?? "") < ($1["id"] as? String ?? "") }
    names.sort()
    let results = (Self.results(one) + Self.results(other)).map { result in
      var result = result
      // The rules of the parts were numbered each for itself.
      result["ruleIndex"] = (result["ruleId"] as? String).flatMap { names.firstIndex(of: $0) } ?? 0
      return result
    }
    run["results"] = results.sorted { place($0) < place($1) }
    if var tool = run["tool"] as? Object, var driver = tool["driver"] as? Object {
      driver["rules"] = kept
      tool["driver"] = driver
      run["tool"] = tool
    }
    run["invocations"] = [invocation(one, other)]
    return run
  }

  private static func rules(_ run: Object) -> [Object] {
    ((run["tool"] as? Object)?["driver"] as? Object)?["rules"] as? [Object] ?? []
  }

  private static func results(_ run: Object) -> [Object] { run["results"] as? [Object] ?? [] }

  /// Successful only where all parts were; with what each could not analyse.
  private static func invocation(_ one: Object, _ other: Object) -> Object {
    let parts = [one, other].flatMap { $0["invocations"] as? [Object] ?? [] }
    return [
      "executionSuccessful": parts.allSatisfy { $0["executionSuccessful"] as? Bool ?? false },
      "toolExecutionNotifications": parts.flatMap {
        $0["toolExecutionNotifications"] as? [Object] ?? []
      },
    ]
  }

  /// File, line and rule of a result.
  private static func place(_ result: Object) -> (String, Int, String) {
    let location = (result["locations"] as? [Object])?.first?["physicalLocation"] as? Object
    let file = (location?["artifactLocation"] as? Object)?["uri"] as? String ?? ""
    let line = (location?["region"] as? Object)?["startLine"] as? Int ?? 0
    return (file, line, result["ruleId"] as? String ?? "")
  }
}
