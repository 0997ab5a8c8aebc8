import Findings

/// One version of one file with what the lock check says of it.
struct FileJudgement: Sendable {
  var file: SourceFile
  var verdict: Verdict

  var findings: [Finding] { verdict.findings }
}
