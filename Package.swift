// swift-tools-version: 6.1
import PackageDescription

/// Data flows one way: series → revision → flags → syntax → checks → life lines → report.
///
/// A target may import only what its line names; README has the map of the rooms.
let package = Package(
  name: "lockstep",
  products: [.executable(name: "lockstep", targets: ["lockstep"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
  targets: [
    // MARK: C libraries
    .systemLibrary(name: "CLibgit2", pkgConfig: "libgit2", providers: [.apt(["libgit2-dev"])]),
    // Debian's libclang-19-dev has no pkg-config file, so this is a C target and not a system
    // library: include/clang-c is a link to the headers of that package.
    .target(name: "CClang", linkerSettings: [.linkedLibrary("clang-19")]),

    // MARK: Input
    .target(name: "GitKit", dependencies: ["CLibgit2"]),
    .target(name: "KernelTree", dependencies: ["GitKit"]),
    .target(name: "Mail"),
    .target(name: "Hooks", dependencies: ["GitKit"]),

    // MARK: Syntax
    .target(name: "CSyntax"),
    .target(name: "ClangKit", dependencies: ["CClang", "CSyntax"]),
    .target(name: "ControlFlow", dependencies: ["CSyntax"]),
    .target(name: "TreeIndex", dependencies: ["GitKit", "CSyntax"]),

    // MARK: Checks
    .target(name: "Findings", dependencies: ["CSyntax"]),
    .target(
      name: "BuiltinRules", dependencies: [.product(name: "Yams", package: "Yams")],
      path: "rules",
      resources: [
        .embedInCode("locks.yaml"), .embedInCode("exports.yaml"), .embedInCode("types.yaml"),
        .embedInCode("duplicates.yaml"),
      ]),
    .target(name: "LockCheck", dependencies: ["ControlFlow", "Findings", "BuiltinRules"]),
    .target(name: "DuplicateCheck", dependencies: ["Findings", "CSyntax", "BuiltinRules"]),
    .target(name: "ExportCheck", dependencies: ["Findings", "CSyntax", "BuiltinRules"]),
    .target(name: "SeriesCheck", dependencies: ["Findings", "CSyntax"]),

    // MARK: The example that the program carries with it
    .target(
      name: "DemoSeries", dependencies: [.product(name: "Yams", package: "Yams")],
      path: "fixtures/series", resources: [.embedInCode("brook.yaml")]),

    // MARK: Review and report
    .target(
      name: "Review",
      dependencies: [
        "GitKit", "Mail", "KernelTree", "ClangKit", "TreeIndex", "LockCheck", "DuplicateCheck",
        "ExportCheck", "SeriesCheck",
      ]),
    .target(
      name: "Report",
      dependencies: ["Findings", .product(name: "Mustache", package: "swift-mustache")],
      resources: [
        .embedInCode("Templates/checkstyle.mustache"), .embedInCode("Templates/report.mustache"),
        .embedInCode("Templates/report.css"), .embedInCode("Templates/report.js"),
      ]),
    .executableTarget(
      name: "lockstep",
      dependencies: [
        "Review", "Report", "Findings", "ExportCheck", "BuiltinRules", "DemoSeries", "GitKit",
        "Mail", "Hooks",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // MARK: Measuring
    .target(
      name: "BareClang", dependencies: ["CClang", "KernelTree"], path: "Benchmarks/BareClang"),
    .executableTarget(
      name: "bare-parse", dependencies: ["BareClang", "GitKit", "KernelTree"],
      path: "Benchmarks/BareParse"),
    .executableTarget(
      name: "tree-figures",
      dependencies: ["BareClang", "CClang", "CSyntax", "GitKit", "KernelTree", "TreeIndex"],
      path: "Benchmarks/TreeFigures"),

    // MARK: Tests
    .testTarget(name: "GitKitTests", dependencies: ["GitKit"]),
    .testTarget(name: "MailTests", dependencies: ["Mail"]),
    .testTarget(name: "KernelTreeTests", dependencies: ["KernelTree"]),
    .testTarget(name: "CSyntaxTests", dependencies: ["CSyntax"]),
    .testTarget(name: "TreeIndexTests", dependencies: ["TreeIndex", "GitKit"]),
    .testTarget(name: "ClangKitTests", dependencies: ["ClangKit"]),
    .testTarget(name: "BuiltinRulesTests", dependencies: ["BuiltinRules"]),
    .testTarget(name: "LockCheckTests", dependencies: ["LockCheck", "ClangKit"]),
    .testTarget(
      name: "DuplicateCheckTests", dependencies: ["DuplicateCheck", "ExportFixtures"]),
    .testTarget(
      name: "ExportCheckTests",
      dependencies: ["ExportCheck", "SeriesCheck", "BuiltinRules", "ExportFixtures"]),
    .testTarget(name: "SeriesCheckTests", dependencies: ["SeriesCheck", "Findings"]),
    .testTarget(
      name: "ReviewTests",
      dependencies: [
        "Review", "BuiltinRules", "DemoSeries", "DerivedMails", "GitKit", "LockCheck", "Mail",
        "ProgramUnderTest", "TreeIndex",
      ]),
    .testTarget(name: "ReportTests", dependencies: ["Report", "Findings"]),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "ExportFixtures", "lockstep", "ProgramUnderTest", "DemoSeries", "GitKit", "Findings",
        "Mail",
      ]),
    .testTarget(
      name: "KernelTests",
      dependencies: [
        "lockstep", "ProgramUnderTest", "Findings", "GitKit", "KernelTree", "ClangKit", "CSyntax",
        "DemoSeries", "DerivedMails",
      ]),
    // Reads fixtures/exports and fixtures/order.
    .target(name: "ExportFixtures", dependencies: ["CSyntax"], path: "Tests/ExportFixtures"),
    // Makes many mailboxes of one.
    .target(name: "DerivedMails", dependencies: ["Mail"], path: "Tests/DerivedMails"),
    // Runs the built program as a user does.
    .target(
      name: "ProgramUnderTest",
      dependencies: [.product(name: "Subprocess", package: "swift-subprocess")],
      path: "Tests/ProgramUnderTest"),
  ],
  swiftLanguageModes: [.v6]
)
