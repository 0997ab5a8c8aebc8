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
}
