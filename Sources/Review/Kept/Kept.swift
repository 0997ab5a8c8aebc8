internal import Foundation
import GitKit

/// What a run may take from earlier runs, and leaves for later ones.
struct Kept: Sendable {
  let parses: KeptParses
  let verdicts: KeptVerdicts
  private let bytes: KeptBytes

  /// - Parameters:
  ///   - cache: the folder that everything is kept in.
  ///   - rules: the bytes of the rules files that the user added.
  ///   - known: the functions that no parse looks into.
  init(cache: String, rules: [[UInt8]], known: [String]) {
    bytes = KeptBytes(folder: cache + "/parses")
    let program = Self.program
    let added = rules.flatMap { ObjectID.blob(of: $0).bytes }
    parses = KeptParses(
      kept: bytes,
      program: ObjectID.blob(of: Array((program + known.joined(separator: " ")).utf8)))
    verdicts = KeptVerdicts(
      kept: bytes, rules: ObjectID.blob(of: Array(program.utf8) + added))
  }

  /// Keeps the folder within its bounds; once a run is enough.
  func trim() { bytes.trim() }

  /// This build of the program: what another build made is not believed.
  private static var program: String {
    var status = stat()
    guard stat("/proc/self/exe", &status) == 0 else { return UUID().uuidString }
    return "\(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
  }
}
