import GitKit

/// What git tells a pre-push hook: `<local ref> <local id> <remote ref> <remote id>` a line.
struct PushedReferences {
  private let pairs: [(local: ObjectID, remote: ObjectID?)]
  private let remote: String?

  /// - Parameters:
  ///   - input: lines that are none are passed over; those that delete something too.
  ///   - remote: its name, or its address where it has none.
  init(_ input: String, remote: String?) {
    self.remote = remote
    pairs = input.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard words.count == 4, let local = ObjectID(hex: words[1]), !Self.isNone(words[1]) else {
        return nil
      }
      return (local, Self.isNone(words[3]) ? nil : ObjectID(hex: words[3]))
    }
  }

  /// A range for each reference: what the other side does not have, as far as this one knows.
  func ranges(in repository: Repository) throws -> [[String]] {
    let known = try repository.references(below: "refs/remotes/" + (remote ?? "origin") + "/")
    return pairs.compactMap { pair in
      var without = Set(known)
      // After somebody else's push the other side's commit may not be here.
      if let remote = pair.remote, (try? repository.commit(remote)) != nil {
        without.insert(remote)
      }
      guard !without.isEmpty else { return nil }
      return [pair.local.description] + without.sorted().map { "^\($0)" }
    }
  }

  private static func isNone(_ id: Substring) -> Bool { id.allSatisfy { $0 == "0" } }
}
