internal import Foundation

/// A plain text.
struct SARIFText: Encodable {
  var text: String

  init(_ text: String) { self.text = text.visible() }
}

/// A place in a file of the reviewed tree.
struct SARIFLocation: Encodable {
  struct Physical: Encodable {
    var artifactLocation: Artifact
    var region: Region?
  }

  struct Artifact: Encodable {
    var uri: String
    var uriBaseId = "SRCROOT"
  }

  struct Region: Encodable {
    var startLine: Int
    var startColumn: Int?
  }

  struct Logical: Encodable {
    var name: String
    var kind = "function"
  }

  var id: Int?
  var physicalLocation: Physical
  var logicalLocations: [Logical]?
  var message: SARIFText?

  /// - Parameter line: from 1; anything less names the file alone.
  init(
    id: Int? = nil, file: String, line: Int, column: Int? = nil, function: String? = nil,
    message: String? = nil
  ) {
    self.id = id
    let uri = file.addingPercentEncoding(withAllowedCharacters: Self.allowed) ?? file.visible()
    physicalLocation = Physical(
      artifactLocation: Artifact(uri: uri),
      region: line > 0 ? Region(startLine: line, startColumn: column.map { max(1, $0) }) : nil)
    logicalLocations = function.map { [Logical(name: $0.visible())] }
    self.message = message.map(SARIFText.init)
  }

  /// What may stand in the path of an address (RFC 3986); a colon would begin a scheme.
  private static let allowed = CharacterSet(
    charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/+@")
}
