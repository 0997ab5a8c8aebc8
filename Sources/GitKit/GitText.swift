internal import Glibc

extension String {
  /// Bytes of a repository as text: UTF-8 where they are that, else Latin-1, so that no byte is
  /// lost and nothing fails.
  init(gitBytes bytes: some Collection<UInt8>) {
    if let text = String(validating: bytes, as: UTF8.self) {
      self = text
    } else {
      self = String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }
  }

  init(gitString pointer: UnsafePointer<CChar>?) {
    guard let pointer else {
      self = ""
      return
    }
    if let text = String(validatingCString: pointer) {
      self = text
    } else {
      let bytes = UnsafeBufferPointer(start: pointer, count: strlen(pointer))
      self.init(gitBytes: bytes.map { UInt8(bitPattern: $0) })
    }
  }

  /// A path of a repository: each of its names is text by itself, as in a folder's own listing.
  init(gitPath pointer: UnsafePointer<CChar>?) {
    guard let pointer else {
      self = ""
      return
    }
    if let text = String(validatingCString: pointer) {
      self = text
    } else {
      let bytes = UnsafeBufferPointer(start: pointer, count: strlen(pointer)).map {
        UInt8(bitPattern: $0)
      }
      self = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        .map { String(gitBytes: $0) }.joined(separator: "/")
    }
  }
}

/// Git's own order of paths: by their bytes.
func precedes(_ one: String, _ other: String) -> Bool {
  one.utf8.lexicographicallyPrecedes(other.utf8)
}
