import ArgumentParser

@main
struct Lockstep: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lockstep", abstract: "Reviews Linux kernel patches before people have to.")
}
