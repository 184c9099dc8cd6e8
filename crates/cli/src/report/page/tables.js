// The tables: codes, what was found, languages and libraries.

// A table whose columns are the uses; `label` makes the first cell of a row, `filter` its address.
function useTable(caption, title, counts, label, filter, order) {
  const rows = [...counts].map(([value, row]) => ({ value, row, sum: total(row) }));
  const body = make("tbody");
  const number = (row, use) => (use === null ? row.sum : row.row.get(use.id) ?? 0);
  const cell = (row, use) => {
    const asked = use === null ? filter(row.value) : { ...filter(row.value), use: use.id };
    const words = `${use === null ? "in all" : use.title.toLowerCase()}, ${row.value}`;
    return make("td", { "data-use": use?.id ?? "all" }, leading(number(row, use), asked, words));
  };
  const render = (row) => make("tr", { "data-row": row.value },
    make("th", { scope: "row" }, label(row.value)),
    usedUses.map((use) => cell(row, use)), cell(row, null));
  let more = null;
  const show = (compare) => {
    body.replaceChildren();
    const next = lazily(body, rows.sort(compare), render, 60, "row");
    more?.replaceWith(next);
    more = next;
  };
  const sorting = (text, compare, attributes, ...content) => {
    const head = make("th", { scope: "col", ...attributes });
    const press = () => {
      for (const other of head.parentElement.children) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", compare === order ? "ascending" : "descending");
      show(compare);
    };
    head.append(make("button", { type: "button", click: press, title: `Sort by ${text}` }, content));
    return head;
  };
  const byFigure = (use) => (a, b) => number(b, use) - number(a, use) || order(a, b);
  const heads = usedUses.map((use) => sorting(use.title.toLowerCase(), byFigure(use), { class: `use-${use.id}` },
    make("i", { class: "swatch", "aria-hidden": "true" }), make("span", { class: "wide" }, use.title)));
  show(order);
  return make("div", {},
    make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
      make("table", { class: "uses" }, make("caption", { class: "hidden" }, caption),
        make("thead", {}, make("tr", {},
          sorting(title.toLowerCase(), order, { "aria-sort": "ascending" }, title), heads,
          sorting("all", byFigure(null), {}, "All"))),
        body)),
    more);
}

function codeTable() {
  const label = (code) => [make("b", {}, code), " ", codeName(code)];
  const table = useTable("How often each code is used, and for what", "Code", byCode, label,
    (code) => ({ code }), (a, b) => byNumber(a.value, b.value));
  return section("codes", "Codes", "Every number leads to its places; a name to where the code is defined.", table);
}

// The name of a code, with a link to its section where a standard defines it.
function codeName(code) {
  const url = own(data.codes, code)?.url;
  const name = nameOf(code);
  if (!url?.startsWith("https://")) return make("span", { class: "name" }, name);
  return make("a", { class: "name", href: url, rel: "noreferrer" }, name);
}

function findingTable() {
  if (findings.length === 0) return section("found", "Findings", "None: nothing to say against any of these places.");
  const counts = new Map();
  for (const finding of findings) {
    const key = `${severities.indexOf(finding.severity)} ${finding.rule}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const row = ([key, number]) => {
    const [level, rule] = key.split(" ");
    const severity = severities[level];
    return make("tr", { "data-rule": rule, "data-severity": severity },
      make("td", {}, badge(severity)),
      make("th", { scope: "row" }, make("a", { href: hashOf({ rule, severity }) }, rule),
        make("span", { class: "note" }, data.rules[rule])),
      make("td", {}, leading(number, { rule, severity }, `findings of ${rule}`)));
  };
  const rows = [...counts].sort((a, b) => inOrder(a[0][0], b[0][0]) || b[1] - a[1] || inOrder(a[0], b[0]));
  return section("found", "Findings", "What `statuslint check` says; `statuslint explain RULE` tells why.",
    make("table", { class: "found" },
      make("thead", { class: "hidden" }, make("tr", {}, ["Severity", "Rule", "Number"].map((it) => make("th", { scope: "col" }, it)))),
      make("tbody", {}, rows.map(row))));
}

const badge = (severity) => make("span", { class: `badge ${severity}` }, severity);

function languageTable() {
  const counts = countUses(sites, (site) => site.language ?? "");
  const title = (language) => own(data.languages, language) ?? "None";
  const label = (language) => [make("b", {}, title(language)), libraries(language)];
  const table = useTable("How often each language uses codes, and for what", "Language", counts, label,
    (language) => ({ language }), (a, b) => b.sum - a.sum || inOrder(title(a.value), title(b.value)));
  return section("languages", "Languages", null, table);
}

// The libraries that told what is a status in a language, the most frequent first.
function libraries(language) {
  const told = sites.filter((site) => (site.language ?? "") === language && site.api !== null && site.api !== "project");
  const counts = [...countBy(told, (site) => site.api)].sort((a, b) => b[1] - a[1] || inOrder(a[0], b[0]));
  const few = counts.slice(0, 4).flatMap(([library], at) => [
    at === 0 ? "" : ", ", make("a", { href: hashOf({ language, library }) }, library)]);
  const rest = counts.length > 4 ? `, ${counts.length - 4} more` : "";
  return make("span", { class: "note" }, few, rest);
}
