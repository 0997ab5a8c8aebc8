internal import Findings

/// What it means that a symbol is no longer exported.
struct ExportLoss {
  let place: Located<Export>
  let spoken: String
  let users: Users
  /// Another file that exports the symbol.
  let otherExporter: String?
  /// Files that surely use it and may be modules, sorted; headers only when nothing else is there.
  let brokenFiles: [String]
  let related: [Finding.Related]

  init(_ place: Located<Export>, in change: SurfaceChange, _ search: UserSearch) {
    self.place = place
    let export = place.item
    spoken = search.spoken(export, in: change)
    let homes = search.homes(of: export.symbol, in: change)
    var users = search.users(
      of: export.userNames, definedIn: homes.isEmpty ? [place.path] : homes)
    if users.isComplete, export.standsFor || export.isMade { users.reach = .madeNames }
    self.users = users
    otherExporter = search.otherExporters(of: export).first?.file
    let broken = otherExporter == nil ? Self.broken(users, export, search) : []
    brokenFiles = broken.map(\.file)
    related = broken.isEmpty ? users.related() : Array(broken.prefix(5))
  }

  /// True when something that may be a module is left without its symbol.
  var isBreaking: Bool { !brokenFiles.isEmpty }

  private static func broken(_ users: Users, _ export: Export, _ search: UserSearch)
    -> [Finding.Related]
  {
    var modular: [Finding.Related] = []
    var headers: [Finding.Related] = []
    for file in users.outsideFiles {
      guard let site = users.outside.first(where: { $0.use.file == file }) else { continue }
      let lines = search.sureUses(of: export.userNames, in: file)
      guard let line = lines.first else { continue }
      let place = Finding.Related(
        file: file, line: line, function: site.use.function, message: "still uses it")
      switch site.distance {
      case .module: modular.append(place)
      // Nobody knows whether it is built as a module, unless its home is one itself.
      case .unknown where users.homeModule == nil: modular.append(place)
      case .header: headers.append(place)
      default: break
      }
    }
    return modular.isEmpty ? headers : modular
  }
}
