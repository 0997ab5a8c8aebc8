/// One mail: its header fields and its body as it came (RFC 5322).
struct Message {
  /// The commit on the line with which an mbox begins a message, as `git format-patch` writes it.
  let envelopeCommit: String?
  let header: Header
  let body: ArraySlice<UInt8>

  /// Reads a message; bytes that do not begin with header fields are all body.
  init(_ bytes: [UInt8]) {
    var lines = ByteLines.split(bytes[...])[...]
    envelopeCommit = lines.first.flatMap(Mailbox.envelopeCommit)
    if let first = lines.first, first.starts(with: "From ".utf8) { lines.removeFirst() }
    var fields: [Header.Field] = []
    var start = lines.startIndex
    for (index, line) in zip(lines.indices, lines) {
      let content = ByteLines.content(line)
      if content.isEmpty {
        start = index + 1
        break
      }
      if content.first == 0x20 || content.first == 0x09, !fields.isEmpty {
        fields[fields.count - 1].value += Array(content)
      } else if let field = Header.Field(content) {
        fields.append(field)
      } else if !content.starts(with: ">From ".utf8) {
        // No field: what came before was none either, or a blank line was lost.
        start = index
        break
      }
      start = index + 1
    }
    header = Header(fields)
    let isBare = fields.isEmpty || !header.isMail
    let rest = isBare ? lines : lines[start...]
    body = rest.first.map { bytes[$0.startIndex...] } ?? []
  }

  /// Reads one part of a multipart message, which may have no field of its own.
  init(partBytes bytes: ArraySlice<UInt8>) {
    envelopeCommit = nil
    var fields: [Header.Field] = []
    var end = bytes.startIndex
    for line in ByteLines.split(bytes) {
      end = line.endIndex
      let content = ByteLines.content(line)
      if content.isEmpty { break }
      if content.first == 0x20 || content.first == 0x09, !fields.isEmpty {
        fields[fields.count - 1].value += Array(content)
      } else if let field = Header.Field(content) {
        fields.append(field)
      } else {
        // The blank line between head and text was lost.
        end = line.startIndex
        break
      }
    }
    header = Header(fields)
    body = bytes[end...]
  }
}
