/// How bad a finding is.
public enum Severity: String, Sendable, Codable, CaseIterable, Comparable {
  case info
  case warning
  case error

  private var rank: Int {
    switch self {
    case .info: 0
    case .warning: 1
    case .error: 2
    }
  }

  public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

  /// One step milder; `info` stays.
  public var lowered: Severity { self == .error ? .warning : .info }
}

/// How sure the check is.
public enum Confidence: String, Sendable, Codable, CaseIterable {
  case low
  case medium
  case high
}

extension FindingType {
  /// The severity of a sure finding of this type.
  public var severity: Severity {
    switch self {
    case .lockHeldAtReturn, .lockNotHeld, .lockDoubleAcquire, .lockWrongRelease, .lockWrongFlags,
      .lockLoopImbalance, .exportSignature, .exportRemoved, .bisectBreak:
      .error
    case .lockContract, .duplicateFunction, .duplicateInconsistent, .exportNoUser, .exportAdded,
      .exportLicense, .exportNamespace, .exportDuplicate, .exportOfStatic, .exportOfInline,
      .exportOfInit, .seriesMissingFile:
      .warning
    // Peeking before a lock and sleeping helpers are everyday code: info until measured.
    case .lockStaleCheck, .lockSleepInAtomic:
      .info
    default:
      .info
    }
  }
}
