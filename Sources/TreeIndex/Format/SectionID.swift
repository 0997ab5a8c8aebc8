/// The columns of a segment; see Documentation/index-format.md.
///
/// A new column is a new case at the end and a new `SegmentFormat.version`.
enum SectionID: UInt32, CaseIterable, Sendable {
  case streams, identity, paths, files, folders, removed, names, terms, definitions, uses
  case functions, members, operations, gramBuckets, grams, frequencies, callees
}
