"use strict";
(() => {
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const byId = (id) => document.getElementById(id);
  const articles = all("article[data-finding]");
  const search = byId("search");
  if (!search) return;
  const choices = { type: byId("type"), patch: byId("patch") };

  function apply() {
    const words = search.value.toLowerCase().split(" ").filter((word) => word);
    const levels = new Set(all("input[name=severity]:checked").map((box) => box.value));
    let shown = 0;
    for (const article of articles) {
      const data = article.dataset;
      const text = article.textContent.toLowerCase();
      const fits = levels.has(data.severity)
        && (!choices.type.value || choices.type.value === data.type)
        && (!choices.patch.value || choices.patch.value === data.patch)
        && words.every((word) => text.includes(word));
      article.hidden = !fits;
      for (const row of all(`tr[data-row="${article.id}"]`)) row.hidden = !fits;
      if (fits) shown += 1;
    }
    byId("shown").textContent = `${shown} of ${articles.length} shown`;
  }

  function go(step) {
    const shown = articles.filter((article) => !article.hidden);
    if (!shown.length) return;
    const at = shown.indexOf(document.activeElement.closest("article"));
    const next = at < 0 ? (step > 0 ? 0 : shown.length - 1) : at + step;
    const target = shown[Math.min(shown.length - 1, Math.max(0, next))];
    target.focus();
    target.scrollIntoView({ block: "start" });
  }

  function theme() {
    const root = document.documentElement;
    const isDark = root.dataset.theme
      ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
  }

  for (const control of [search, choices.type, choices.patch, ...all("input[name=severity]")]) {
    control.addEventListener("input", apply);
  }
  byId("theme").addEventListener("click", theme);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") { search.value = ""; apply(); document.activeElement.blur(); return; }
    if (["INPUT", "SELECT", "TEXTAREA"].includes(event.target.tagName)) return;
    const actions = { j: () => go(1), k: () => go(-1), t: theme,
      "/": () => { search.focus(); event.preventDefault(); } };
    if (actions[event.key]) actions[event.key]();
  });
  apply();
})();
