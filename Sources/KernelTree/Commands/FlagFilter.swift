/// Lets through only the compiler flags that change what a file *says*, and that clang knows.
///
/// A recorded command line is input from outside: `-fplugin`, `-Xclang`, `-load`, `@file`, `-B`
/// and everything else that could run or load something never passes, because nothing passes
/// that is not named here. Flags that only GCC knows, warnings, optimisation and output are left
/// out too, so that a driver's complaint cannot spoil a parse.
struct FlagFilter {
  /// The folder that relative paths start from.
  let directory: String
  let architecture: Architecture

  /// The flags that pass, in their order, with absolute paths.
  func allowed(_ words: [String]) -> [String] {
    var result: [String] = []
    var index = 0
    while index < words.count {
      let word = words[index]
      index += 1
      if Self.skippedWithValue.contains(word) {
        index += 1
      } else if let flag = Self.pathFlags.first(where: { word.hasPrefix($0) }) {
        guard let value = value(of: flag, in: word, words, &index), !value.hasPrefix("-") else {
          continue
        }
        result += [flag, TreePath.absolute(value, in: directory)]
      } else if let flag = ["-D", "-U"].first(where: { word.hasPrefix($0) }) {
        guard let value = value(of: flag, in: word, words, &index) else { continue }
        result.append(flag + value)
      } else if isAllowedAlone(word) {
        result.append(word)
      }
    }
    return result
  }

  /// The flag's value, in the same word or in the next one; nil when there is none.
  private func value(
    of flag: String, in word: String, _ words: [String], _ index: inout Int
  ) -> String? {
    if word.count > flag.count { return String(word.dropFirst(flag.count)) }
    guard index < words.count, !words[index].hasPrefix("-") else { return nil }
    defer { index += 1 }
    return words[index]
  }

  private func isAllowedAlone(_ word: String) -> Bool {
    if Self.alone.contains(word) || architecture.machineFlags.contains(word) { return true }
    return word.wholeMatch(of: /-std=(gnu|c|iso9899:)[0-9a-z]+/) != nil
  }

  /// Flags that name a file or folder; longer names stand before their prefixes.
  private static let pathFlags = [
    "-isystem", "-idirafter", "-iquote", "-include", "-imacros", "-I",
  ]

  /// Flags whose next word belongs to them, so that it is not taken for a flag.
  private static let skippedWithValue: Set<String> = [
    "-Xclang", "-Xpreprocessor", "-Xassembler", "-Xlinker", "-mllvm", "-o", "-MF", "-MT", "-MQ",
    "-x", "-target", "-arch", "-load", "-plugin", "-specs", "-T", "-B", "-L", "-z",
    "-A", "-isysroot", "--sysroot", "-iprefix", "-iwithprefix", "-iwithprefixbefore", "-imultilib",
    "-working-directory", "-include-pch", "-ivfsoverlay", "-resource-dir", "-aux-info", "-dumpbase",
    "-wrapper", "--param", "-u", "-e", "-G",
  ]

  private static let alone: Set<String> = [
    "-nostdinc", "-undef", "-O0", "-O1", "-O2", "-O3", "-Os", "-ffreestanding", "-fhosted",
    "-fno-builtin", "-fshort-wchar", "-funsigned-char", "-fsigned-char", "-fshort-enums",
    "-fno-short-enums", "-fno-common", "-fms-extensions", "-fgnu89-inline", "-fno-PIE", "-fPIE",
    "-fpie", "-fno-pie", "-fPIC", "-fpic", "-fno-pic", "-fno-PIC", "-fno-strict-overflow",
  ]
}
