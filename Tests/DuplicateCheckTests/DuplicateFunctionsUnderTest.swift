import DuplicateCheck

enum DuplicateFunctionsUnderTest {
  static let check = DuplicateFunctions()
}
