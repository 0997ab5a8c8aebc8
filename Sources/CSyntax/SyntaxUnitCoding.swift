// A unit as bytes: between the worker and the program, and in the cache.
extension SyntaxUnit {
  /// Changes whenever the layout of any stored value does, so that old bytes are not believed.
  public static let formatVersion: UInt32 = 4

  /// All of the unit as bytes for the same program build.
  public func encoded() -> [UInt8] {
    var out = ByteWriter()
    out.write(Self.formatVersion)
    out.write(path)
    out.write(strings.strings)
    out.writePlain(expressions)
    out.writePlain(statements)
    out.writePlain(variables)
    out.writePlain(lists)
    out.write(UInt32(functions.count))
    for function in functions { function.write(to: &out) }
    out.write(UInt32(ownFunctionCount))
    for tables in [operations, ownOperations] {
      out.write(UInt32(tables.count))
      for (member, names) in tables.sorted(by: { $0.key < $1.key }) {
        out.write(member)
        out.write(names)
      }
    }
    out.write(UInt32(diagnostics.count))
    for diagnostic in diagnostics {
      out.write(diagnostic.file)
      out.write(diagnostic.line)
      out.write(diagnostic.message)
    }
    out.write(includes)
    out.writePlain(inactive.flatMap { [Int32($0.lowerBound), Int32($0.upperBound)] })
    return out.bytes
  }

  /// The unit that `encoded()` gave.
  public init(encoded bytes: [UInt8]) throws(ByteError) {
    var input = ByteReader(bytes)
    guard try input.read(UInt32.self) == Self.formatVersion else { throw ByteError(offset: 0) }
    self.init(path: try input.readString())
    strings = StringTable(try input.readStrings())
    expressions = try input.readPlain(Expression.self)
    statements = try input.readPlain(Statement.self)
    variables = try input.readPlain(Variable.self)
    lists = try input.readPlain(Int32.self)
    for _ in 0..<(try input.readCount()) { functions.append(try Function(from: &input)) }
    ownFunctionCount = try input.readCount()
    for tables in [\SyntaxUnit.operations, \SyntaxUnit.ownOperations] {
      for _ in 0..<(try input.readCount()) {
        let member = try input.readString()
        self[keyPath: tables][member] = try input.readStrings()
      }
    }
    for _ in 0..<(try input.readCount()) {
      let file = try input.readString()
      let line = try input.read(Int32.self)
      diagnostics.append(Diagnostic(file: file, line: line, message: try input.readString()))
    }
    includes = try input.readStrings()
    let bounds = try input.readPlain(Int32.self)
    for i in stride(from: 0, to: bounds.count - 1, by: 2) where bounds[i] <= bounds[i + 1] {
      inactive.append(Int(bounds[i])...Int(bounds[i + 1]))
    }
  }
}

extension Function {
  fileprivate func write(to out: inout ByteWriter) {
    out.write(name.raw)
    out.write(file.raw)
    out.write(isStatic)
    out.write(isInline)
    out.write(returns.rawValue)
    out.writePlain(parameters.map(\.raw))
    out.write(body.raw)
    out.writePlain([statements, expressions].flatMap { [$0.lowerBound, $0.upperBound] })
    out.writePlain([start, end])
    out.write(distrust != nil)
    out.write(distrust ?? "")
    out.write(annotations)
  }

  fileprivate init(from input: inout ByteReader) throws(ByteError) {
    name = StringID(try input.read(Int32.self))
    file = StringID(try input.read(Int32.self))
    isStatic = try input.readBool()
    isInline = try input.readBool()
    returns = Expression.ValueType(rawValue: try input.read(UInt8.self)) ?? .other
    parameters = try input.readPlain(Int32.self).map { VariableID($0) }
    body = StatementID(try input.read(Int32.self))
    let bounds = try input.readPlain(Int.self)
    let places = try input.readPlain(Place.self)
    guard places.count == 2, bounds.count == 4, bounds[0] <= bounds[1], bounds[2] <= bounds[3]
    else { throw ByteError(offset: 0) }
    statements = bounds[0]..<bounds[1]
    expressions = bounds[2]..<bounds[3]
    start = places[0]
    end = places[1]
    let isDistrusted = try input.readBool()
    let reason = try input.readString()
    distrust = isDistrusted ? reason : nil
    annotations = try input.readStrings()
  }
}
