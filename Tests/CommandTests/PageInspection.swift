import Foundation
import ProgramUnderTest
import Testing

/// What a browser says of a page from within it: colours, names, keys and what it loaded.
struct PageInspection: Decodable {
  struct Contrast: Decodable {
    var text: String
    var ratio: Double
    var needed: Double
  }

  struct Named: Decodable {
    var role: String
    var name: String
  }

  /// How many texts were measured, and those that are too faint, by the theme.
  var measured: Int
  var faint: [String: [Contrast]]
  /// Elements that need a name and have none.
  var nameless: [String]
  /// Landmarks, controls and groups with the names that the browser's own accessibility tree gives.
  var named: [Named]
  var headings: [Int]
  /// The keys that were pressed and what had the focus then.
  var focus: [String]
  /// How many findings were shown after each choice.
  var shown: [Int]
  var themes: [String]
  var resources: Int
  var scrolls: Bool

  /// Opens a page in the browser and looks around in it.
  ///
  /// The page's own policy lets no other script run, so the copy that is opened has none.
  static func inspect(_ page: String, in folder: String, isDark: Bool = false) async throws -> (
    inspection: PageInspection, log: String
  ) {
    let policy = try #require(
      page.firstRange(of: #/<meta http-equiv="Content-Security-Policy"[^>]*>/#))
    let end = try #require(page.range(of: "</body>", options: .backwards))
    var copy = page
    copy.insert(contentsOf: "<script>\(script)</script>", at: end.lowerBound)
    copy.removeSubrange(policy)
    let file = folder + "/inspected.html"
    try copy.write(toFile: file, atomically: true, encoding: .utf8)
    let outcome = try await ProgramUnderTest.run(
      program: try #require(Tools.browser),
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
        "--user-data-dir=\(folder)/profile", "--host-resolver-rules=MAP * ~NOTFOUND",
        "--enable-blink-features=ComputedAccessibilityInfo",
        "--blink-settings=preferredColorScheme=\(isDark ? 0 : 1)", "--dump-dom", "file://\(file)",
      ], in: folder)
    let text = try #require(outcome.output.firstMatch(of: #/<pre id="inspected">([^<]*)</#)?.1)
    let json = text.replacing("&lt;", with: "<").replacing("&gt;", with: ">")
      .replacing("&amp;", with: "&")
    return (
      try JSONDecoder().decode(PageInspection.self, from: Data(json.utf8)), outcome.error
    )
  }

  /// Contrast as WCAG 2.1 defines it, of each text against the nearest background behind it.
  private static let script = #"""
    addEventListener("load", () => {
      const all = (selector) => Array.from(document.querySelectorAll(selector));
      const numbers = (color) => color.match(/[\d.]+/g).map(Number);
      const light = (color) => {
        const [r, g, b] = numbers(color).slice(0, 3).map((value) => {
          const part = value / 255;
          return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const ratio = (one, other) => {
        const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
        return (high + 0.05) / (low + 0.05);
      };
      const behind = (element) => {
        for (let at = element; at; at = at.parentElement) {
          const color = getComputedStyle(at).backgroundColor;
          const parts = numbers(color);
          if (parts.length < 4 || parts[3] > 0) return color;
        }
        return "rgb(255, 255, 255)";
      };
      let measured = 0;
      const faint = () => {
        const found = [];
        const note = (text, ratio, needed) => {
          measured += 1;
          if (ratio < needed) found.push({ text, ratio, needed });
        };
        for (const element of all("body *")) {
          const own = Array.from(element.childNodes)
            .filter((node) => node.nodeType === 3).map((node) => node.textContent.trim()).join("");
          if (!own || !element.checkVisibility() || element.closest("script,#inspected")) continue;
          const style = getComputedStyle(element);
          const size = parseFloat(style.fontSize);
          const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
          note(own.slice(0, 60), ratio(style.color, behind(element)), isLarge ? 3 : 4.5);
        }
        for (const control of all("input[type=search],select,button")) {
          const style = getComputedStyle(control);
          note(control.id, ratio(style.borderTopColor, behind(control.parentElement)), 3);
        }
        const link = getComputedStyle(document.querySelector("a")).color;
        note("focus", ratio(link, getComputedStyle(document.body).backgroundColor), 3);
        return found;
      };
      const wanted = "a,button,input,select,fieldset,section,article,table:not([role]),"
        + "[role=group],[tabindex='0']";
      const visible = all(wanted).filter((element) => element.checkVisibility());
      const nameless = visible.filter((element) => !(element.computedName || "").trim())
        .map((element) => element.outerHTML.slice(0, 120));
      const named = all(wanted + ",main,header,footer,[role=status]").map((element) => ({
        role: element.computedRole || "", name: element.computedName || "" }));
      const where = () => {
        const at = document.activeElement;
        return at === document.body ? "" : at.id || at.tagName;
      };
      const focus = [];
      const press = (key) => {
        document.activeElement.dispatchEvent(
          new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
        focus.push(`${key} ${where()}`);
      };
      const themes = [];
      const byTheme = {};
      const dark = matchMedia("(prefers-color-scheme: dark)").matches;
      byTheme[dark ? "dark" : "light"] = faint();
      const shown = [];
      const count = () => shown.push(
        all("article").filter((article) => article.checkVisibility()).length);
      if (document.getElementById("search")) {
        for (const key of ["j", "j", "k", "/", "x", "Escape", "t"]) press(key);
        themes.push(document.documentElement.dataset.theme);
        byTheme["toggled"] = faint();
        document.getElementById("theme").click();
        themes.push(document.documentElement.dataset.theme);
        count();
        const type = document.getElementById("type");
        type.value = type.options[1].value;
        type.dispatchEvent(new Event("input", { bubbles: true }));
        count();
        type.value = "";
        type.dispatchEvent(new Event("input", { bubbles: true }));
        count();
      }
      const report = document.createElement("pre");
      report.id = "inspected";
      report.textContent = JSON.stringify({ measured, faint: byTheme, nameless, named,
        headings: all("h1,h2,h3").map((heading) => Number(heading.tagName[1])), focus, shown,
        themes, resources: performance.getEntriesByType("resource").length,
        scrolls: document.documentElement.scrollWidth > innerWidth });
      document.body.append(report);
    });
    """#
}
