import ArgumentParser

/// What a hook lets pass.
struct HookLimits: ParsableArguments {
  @Option(help: ArgumentHelp("Let pass, and say so, after this time.", valueName: "seconds"))
  var budget: Double?

  @Option(help: "Refuse from this severity on.")
  var failOn: FailureThreshold?

  mutating func validate() throws {
    if let budget, !(budget > 0) { throw ValidationError("--budget needs seconds above 0") }
  }
}
