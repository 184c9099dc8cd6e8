// The numbers that `sites` and `check` give, and those that the page shows.

const USES = {
  emit: "sent", expect: "expected", compare: "compared", branch: "compared", bound: "compared",
  declare: "documented", define: "defined", table: "defined", config: "configured",
};

const codeOf = (site) => (site.code !== null ? String(site.code) : site.class ? `${site.class}XX` : "invalid");

// Counts by a key, and by use within it: `{"404": {"sent": 3, "all": 3}}`.
function byUse(sites, key) {
  const counts = {};
  for (const site of sites) {
    const row = (counts[key(site)] ??= { all: 0 });
    row.all += 1;
    row[USES[site.role]] = (row[USES[site.role]] ?? 0) + 1;
  }
  return counts;
}

// What the page is to show.
function expected({ sites, findings }) {
  const uses = {};
  for (const site of sites) uses[USES[site.role]] = (uses[USES[site.role]] ?? 0) + 1;
  const rules = {};
  for (const { rule, severity } of findings) {
    rules[`${severity} ${rule}`] = (rules[`${severity} ${rule}`] ?? 0) + 1;
  }
  const codes = byUse(sites, codeOf);
  const bars = Object.fromEntries(Object.entries(codes).map(([code, row]) => [code, row.all]));
  const files = {};
  for (const site of sites) files[site.path] = (files[site.path] ?? 0) + 1;
  return { uses, codes, bars, rules, files, languages: byUse(sites, (site) => site.language) };
}

// Presses every button that shows more, and opens every folder, until all is drawn.
async function unfold(page) {
  for (;;) {
    const pressed = await page.evaluate(async () => {
      const more = [...document.querySelectorAll("main .more")].filter((it) => !it.hidden);
      const closed = [...document.querySelectorAll(".folders details:not([open])")];
      more.forEach((it) => it.click());
      closed.forEach((it) => { it.open = true; });
      await new Promise((done) => setTimeout(done, 50));
      return more.length + closed.length;
    });
    if (pressed === 0) return;
  }
}

// What the page shows, read from what it drew.
function shown() {
  const number = (element) => Number(element.textContent.replace(/[,·]/g, "") || 0);
  const table = (id) => Object.fromEntries([...document.querySelectorAll(`#${id} tbody tr`)].map((row) => {
    const cells = [...row.querySelectorAll("td[data-use]")].map((cell) => [cell.dataset.use, number(cell)]);
    return [row.dataset.row, Object.fromEntries(cells.filter(([, count]) => count > 0))];
  }));
  const pairs = (selector, pair) => Object.fromEntries([...document.querySelectorAll(selector)].map(pair));
  return {
    uses: pairs(".tiles li", (it) => [it.className.replace("use-", ""), number(it.querySelector(".number"))]),
    bars: pairs(".bars li", (it) => [it.querySelector("b").textContent, number(it.querySelector(".number"))]),
    codes: table("codes"),
    languages: table("languages"),
    rules: pairs("#found tbody tr", (it) => [`${it.dataset.severity} ${it.dataset.rule}`, number(it.querySelector("td:last-child"))]),
    files: Object.fromEntries([...document.querySelectorAll(".folders li.file")]
      .map((it) => [it.dataset.path, number(it.querySelector(".number"))]).filter(([, count]) => count > 0)),
  };
}

module.exports = { codeOf, expected, shown, unfold, USES };
