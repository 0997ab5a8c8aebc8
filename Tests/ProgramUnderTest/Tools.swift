import Foundation

/// Programs of others that tests work with; `make test` installs them.
public enum Tools {
  /// `git send-email`, which Debian has in a package of its own.
  public static let hasSendEmail = ["/usr/lib/git-core", "/usr/libexec/git-core"].contains {
    FileManager.default.isExecutableFile(atPath: $0 + "/git-send-email")
  }

  /// A program from PyPI, by the folder that `scripts/python-tools` fills; nil without one.
  public static func python(_ name: String) -> String? {
    guard let folder = ProcessInfo.processInfo.environment["LOCKSTEP_TOOLS"], !folder.isEmpty
    else { return nil }
    let path = folder + "/bin/" + name
    return FileManager.default.isExecutableFile(atPath: path) ? path : nil
  }

  /// Debian's browser without a window; nil without one.
  public static let browser: String? = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }
}
