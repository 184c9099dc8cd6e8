// Puts the page together and follows the address, the search and the switch of the theme.

const aside = document.getElementById("places");
const search = document.getElementById("search");
const theme = document.getElementById("theme");

function start() {
  const name = visible(data.name);
  document.title = `Status codes in ${name}`;
  document.getElementById("title").replaceChildren("Status codes in ", make("bdi", {}, name));
  const codes = [...byCode.keys()].filter((code) => /^\d+$/.test(code)).length;
  const files = new Set(sites.map((site) => site.file)).size;
  document.getElementById("subtitle").textContent = `${plural(codes, "code")} in ${plural(sites.length, "place")}, `
    + `in ${figure(files)} of ${plural(data.checked, "file")}; ${plural(findings.length, "finding")}`;
  const main = document.getElementById("figures");
  if (sites.length === 0) {
    main.replaceChildren(section("empty", "Nothing", "No status code was found in these files."));
  } else {
    main.replaceChildren(tiles(), chart(), codeTable(), findingTable(), matrix() ?? "", languageTable(), folders());
  }
  document.getElementById("footer").replaceChildren(problems(), make("p", {}, `Written by ${data.tool}, from the files alone: nothing was fetched.`));
  follow(false);
}

// What could not be read, or was passed over.
function problems() {
  if (data.problems.length === 0) return "";
  const list = make("ul");
  const more = lazily(list, data.problems, ({ path, message, failed }) =>
    make("li", {}, badge(failed ? "error" : "info"), ` ${visible(path)}: ${visible(message)}`), 20, "file");
  return make("details", {}, make("summary", {}, `${plural(data.problems.length, "file")} not looked at`), list, more);
}

// Lists the places that the address asks for; goes there when somebody asked.
function follow(asked) {
  if (location.hash === "#places") {
    aside.focus();
    return;
  }
  const filter = filterOf(location.hash);
  if (document.activeElement !== search) search.value = filter.q ?? "";
  showPlaces(aside, filter);
  aside.scrollTop = 0;
  const beside = matchMedia("(min-width: 1100px)").matches;
  if (asked && !beside && document.activeElement !== search) {
    aside.scrollIntoView();
    aside.focus({ preventScroll: true });
  }
}

addEventListener("hashchange", () => follow(true));

let waiting = 0;
search.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const { q: _, ...rest } = filterOf(location.hash);
    const hash = hashOf({ ...rest, q: search.value.trim() });
    history.replaceState(null, "", hash);
    follow(false);
  }, 150);
});
search.addEventListener("keydown", (event) => {
  if (event.key === "Enter") aside.scrollIntoView();
});
addEventListener("keydown", (event) => {
  const typing = event.target instanceof HTMLInputElement;
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  search.focus();
});

// The theme: the one of whoever shows the page, else the system's, until the switch is pressed.
const prefersDark = matchMedia("(prefers-color-scheme: dark)");
const given = document.documentElement.dataset.theme;
let chosen = null;
try {
  chosen = localStorage.getItem("statuslint-theme");
} catch {
  // A page from a file may not keep anything.
}
function paint() {
  const system = prefersDark.matches ? "dark" : "light";
  const dark = (chosen ?? given ?? system) === "dark";
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  theme.setAttribute("aria-pressed", String(dark));
}
theme.addEventListener("click", () => {
  chosen = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  try {
    localStorage.setItem("statuslint-theme", chosen);
  } catch {
    // It is chosen for this visit then.
  }
  paint();
});
prefersDark.addEventListener("change", paint);
paint();
start();
