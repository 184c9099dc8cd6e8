// The list of places: file and line, the code that stands there, and what was found.

// Beside the figures there is room to scroll; below them what follows is to be reached.
const STEP = matchMedia("(min-width: 1100px)").matches ? 100 : 30;

// Draws the places of a filter into their column.
function showPlaces(aside, filter) {
  const found = matching(filter);
  const words = described(filter);
  const chips = words.map(([kind, text]) => {
    const { [kind]: _, ...rest } = filter;
    return make("li", {}, make("a", { class: "chip", href: hashOf(rest), "aria-label": `Without ${text}` }, text, make("span", { "aria-hidden": "true" }, " ×")));
  });
  if (words.length > 1) chips.push(make("li", {}, make("a", { class: "chip clear", href: "#" }, "All places")));
  const list = make("div", { class: "list" });
  const more = lazily(list, grouped(found), (row) => (row.heading ? heading(row) : placeRow(row)), STEP, "place");
  const files = new Set(found.map((place) => place.file)).size;
  const alone = found.filter((place) => !place.site).length;
  const what = alone === 0 ? plural(found.length, "place") : `${plural(found.length - alone, "place")} and ${plural(alone, "finding")} beside them`;
  if (aside.childElementCount === 0) {
    // What is said of the list stays where it is, so that a screen reader tells of its changes.
    aside.append(make("h2", { id: "places-title" }, "Places"), make("p", { class: "hint", role: "status" }), make("div"));
  }
  const [, says, below] = aside.children;
  says.textContent = found.length === 0 ? "Nothing is like that." : `${what} in ${plural(files, "file")}`;
  below.replaceChildren(chips.length > 0 ? make("ul", { class: "chips" }, chips) : "", list, more);
}

// The places with a heading before those of each file.
function grouped(found) {
  const rows = [];
  let file = -1;
  for (const place of found) {
    if (place.file !== file) rows.push({ heading: true, path: place.path, language: place.language });
    file = place.file;
    rows.push(place);
  }
  return rows;
}

const heading = ({ path, language }) => make("h3", {},
  make("a", { href: hashOf({ in: path }) }, visible(path)),
  make("span", { class: "note" }, own(data.languages, language) ?? ""));

function placeRow(place) {
  const [before, within, behind] = place.snippet.map(visible);
  const says = [
    place.code === null ? null : nameOf(place.code),
    place.role,
    place.api,
    place.likely ? "likely" : null,
    place.test ? "test" : null,
  ];
  return make("article", { class: "place", "data-id": place.site ? place.id : null },
    make("div", { class: "where" },
      copying(`${place.path}:${place.line}:${place.column}`, `${place.line}:${place.column}`),
      place.code === null ? null : make("b", { class: `code use-${place.use}` }, place.code),
      make("span", { class: "note" }, says.filter(Boolean).join(" · "))),
    make("code", { class: "source" }, before, make("mark", {}, within), behind),
    place.findings.map((finding) => make("p", { class: "finding" },
      badge(finding.severity), " ", make("a", { href: hashOf({ rule: finding.rule }) }, finding.rule), " ",
      marked(visible(finding.message)), finding.help === null ? null : make("span", { class: "help" }, marked(visible(finding.help))))));
}

// A place that is copied when it is pressed, for an editor to open.
function copying(text, shown) {
  const button = make("button", { type: "button", class: "copy", title: `Copy ${visible(text)}` }, shown);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.dataset.said = "copied";
    } catch {
      button.dataset.said = visible(text);
    }
    setTimeout(() => delete button.dataset.said, 2000);
  });
  return button;
}
