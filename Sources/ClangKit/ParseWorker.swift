import CSyntax
internal import Foundation
internal import Glibc

/// The far side of `WorkerPool`: parses what comes on standard input, until it closes.
///
/// A message is its length (8 bytes, little-endian) and that many bytes; an answer too.
public enum ParseWorker {
  /// Serves until standard input ends.
  ///
  /// Runs on a thread with a stack that deep nesting does not exhaust (clang recurses once or more
  /// for each level) and keeps libclang from moving the parse to a thread with a small one.
  public static func run() -> Never {
    setenv("LIBCLANG_NOTHREADS", "1", 1)
    signal(SIGPIPE, SIG_IGN)
    let thread = Thread { serve() }
    thread.stackSize = 2 << 30
    thread.start()
    while true { sleep(1000) }
  }

  private static func serve() {
    let input = FileHandle.standardInput
    let output = FileHandle.standardOutput
    let parser = VersionParser()
    while let message = try? Message.read(from: input) {
      let answer = answer(to: message, parser)
      guard (try? Message.write(answer, to: output)) != nil else { break }
    }
    exit(0)
  }

  private static func answer(to message: [UInt8], _ parser: VersionParser) -> [UInt8] {
    var out = ByteWriter()
    do {
      let request = try ParseRequest(encoded: message)
      do throws(ParseError) {
        let unit = try parser.read(request)
        out.write(UInt8(0))
        out.write(unit.encoded())
      } catch {
        out.write(UInt8(1))
        if case .libclang(let code, _) = error { out.write(code) } else { out.write(Int32(0)) }
      }
    } catch {
      out.write(UInt8(1))
      out.write(Int32(0))
    }
    return out.bytes
  }
}

/// Length-prefixed messages over pipes.
enum Message {
  /// The next message; nil at the end of the stream.
  static func read(from handle: FileHandle) throws -> [UInt8]? {
    guard let head = try take(8, from: handle), head.count == 8 else { return nil }
    var reader = ByteReader(head)
    let length = try reader.read(UInt64.self)
    guard length < 1 << 32, let body = try take(Int(length), from: handle),
      body.count == Int(length)
    else { return nil }
    return body
  }

  private static func take(_ count: Int, from handle: FileHandle) throws -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    while bytes.count < count {
      guard let part = try handle.read(upToCount: count - bytes.count), !part.isEmpty else {
        return bytes.isEmpty ? nil : bytes
      }
      bytes.append(contentsOf: part)
    }
    return bytes
  }

  static func write(_ bytes: [UInt8], to handle: FileHandle) throws {
    var head = ByteWriter()
    head.write(UInt64(bytes.count))
    try handle.write(contentsOf: Data(head.bytes))
    try handle.write(contentsOf: Data(bytes))
  }
}

extension ParseRequest {
  func encoded() -> [UInt8] {
    var out = ByteWriter()
    out.write(path)
    out.write(file)
    out.write(text)
    out.write(arguments)
    out.write(workingDirectory)
    out.write(UInt32(unsaved.count))
    for header in unsaved {
      out.write(header.file)
      out.write(header.text)
    }
    out.write(known)
    out.write(UInt32(further))
    return out.bytes
  }

  init(encoded bytes: [UInt8]) throws(ByteError) {
    var input = ByteReader(bytes)
    path = try input.readString()
    file = try input.readString()
    text = try input.readBytes()
    arguments = try input.readStrings()
    workingDirectory = try input.readString()
    unsaved = []
    for _ in 0..<(try input.readCount()) {
      let file = try input.readString()
      unsaved.append(UnsavedFile(file: file, text: try input.readBytes()))
    }
    known = try input.readStrings()
    further = Int(try input.read(UInt32.self))
  }
}
