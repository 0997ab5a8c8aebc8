import Foundation
import GitKit
import Mail

/// Keeps the mails of a thread for some days, for programs that hand them over one by one.
struct SeriesShelf {
  /// Nil keeps nothing.
  private let root: URL?
  private static let days = 14.0

  init(cacheDirectory: String?) {
    root = cacheDirectory.map { URL(filePath: $0).appending(path: "threads") }
    dropOld()
  }

  /// The mails of the same series that came before this one, and this one as the last.
  ///
  /// Only this one, unless every patch before it is known.
  func series(upTo mail: [UInt8]) -> [[UInt8]] {
    guard let root, let place = MailSeries.place(of: mail), place.number > 0,
      let thread = MailSeries.thread(of: mail)
    else { return [mail] }
    let key = ObjectID.blob(of: Array("\(thread)\0\(place.total)\0\(place.version)".utf8))
    let folder = root.appending(path: key.description)
    func file(_ number: Int) -> URL { folder.appending(path: "\(number).eml") }
    let manager = FileManager.default
    try? manager.createDirectory(at: folder, withIntermediateDirectories: true)
    try? Data(mail).write(to: file(place.number), options: .atomic)
    let before = (1..<place.number).compactMap { manager.contents(atPath: file($0).path) }
    guard before.count == place.number - 1 else { return [mail] }
    return before.map { [UInt8]($0) } + [mail]
  }

  private func dropOld() {
    guard let root else { return }
    let folders = try? FileManager.default.contentsOfDirectory(
      at: root, includingPropertiesForKeys: [.contentModificationDateKey])
    for folder in folders ?? [] {
      let values = try? folder.resourceValues(forKeys: [.contentModificationDateKey])
      if let date = values?.contentModificationDate, date.timeIntervalSinceNow < -Self.days * 86_400
      {
        try? FileManager.default.removeItem(at: folder)
      }
    }
  }
}
