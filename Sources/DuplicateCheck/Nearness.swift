/// How close two files of a tree stand, and so how easily they can share code.
enum Nearness: Int, Sendable, Comparable {
  /// Only `include/` and `lib/` are common ground.
  case far
  /// The same subsystem: two folders in common, such as `drivers/net/`.
  case subsystem
  /// The same folder, or one folder below the other.
  case folder
  case file

  /// How close the new file `a` stands to the old file `b`.
  init(_ a: String, _ b: String) {
    if a == b {
      self = .file
      return
    }
    // What a shared header or the library has, everybody can call.
    if b.hasPrefix("include/") || b.hasPrefix("lib/") {
      self = .folder
      return
    }
    let first = a.split(separator: "/").dropLast()
    let second = b.split(separator: "/").dropLast()
    var common = 0
    while common < min(first.count, second.count), first[common] == second[common] { common += 1 }
    if common == min(first.count, second.count), common > 0 || first.count == second.count {
      self = .folder
    } else {
      self = common >= 2 ? .subsystem : .far
    }
  }

  static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
