internal import Foundation
internal import GitKit
internal import Synchronization

/// Reads files and makes their records, on several cores, handing them over in order.
struct RecordReader: Sendable {
  let source: any TreeSource
  let files: [(path: String, id: ObjectID)]
  let jobs: Int
  /// Called after each batch with how many files are done; false stops the work.
  var progress: @Sendable (Int) -> Bool = { _ in true }

  /// Files read at a time: enough to keep the cores busy, few enough to hold in memory.
  private static let batchLength = 512

  /// Calls `body` with one batch after the other.
  func forEachBatch(_ body: (Batch) throws(IndexError) -> Void) throws(IndexError) {
    var start = 0
    while start < files.count {
      let end = min(start + Self.batchLength, files.count)
      let records = try records(start..<end)
      try body(Batch(firstFile: start, records: records))
      start = end
      guard progress(end) else { throw .cancelled }
    }
  }

  private func records(_ range: Range<Int>) throws(IndexError) -> [FileRecord] {
    let results = Results(count: range.count)
    let workers = max(1, min(jobs, range.count))
    if workers == 1 {
      work(range, results)
    } else {
      DispatchQueue.concurrentPerform(iterations: workers) { _ in work(range, results) }
    }
    return try results.all()
  }

  private func work(_ range: Range<Int>, _ results: Results) {
    while let number = results.next() {
      results.set(number, record(files[range.lowerBound + number].path))
    }
  }

  private func record(_ path: String) -> Result<FileRecord, IndexError> {
    do {
      guard let kind = SourceKind(path: path), let bytes = try source.read(path) else {
        return .success(FileRecord())
      }
      return .success(FileRecord(kind, bytes))
    } catch {
      return .failure(.unreadable(path: path, reason: "\(error)"))
    }
  }

  /// The records of one batch as they come in.
  private final class Results: Sendable {
    private let count: Int
    private let state: Mutex<(next: Int, records: [FileRecord?], error: IndexError?)>

    init(count: Int) {
      self.count = count
      state = Mutex((0, [FileRecord?](repeating: nil, count: count), nil))
    }

    func next() -> Int? {
      state.withLock {
        guard $0.next < count, $0.error == nil else { return nil }
        $0.next += 1
        return $0.next - 1
      }
    }

    func set(_ number: Int, _ result: Result<FileRecord, IndexError>) {
      state.withLock {
        switch result {
        case .success(let record): $0.records[number] = record
        case .failure(let error): $0.error = $0.error ?? error
        }
      }
    }

    func all() throws(IndexError) -> [FileRecord] {
      let (records, error) = state.withLock { ($0.records, $0.error) }
      if let error { throw error }
      return records.map { $0 ?? FileRecord() }
    }
  }
}
