// What OpenAPI documents against what the code sends.

function matrix() {
  if (operations.length === 0) return null;
  const sent = countBy(sites.filter((site) => site.use === "sent" && !site.test), (site) => site.code);
  const columns = matrixColumns(sent);
  const never = columns.filter((column) => column.documented > 0 && column.sent === 0 && /^\d+$/.test(column.code));
  const secret = columns.filter((column) => column.documented === 0);
  const head = make("thead", {},
    make("tr", {}, make("th", { scope: "col" }, "Operation"), columns.map((column) => columnHead(column))),
    make("tr", { class: "sent" }, make("th", { scope: "row" }, "Sent by the code, tests aside"),
      columns.map(({ code, sent: number }) => make("td", {}, leading(number, { code, use: "sent" }, `places send ${code}`)))));
  const body = make("tbody");
  const more = lazily(body, byDocument(), (it) => (it.path === undefined ? documentRow(it, columns) : operationRow(it, columns)), 40, "row");
  return section("matrix", "Operations", "What OpenAPI documents for each operation, against the codes that the code sends anywhere: which operation sends which is not known.",
    verdict(sent.size > 0, secret, never),
    make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Operations and the codes documented for them" },
      make("table", { class: "matrix" }, head, body)),
    more,
    make("p", { class: "hint key" },
      make("span", { class: "dot" }), " documented, and sent somewhere ",
      make("span", { class: "dot hollow" }), " documented, and sent nowhere"));
}

// The operations, with the name of each document before those it describes.
function byDocument() {
  return operations.flatMap((operation, at) =>
    (operations[at - 1]?.file === operation.file ? [operation] : [{ document: operation.where }, operation]));
}

function documentRow({ document: path }, columns) {
  return make("tr", { class: "document" }, make("th", { scope: "rowgroup", colspan: columns.length + 1 },
    make("a", { href: hashOf({ in: path, use: "documented" }) }, visible(path))));
}

// The codes that are documented or sent, with how many operations document each.
function matrixColumns(sent) {
  const documented = new Map();
  for (const operation of operations) {
    for (const code of new Set(operation.about.map((id) => sites[id].code))) {
      documented.set(code, (documented.get(code) ?? 0) + 1);
    }
  }
  const codes = [...new Set([...documented.keys(), ...sent.keys()])].sort(byNumber);
  const columns = codes.map((code) => ({
    code,
    documented: documented.get(code) ?? 0,
    sent: /^\dXX$/.test(code) ? sum([...sent].filter(([it]) => it[0] === code[0])) : sent.get(code) ?? 0,
  }));
  // Whoever documents a class, or everything else, documents these as well.
  const others = operations.filter((it) => it.others).length;
  for (const column of columns) {
    const whole = columns.find((it) => it.code === `${column.code[0]}XX`);
    column.covered = others > 0 || (whole !== undefined && whole.documented > 0);
  }
  if (others > 0) columns.push({ code: "default", documented: others, sent: 0, covered: true });
  return columns;
}

const sum = (entries) => entries.reduce((all, [, number]) => all + number, 0);

function columnHead({ code, documented, sent, covered }) {
  const missing = documented === 0 && !covered;
  const says = missing ? "sent, and documented nowhere"
    : documented === 0 ? "sent; only a class or `default` stands for it"
      : `documented for ${plural(documented, "operation")}, sent in ${plural(sent, "place")}`;
  const title = code === "default" ? "all other codes" : `${nameOf(code)}: ${says}`;
  return make("th", { scope: "col", class: missing ? "missing" : null, title }, code);
}

// What stands out, in words.
function verdict(sends, secret, never) {
  const list = (columns, use) => columns.flatMap(({ code }, at) => [at === 0 ? "" : ", ", make("a", { href: hashOf({ code, use }) }, code)]);
  const bare = secret.filter((column) => !column.covered);
  const lines = [];
  if (!sends) lines.push(make("li", {}, "No code was seen that sends anything."));
  if (bare.length > 0) lines.push(make("li", {}, make("b", {}, "Sent, and not documented: "), list(bare, "sent")));
  const only = secret.filter((column) => column.covered);
  if (only.length > 0) lines.push(make("li", {}, make("b", {}, "Sent, and documented as a class or default only: "), list(only, "sent")));
  if (sends && never.length > 0) lines.push(make("li", {}, make("b", {}, "Documented, and not seen to be sent: "), list(never, "documented")));
  if (lines.length === 0) lines.push(make("li", {}, "Every code that is sent is documented."));
  return make("ul", { class: "verdict" }, lines);
}

function operationRow(operation, columns) {
  const about = new Map(operation.about.map((id) => [sites[id].code, id]));
  const cell = ({ code, sent }) => {
    if (code === "default") return make("td", {}, operation.others ? make("span", { class: "dot", title: "default" }) : null);
    if (!about.has(code)) return make("td");
    const label = `${operation.title} documents ${code}`;
    return make("td", {}, make("a", { class: sent > 0 ? "dot" : "dot hollow", href: hashOf({ operation: operation.id, code }), "aria-label": visible(label), title: code }));
  };
  return make("tr", { "data-operation": operation.id },
    make("th", { scope: "row" },
      make("a", { href: hashOf({ operation: operation.id }), title: visible(`${operation.where}:${operation.line}`) },
        make("b", { class: "method" }, operation.method), " ", visible(operation.path ?? ""))),
    columns.map(cell));
}
