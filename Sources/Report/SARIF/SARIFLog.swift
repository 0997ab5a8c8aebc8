/// The part of SARIF 2.1.0 (OASIS, 2020) that reports use, by the names of its schema.
struct SARIFLog: Encodable {
  var schema = "https://json.schemastore.org/sarif-2.1.0.json"
  var version = "2.1.0"
  var runs: [SARIFRun]

  private enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case version
    case runs
  }
}

/// One reviewed commit.
struct SARIFRun: Encodable {
  struct Tool: Encodable {
    var driver: Driver
  }

  struct Driver: Encodable {
    var name: String
    var version: String
    var rules: [Rule]
  }

  struct Rule: Encodable {
    var id: String
    var shortDescription: SARIFText
    var defaultConfiguration: Configuration
    var properties: Tags
  }

  struct Configuration: Encodable {
    var level: String
  }

  struct Tags: Encodable {
    var tags: [String]
  }

  struct Details: Encodable {
    var id: String
  }

  /// SARIF wants an absolute address; where a repository lies on somebody's disk is nobody's affair.
  struct Revision: Encodable {
    var repositoryUri = "urn:lockstep:repository"
    var revisionId: String
  }

  struct Invocation: Encodable {
    var executionSuccessful: Bool
    var toolExecutionNotifications: [Notification]
  }

  struct Notification: Encodable {
    var level: String
    var message: SARIFText
    var locations: [SARIFLocation]
  }

  var tool: Tool
  var automationDetails: Details
  var versionControlProvenance: [Revision]?
  var invocations: [Invocation]
  var columnKind = "unicodeCodePoints"
  var results: [SARIFResult]
}
