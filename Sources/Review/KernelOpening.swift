internal import Foundation
import GitKit
import KernelTree

/// Opens the tree's flags, and says why not where there are none.
struct KernelOpening: Sendable {
  let kernel: KernelTree?
  let reason: String

  /// - Throws: `KernelTreeError` when the user named a build that is none.
  init(_ series: Series, _ request: ReviewRequest) throws {
    let base = series.base ?? series.revisions[0].tree
    try self.init(base: base, workTree: series.workTree, request)
  }

  init(base: any TreeSource, workTree: String?, _ request: ReviewRequest) throws {
    let options = KernelTree.Options(
      cacheDirectory: request.cacheDirectory ?? Self.temporaryCache,
      architecture: request.architecture, configFrom: request.configFrom,
      kernelDirectory: request.kernelDirectory, workTree: workTree)
    do throws(KernelTreeError) {
      kernel = try KernelTree(base: base, options: options)
      reason = ""
    } catch {
      // What the user named must be right; what was only looked for may be missing.
      if request.configFrom != nil || request.kernelDirectory != nil { throw error }
      kernel = nil
      reason = error.description
    }
  }

  /// Where headers are made up when nothing is to be kept.
  private static var temporaryCache: String {
    NSTemporaryDirectory() + "lockstep-\(ProcessInfo.processInfo.processIdentifier)"
  }
}
