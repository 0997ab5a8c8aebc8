import BuiltinRules

extension LockRules {
  /// The families of which a call of `name` takes and releases locks.
  func families(ofCall name: String) -> (taken: FamilySet, released: FamilySet) {
    var taken: FamilySet = []
    var released: FamilySet = []
    for operation in operations[name] ?? [] {
      let family = FamilySet(family: operation.family)
      switch operation.action {
      case .acquire: taken.insert(family)
      case .release: released.insert(family)
      case .drop, .forget:
        taken.insert(family)
        released.insert(family)
      case .downgrade, .upgrade: break
      }
    }
    return (taken, released)
  }
}
