import ArgumentParser

struct AdapterCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adapter",
    abstract: "Speaks the protocol of another program: b4, kbuild, NIPA.",
    subcommands: [
      B4ClassicAdapter.self, B4ReviewAdapter.self, KbuildAdapter.self, NIPAAdapter.self,
    ])
}
