// The chart: how often each code is used, and for what.

const MOST = 20;

// The uses with their colours and numbers.
function tiles() {
  const counts = countBy(sites, (site) => site.use);
  return make("ul", { class: "tiles" }, usedUses.map((use) => make("li", { class: `use-${use.id}` },
    make("a", { href: hashOf({ use: use.id }), title: use.says },
      make("strong", { class: "number" }, figure(counts.get(use.id))),
      make("span", {}, make("i", { class: "swatch", "aria-hidden": "true" }), use.title)))));
}

function chart() {
  const rows = [...byCode].map(([code, row]) => ({ code, row, sum: total(row) }));
  rows.sort((a, b) => b.sum - a.sum || byNumber(a.code, b.code));
  const most = rows[0]?.sum ?? 1;
  const list = make("ol", { class: "bars" });
  const more = lazily(list, rows, (row) => bar(row, most), MOST, "code");
  return section("chart", "Codes by use", "The most frequent first. A bar leads to its places.",
    legend(), list, more);
}

function legend() {
  return make("ul", { class: "legend" }, usedUses.map((use) => make("li", { class: `use-${use.id}`, title: use.says },
    make("i", { class: "swatch", "aria-hidden": "true" }), use.title)));
}

function bar({ code, row, sum }, most) {
  const name = nameOf(code);
  const parts = usedUses.filter((use) => row.has(use.id));
  let x = 0;
  const rects = parts.map((use) => {
    // Where there is anything at all, it is to be seen.
    const width = Math.max(4, 1000 * row.get(use.id) / most);
    const shape = draw("rect", { class: `use-${use.id}`, x, y: 0, width, height: 16 },
      draw("title", {}, `${code} ${use.title.toLowerCase()}: ${figure(row.get(use.id))}`));
    x += width;
    return draw("a", { href: hashOf({ code, use: use.id }), tabindex: "-1" }, shape);
  });
  return make("li", {},
    make("a", { class: "label", href: hashOf({ code }), title: name }, make("b", {}, code), make("span", { class: "name" }, ` ${name}`)),
    draw("svg", { viewBox: `0 0 ${Math.max(1000, x)} 16`, preserveAspectRatio: "none", "aria-hidden": "true" }, rects),
    make("span", { class: "number" }, figure(sum)));
}
