/// Brings patches into order and tells versions and resends apart.
struct SeriesSorter {
  private(set) var patches: [PatchMail] = []
  private(set) var missing: [MailSeries.Missing] = []
  private(set) var notes: [String] = []
  private var covers: [(title: String, version: Int, root: String)] = []

  mutating func add(_ mail: ReadMail) {
    switch mail.kind {
    case .patch(let patch): patches.append(patch)
    case .cover(let title, let version, let root): covers.append((title, version, root))
    case .reply(let title): notes.append("a reply with a diff was passed over: '\(title)'")
    case .other: break
    }
  }

  mutating func sort() {
    dropCopies()
    var groups = grouped()
    dropOlderVersions(&groups)
    dropResent(&groups)
    patches = groups.flatMap { ordered($0) }
  }

  /// The same mail twice, as when it came through two lists.
  private mutating func dropCopies() {
    var kept: [PatchMail] = []
    for patch in patches {
      let isCopy = kept.contains { other in
        other.title == patch.title && other.number == patch.number && other.total == patch.total
          && other.version == patch.version && other.diffs == patch.diffs
      }
      if !isCopy { kept.append(patch) }
    }
    patches = kept
  }

  /// Patches that belong together, in the order in which their first ones came.
  ///
  /// A thread is a series. What comes without one, each mail by itself, is put together by number.
  private func grouped() -> [[PatchMail]] {
    var groups: [[PatchMail]] = []
    for patch in patches {
      let place = groups.firstIndex { group in
        patch.root != "" && group[0].root == patch.root && isAlike(group[0], patch)
      }
      if let place { groups[place].append(patch) } else { groups.append([patch]) }
    }
    var joined: [[PatchMail]] = []
    for group in groups {
      let place =
        group.count > 1 || group[0].number == nil
        ? nil
        : joined.firstIndex { other in
          isAlike(other[0], group[0]) && other.count < group[0].total ?? 0
            && !other.contains { $0.number == group[0].number }
        }
      if let place { joined[place] += group } else { joined.append(group) }
    }
    return joined
  }

  private func isAlike(_ left: PatchMail, _ right: PatchMail) -> Bool {
    left.total == right.total && left.version == right.version && left.isResend == right.isResend
  }

  private mutating func dropOlderVersions(_ groups: inout [[PatchMail]]) {
    let all = groups
    groups.removeAll { group in
      guard let newer = all.first(where: { isVersion($0, newerThan: group) }) else { return false }
      let (old, new) = (group[0].version, newer[0].version)
      notes.append("version \(old) of '\(group[0].title)' was passed over for version \(new)")
      return true
    }
  }

  private func isVersion(_ left: [PatchMail], newerThan right: [PatchMail]) -> Bool {
    left[0].version > right[0].version && isSame(left, right)
  }

  private mutating func dropResent(_ groups: inout [[PatchMail]]) {
    let all = groups
    groups.removeAll { group in
      let resent = all.first { other in
        other[0].isResend && !group[0].isResend && other[0].version == group[0].version
          && isSame(other, group)
      }
      if resent != nil { notes.append("'\(group[0].title)' was passed over for its resend") }
      return resent != nil
    }
  }

  /// Whether two groups are the same work: one thread, one title, or one cover letter's title.
  private func isSame(_ left: [PatchMail], _ right: [PatchMail]) -> Bool {
    if left[0].root != "", left.contains(where: { $0.root == right[0].root }) { return true }
    let titles = Set(left.map(\.title))
    if right.contains(where: { titles.contains($0.title) }) { return true }
    func cover(_ group: [PatchMail]) -> String? {
      covers.first { $0.root == group[0].root && $0.version == group[0].version }?.title
    }
    return cover(left) != nil && cover(left) == cover(right)
  }

  /// A group by its numbers, with the gaps noted.
  private mutating func ordered(_ group: [PatchMail]) -> [PatchMail] {
    guard let total = group[0].total else { return group }
    var byNumber: [Int: PatchMail] = [:]
    for patch in group {
      guard let number = patch.number else { continue }
      if let other = byNumber[number] {
        notes.append(
          "two mails are patch \(number)/\(total); '\(other.title)' was passed over for "
            + "'\(patch.title)', which comes later")
      }
      byNumber[number] = patch
    }
    for number in 1...max(total, 1) where byNumber[number] == nil && total > 0 {
      missing.append(
        .init(what: "patch \(number)/\(total)", reason: "is not in the mailbox"))
    }
    return byNumber.keys.sorted().compactMap { byNumber[$0] }
  }
}
