import ArgumentParser
import Findings
import Foundation
import GitKit
import Review

/// What git's configuration (`lockstep.failOn`) and the tree's `.lockstep.conf` say.
///
/// The command line counts more than git, git more than the file. No key names a command, and the
/// file, which may come from somebody else, has only those that change what is reported.
struct Settings {
  /// Where a value comes from, for complaints about it.
  private var sources: [Key: String] = [:]
  private var values: [Key: String] = [:]

  enum Key: String, CaseIterable {
    case failOn = "lockstep.failon"
    case only = "lockstep.only"
    case types = "lockstep.types"
    case ignore = "lockstep.ignore"
    case arch = "lockstep.arch"
    case budget = "lockstep.budget"
    case format = "lockstep.format"
    case color = "lockstep.color"
    case jobs = "lockstep.jobs"
    case baseline = "lockstep.baseline"
    case configFrom = "lockstep.configfrom"
    case rules = "lockstep.rules"

    /// Whether a file in the tree may say it.
    var isForFiles: Bool {
      switch self {
      case .failOn, .only, .types, .ignore, .arch, .budget: true
      case .format, .color, .jobs, .baseline, .configFrom, .rules: false
      }
    }
  }

  /// Nothing is set.
  static let none = Settings()

  private init() {}

  /// Reads both for a request; says on standard error what it does not understand.
  ///
  /// - Parameter quiet: says nothing, for callers to whom any word there is a failure.
  init(for request: ReviewRequest, quiet: Bool = false) throws {
    if let bytes = ConfigurationFile.bytes(for: request) {
      do {
        let read = try ConfigurationText.values(of: bytes)
        take(read, from: ConfigurationFile.name, quiet: quiet)
      } catch {
        if !quiet { Self.say("\(ConfigurationFile.name) is passed over: \(error)") }
      }
    }
    guard let repository = try? Repository(at: request.directory) else { return }
    for key in Key.allCases {
      if let value = try? repository.configuration(key.rawValue) {
        (values[key], sources[key]) = (value, "git's configuration")
      }
    }
  }

  private mutating func take(_ read: [String: String], from file: String, quiet: Bool) {
    for (name, value) in read.sorted(by: { $0.key < $1.key }) where name.hasPrefix("lockstep.") {
      guard let key = Key(rawValue: name), key.isForFiles else {
        if !quiet { Self.say("\(file): '\(name)' is no key that counts there") }
        continue
      }
      (values[key], sources[key]) = (value, file)
    }
  }

  /// A value made of its text; nil where it is not set.
  ///
  /// - Throws: `UsageError` that names the key.
  func value<Value>(_ key: Key, _ make: (String) throws -> Value?) throws -> Value? {
    guard let text = values[key] else { return nil }
    let made: Value?
    do { made = try make(text) } catch {
      throw UsageError("\(key.rawValue) in \(sources[key] ?? ""): \(error)")
    }
    guard let made else {
      throw UsageError("\(key.rawValue) in \(sources[key] ?? "") cannot be '\(text)'")
    }
    return made
  }

  private static func say(_ sentence: String) {
    ErrorOutput.write("lockstep: note: \(sentence)\n")
  }
}
