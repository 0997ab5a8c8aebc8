/// The shell script that git starts as a hook.
struct HookScript {
  static let mark = "# This hook is lockstep's: 'lockstep hook uninstall' takes it away."
  private static let end = "# The end of lockstep's hook.\n"
  /// What a hook that was there before is called from then on.
  static let suffix = ".before-lockstep"

  let name: HookName
  /// Absolute path of the program.
  let program: String
  /// Passed on with every run.
  let options: [String]

  /// A hook that was there first runs first, and its refusal counts.
  var text: String {
    let words = ([name.rawValue] + options).map(Self.quoted).joined(separator: " ")
    let keep = name.readsInput ? "input=$(cat)\n" : ""
    let feed = name.readsInput ? "printf '%s\\n' \"$input\" | " : ""
    return """
      #!/bin/sh
      \(Self.mark)
      # Git tells it, among others, which index is meant: GIT_INDEX_FILE.
      \(keep)before="$0\(Self.suffix)"
      if [ -x "$before" ]; then
        \(feed)"$before" "$@" || exit
      fi
      program=\(Self.quoted(program))
      [ -x "$program" ] || program=$(command -v lockstep) || {
        echo "lockstep: the program is gone, so nothing was reviewed" >&2
        exit 0
      }
      \(feed)"$program" hook run \(words) "$@"
      \(Self.end)
      """
  }

  /// Whether a text is a script of this kind, as it was written.
  static func isOwn(_ text: String) -> Bool {
    text.hasPrefix("#!/bin/sh\n\(mark)\n") && text.hasSuffix(end)
  }

  /// Whether somebody added to a script of this kind.
  static func isEdited(_ text: String) -> Bool { text.contains(mark) && !isOwn(text) }

  /// A word that the shell takes as it is.
  private static func quoted(_ word: String) -> String {
    "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
