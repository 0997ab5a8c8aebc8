/// A table of system calls: `number abi name entry [compat-entry [noreturn]]` a line.
struct SyscallTable {
  private struct Call {
    var number: String
    var name: String
    var entry: String?
    var compat: String?
    var isNoReturn: Bool
  }

  private let calls: [Call]

  /// - Parameter abis: the ABIs whose lines count; all when empty.
  init(_ table: [UInt8], abis: Set<String>) {
    calls = String(decoding: table, as: UTF8.self).split(separator: "\n").compactMap { line in
      let fields = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace).map(String.init)
      guard fields.count >= 3, fields[0].first?.isNumber == true,
        abis.isEmpty || abis.contains(fields[1])
      else { return nil }
      let compat = fields.count > 4 && fields[4] != "-" ? fields[4] : nil
      return Call(
        number: fields[0], name: fields[2], entry: fields.count > 3 ? fields[3] : nil,
        compat: compat, isNoReturn: fields.count > 5 && fields[5] == "noreturn")
    }
  }

  /// A header of numbers, `#define __NR_name number`.
  func numbers(prefix: String, offset: String) -> String {
    var lines = calls.map { call in
      let number = offset.isEmpty ? call.number : "(\(offset) + \(call.number))"
      return "#define __NR_\(prefix)\(call.name) \(number)"
    }
    let last = calls.last.flatMap { Int($0.number) } ?? -1
    lines.append("#define __NR_\(prefix)syscalls \(last + 1)")
    return lines.joined(separator: "\n") + "\n"
  }

  /// A list of entry points, `__SYSCALL(number, entry)`, without gaps.
  func entries() -> String {
    var lines: [String] = []
    var next = 0
    for call in calls {
      guard let number = Int(call.number), number < 10_000 else { continue }
      while next < number {
        lines.append("__SYSCALL(\(next), sys_ni_syscall)")
        next += 1
      }
      next = number + 1
      let entry = call.entry ?? "sys_ni_syscall"
      switch (call.compat, call.isNoReturn) {
      case (let compat?, true):
        lines.append("__SYSCALL_COMPAT_NORETURN(\(number), \(entry), \(compat))")
      case (let compat?, false):
        lines.append("__SYSCALL_WITH_COMPAT(\(number), \(entry), \(compat))")
      case (nil, true): lines.append("__SYSCALL_NORETURN(\(number), \(entry))")
      case (nil, false): lines.append("__SYSCALL(\(number), \(entry))")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What the header called `name` holds: numbers for `unistd…`, entry points for the others.
  func header(named name: String, prefix: String, offset: String) -> String {
    name.hasPrefix("unistd") ? numbers(prefix: prefix, offset: offset) : entries()
  }
}
