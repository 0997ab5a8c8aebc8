import CSyntax
import Testing

/// Units are kept and sent as the bytes of their values: equal values have to have equal bytes.
struct PlainBytesTests {
  @Test func expressionsHaveNoGaps() {
    #expect(bytes(of: expression, over: 0x00) == bytes(of: expression, over: 0xFF))
  }

  @Test func statementsHaveNoGaps() {
    #expect(bytes(of: statement, over: 0x00) == bytes(of: statement, over: 0xFF))
  }

  @Test func variablesHaveNoGaps() {
    #expect(bytes(of: variable, over: 0x00) == bytes(of: variable, over: 0xFF))
  }

  private let expression = Expression(kind: .call, op: .none, type: .pointer, a: 1, b: 2, c: 3)
  private let statement = Statement(kind: .case, a: 1, b: 2, c: 3, d: 4, low: 5, high: 6)
  private let variable = Variable(storage: .global, type: .record, name: 1, typeName: 2)

  /// The bytes that `value` leaves where each byte was `filler`.
  private func bytes<T: BitwiseCopyable>(of value: T, over filler: UInt8) -> [UInt8] {
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: MemoryLayout<T>.stride, alignment: MemoryLayout<T>.alignment)
    defer { memory.deallocate() }
    memory.initializeMemory(as: UInt8.self, repeating: filler)
    memory.storeBytes(of: value, as: T.self)
    return Array(memory)
  }
}
