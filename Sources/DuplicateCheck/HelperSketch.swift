internal import CSyntax

/// Name, signature and home of the helper that a proposal speaks of.
struct HelperSketch: Sendable {
  /// A name made of the words that both names have.
  let name: String
  /// A declaration, such as `void fuse_lock_common(struct kiocb *iocb, bool exclusive)`.
  let signature: String
  /// The file that would hold it.
  let home: String
  /// The header that would declare it; nil when one file holds both users.
  let header: String?

  init(_ proposal: Proposal) {
    let (new, old) = (proposal.pair.new, proposal.pair.old)
    name = Self.name(new.name, old.name)
    let added = proposal.parameters.enumerated().map { number, hole in
      Self.parameter(hole, number: number + 1, new, old)
    }
    let flags = proposal.blocks.isEmpty ? [] : ["bool flag"]
    let own = old.outline.source.text(old.item.parameters)
    let parameters = ([own == "void" ? "" : own] + added + flags).filter { !$0.isEmpty }
    let type = old.item.returnType.isEmpty ? "int" : old.item.returnType
    let space = type.hasSuffix("*") ? "" : " "
    signature =
      "\(type)\(space)\(name)(\(parameters.isEmpty ? "void" : parameters.joined(separator: ", ")))"
    home = old.path
    header = new.path == old.path ? nil : Self.commonHeader(new, old)
  }

  /// The words at the front and at the back that both names have, or the old name, and `common`.
  private static func name(_ new: String, _ old: String) -> String {
    let a = new.split(separator: "_", omittingEmptySubsequences: false)
    let b = old.split(separator: "_", omittingEmptySubsequences: false)
    var front = 0
    while front < min(a.count, b.count), a[front] == b[front] { front += 1 }
    var back = 0
    while back < min(a.count, b.count) - front, a[a.count - 1 - back] == b[b.count - 1 - back] {
      back += 1
    }
    let words = Array(a[..<front]) + Array(a[(a.count - back)...])
    // One word in common is the subsystem's: it does not say what the helper does.
    return (words.count < 2 || words.count == a.count ? b + ["common"] : words + ["common"])
      .joined(separator: "_")
  }

  /// A declaration of the parameter that fills `hole`.
  ///
  /// Its type is only named where tokens tell it; elsewhere a comment says what goes in.
  private static func parameter(
    _ hole: Proposal.Hole, number: Int, _ new: Subject, _ old: Subject
  ) -> String {
    switch hole.kind {
    case .callee:
      let known = [(hole.old, old), (hole.new, new)].lazy.compactMap { name, subject in
        subject.outline.functions.first { $0.name == name }.map { ($0, subject) }
      }.first
      guard let (item, subject) = known, !item.returnType.isEmpty else {
        return "/* \(hole.new) or \(hole.old) */ (*call\(number))()"
      }
      let parameters = subject.outline.source.text(item.parameters)
      return "\(item.returnType) (*call\(number))(\(parameters))"
    default:
      if hole.old.hasPrefix("\"") { return "const char *text\(number)" }
      if let first = hole.old.utf8.first, first >= 0x30, first <= 0x39 {
        return "unsigned int value\(number)"
      }
      return "/* \(hole.new) or \(hole.old) */ value\(number)"
    }
  }

  /// A header of their own folder that both files include; nil without one.
  private static func commonHeader(_ new: Subject, _ old: Subject) -> String? {
    let folder = old.path.split(separator: "/").dropLast().joined(separator: "/")
    let theirs = Set(new.outline.includes.filter { !$0.isSystem }.map(\.path))
    let common = old.outline.includes.first { !$0.isSystem && theirs.contains($0.path) }
    return common.map { folder.isEmpty ? $0.path : "\(folder)/\($0.path)" }
  }
}
