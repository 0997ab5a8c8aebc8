/// The hooks of git that lockstep has something to say in.
public enum HookName: String, CaseIterable, Sendable {
  case preCommit = "pre-commit"
  case prePush = "pre-push"
  case sendEmailValidate = "sendemail-validate"

  /// Whether git tells it on standard input what is about to happen.
  var readsInput: Bool { self == .prePush }
}
