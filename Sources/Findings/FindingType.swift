/// What is wrong, by the names of the interface that outside programs rely on.
public enum FindingType: String, Sendable, Codable, CaseIterable, Comparable {
  // Locks
  case lockHeldAtReturn = "LOCK_HELD_AT_RETURN"
  case lockNotHeld = "LOCK_NOT_HELD"
  case lockDoubleAcquire = "LOCK_DOUBLE_ACQUIRE"
  case lockWrongRelease = "LOCK_WRONG_RELEASE"
  case lockWrongFlags = "LOCK_WRONG_FLAGS"
  case lockLoopImbalance = "LOCK_LOOP_IMBALANCE"
  case lockContract = "LOCK_CONTRACT"
  case lockStaleCheck = "LOCK_STALE_CHECK"
  case lockSleepInAtomic = "LOCK_SLEEP_IN_ATOMIC"
  // Duplicates
  case duplicateFunction = "DUPLICATE_FUNCTION"
  case duplicateInconsistent = "DUPLICATE_INCONSISTENT"
  case duplicateBlock = "DUPLICATE_BLOCK"
  // Exports
  case exportAdded = "EXPORT_ADDED"
  case exportRemoved = "EXPORT_REMOVED"
  case exportLicense = "EXPORT_LICENSE"
  case exportNamespace = "EXPORT_NAMESPACE"
  case exportNoUser = "EXPORT_NO_USER"
  case exportBeforeUser = "EXPORT_BEFORE_USER"
  case exportSignature = "EXPORT_SIGNATURE"
  case exportDuplicate = "EXPORT_DUPLICATE"
  case exportOfStatic = "EXPORT_OF_STATIC"
  case exportOfInline = "EXPORT_OF_INLINE"
  case exportOfInit = "EXPORT_OF_INIT"
  case exportMoved = "EXPORT_MOVED"
  case linkageWidened = "LINKAGE_WIDENED"
  case linkageCouldBeStatic = "LINKAGE_COULD_BE_STATIC"
  case prototypeAdded = "PROTOTYPE_ADDED"
  case prototypeRemoved = "PROTOTYPE_REMOVED"
  case prototypeNoDefinition = "PROTOTYPE_NO_DEFINITION"
  case prototypeMismatch = "PROTOTYPE_MISMATCH"
  case prototypeNotInHeader = "PROTOTYPE_NOT_IN_HEADER"
  case stubMismatch = "STUB_MISMATCH"
  // Series
  case bisectBreak = "BISECT_BREAK"
  case seriesUnused = "SERIES_UNUSED"
  case seriesMissingFile = "SERIES_MISSING_FILE"
  case seriesRewrite = "SERIES_REWRITE"

  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// The area that `--only` selects.
  public var area: Area {
    switch self {
    case .lockHeldAtReturn, .lockNotHeld, .lockDoubleAcquire, .lockWrongRelease, .lockWrongFlags,
      .lockLoopImbalance, .lockContract, .lockStaleCheck, .lockSleepInAtomic:
      .locks
    case .duplicateFunction, .duplicateInconsistent, .duplicateBlock:
      .duplicates
    case .bisectBreak, .seriesUnused, .seriesMissingFile, .seriesRewrite:
      .series
    default:
      .exports
    }
  }
}

/// A family of finding types.
public enum Area: String, Sendable, Codable, CaseIterable {
  case locks
  case duplicates
  case exports
  case series
}
