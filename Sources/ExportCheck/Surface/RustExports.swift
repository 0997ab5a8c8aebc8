/// What a Rust file exports to C: `#[no_mangle]` and `#[export]` functions and statics.
///
/// The kernel exports what the kernel crate makes visible through generated C; these are the names
/// that C code can call.
struct RustExports {
  private(set) var exports: [Export] = []

  init(_ text: String) {
    var marker: String?
    var number = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      let words = line.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "#") }
      let trimmed = line.drop { $0.isWhitespace }
      if trimmed.hasPrefix("//") { continue }
      if trimmed.hasPrefix("#[") {
        if words.contains("no_mangle") || words.contains("export_name") {
          marker = "#[no_mangle]"
        } else if words.contains("export") {
          marker = "#[export]"
        }
        continue
      }
      guard let found = marker, !words.isEmpty else { continue }
      marker = nil
      guard let word = words.firstIndex(where: { $0 == "fn" || $0 == "static" }),
        let name = words[(word + 1)...].first(where: { $0 != "mut" }),
        // `fn __{name}_init` is text of which a macro makes code.
        let next = line[name.endIndex...].first, "(<: ".contains(next)
      else { continue }
      exports.append(
        Export(
          symbol: String(name), macro: found, isGPL: true, namespace: nil, modules: [],
          line: number, condition: [], linkNames: [String(name)], userNames: [String(name)],
          defines: true, standsFor: false))
    }
  }
}
