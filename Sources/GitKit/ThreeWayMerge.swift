internal import CLibgit2

/// Joins two changes of one text.
enum ThreeWayMerge {
  /// The text with both changes; nil where they contradict each other.
  static func merge(base: [UInt8], ours: [UInt8], theirs: [UInt8]) -> [UInt8]? {
    precondition(Libgit2.isReady, "libgit2 does not start")
    var result = git_merge_file_result()
    let code = input(base) { base in
      input(ours) { ours in
        input(theirs) { theirs in git_merge_file(&result, base, ours, theirs, nil) }
      }
    }
    guard code == 0 else { return nil }
    defer { git_merge_file_result_free(&result) }
    guard result.automergeable != 0 else { return nil }
    return Array(UnsafeRawBufferPointer(start: result.ptr, count: result.len))
  }

  private static func input(
    _ bytes: [UInt8], _ body: (UnsafePointer<git_merge_file_input>) -> Int32
  ) -> Int32 {
    bytes.withUnsafeBytes { bytes in
      var input = git_merge_file_input()
      git_merge_file_input_init(&input, UInt32(GIT_MERGE_FILE_INPUT_VERSION))
      input.ptr = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      input.size = bytes.count
      return body(&input)
    }
  }
}
