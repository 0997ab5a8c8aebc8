/// Something the user asked for that cannot be done.
struct UsageError: Error, CustomStringConvertible {
  /// What happened; what to type next.
  let description: String

  init(_ description: String) { self.description = description }
}
