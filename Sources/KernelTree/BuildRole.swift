/// What Kbuild does with a source file.
public enum BuildRole: Sendable, Equatable {
  /// Part of the kernel image.
  case builtIn
  /// Part of the module of this name, without `.ko`; several are joined with `:`.
  case module(String)
  /// No Makefile that is read under the configuration names it.
  case notBuilt
}
