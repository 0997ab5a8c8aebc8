import Foundation

/// Where a report goes: standard output or a file.
struct ReportTarget {
  /// Nil is standard output.
  private let file: String?

  /// - Parameter file: its path; nil or `-` mean standard output.
  init(_ file: String?) { self.file = file == "-" ? nil : file }

  var isTerminal: Bool { file == nil && isatty(STDOUT_FILENO) == 1 }

  func write(_ text: String) throws(UsageError) {
    do {
      if let file {
        try Data(text.utf8).write(to: URL(filePath: file))
      } else {
        try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
      }
    } catch {
      throw UsageError(
        "cannot write '\(file ?? "standard output")': \(error.localizedDescription)")
    }
  }
}
