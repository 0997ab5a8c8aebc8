internal import Findings

/// EXPORT_REMOVED: modules can no longer use a symbol.
///
/// With users left it is an error that a later commit may repair, so those are told by the look at
/// the series' base and the others by the look at the commit.
struct RemovedExports: SurfaceRule {
  /// Which of the removals to tell.
  enum Part: Sendable {
    case withoutUsers
    case withUsers
  }
  var part: Part

  func findings(in change: SurfaceChange, asking search: UserSearch) -> [Finding] {
    change.exportKeys.compactMap { key in
      guard change.exportsAfter[key] == nil, let place = change.exportsBefore[key]?.first
      else { return nil }
      let loss = ExportLoss(place, in: change, search)
      switch part {
      case .withoutUsers: return loss.isBreaking ? nil : harmless(loss)
      case .withUsers: return loss.isBreaking ? breaking(loss) : nil
      }
    }
  }

  private func harmless(_ loss: ExportLoss) -> Finding {
    var text = "\(loss.spoken) is no longer exported"
    var severity = Severity.info
    if let other = loss.otherExporter {
      text += " by this file; \(other) still exports it."
    } else if !loss.users.isComplete {
      text += "; \(UserSentence.clause(loss.users, home: loss.place.path))."
      severity = .warning
    } else if loss.users.outside.isEmpty {
      text += ", and nothing in the tree uses it outside its file."
    } else if loss.users.areInOwnModule {
      text += "; the users left are in the same module (\(loss.users.homeModule ?? "").ko)."
    } else {
      text += "; no module uses it (left: \(loss.users.spokenFiles()))."
    }
    return finding(loss, text, severity, remedy: "")
  }

  private func breaking(_ loss: ExportLoss) -> Finding {
    let files = loss.brokenFiles
    let who = Users.spoken(files, "file")
    let isHeader = files.allSatisfy { SourceKind(path: $0) == .header }
    let text =
      isHeader
      ? "\(loss.spoken) is no longer exported, but \(who) still uses it for every module that "
        + "includes it."
      : "\(loss.spoken) is no longer exported, but \(who) still use\(files.count == 1 ? "s" : "") "
        + "it: as a module that does not link."
    return finding(
      loss, text, isHeader ? .warning : .error,
      remedy: "Change the users in an earlier patch or in this one, or keep the export.")
  }

  private func finding(
    _ loss: ExportLoss, _ message: String, _ severity: Severity, remedy: String
  ) -> Finding {
    let export = loss.place.item
    var data = export.data
    data["users"] = .integer(loss.users.outsideFiles.count)
    return Finding(
      type: .exportRemoved, severity: severity, file: loss.place.path, line: export.line,
      message: message, remedy: remedy, side: .old,
      fingerprint: Fingerprint(
        .exportRemoved, [export.symbol] + (loss.isBreaking ? ["users left"] : [])),
      related: loss.related, data: data)
  }
}
