// Which places are listed. The filter stands in the address, so that it can be kept and gone back.

const kinds = ["code", "use", "role", "language", "in", "rule", "severity", "operation", "library", "q"];

// The address of a filter.
function hashOf(filter) {
  const parts = kinds.filter((kind) => filter[kind] !== undefined && filter[kind] !== "");
  return `#${parts.map((kind) => `${kind}=${encodeURIComponent(filter[kind])}`).join("&")}`;
}

// The filter of an address; what it does not know it leaves out.
function filterOf(hash) {
  const filter = {};
  for (const part of hash.replace(/^#/, "").split("&")) {
    const at = part.indexOf("=");
    const kind = part.slice(0, at);
    if (at < 1 || !kinds.includes(kind)) continue;
    try {
      filter[kind] = decodeURIComponent(part.slice(at + 1));
    } catch {
      // No address this page made; the part is left out.
    }
  }
  return filter;
}

// What is searched in, in lower case, made when it is first asked for.
const haystacks = new Map();
function haystack(place) {
  if (!haystacks.has(place)) {
    const name = place.code === null ? "" : nameOf(place.code);
    const found = place.findings.map((it) => `${it.rule} ${it.severity} ${it.message}`).join(" ");
    const said = [place.path, place.snippet.join(""), place.code, name, place.use, place.role, place.api, found];
    haystacks.set(place, said.filter(Boolean).join(" ").toLowerCase());
  }
  return haystacks.get(place);
}

const isInside = (path, folder) => path === folder || path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);

// The places that a filter is for.
function matching(filter) {
  const words = (filter.q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const operation = filter.operation === undefined ? null : operations[Number(filter.operation)];
  const about = operation ? new Set(operation.about) : null;
  const same = (asked, value) => asked === undefined || asked === value;
  return places.filter((place) =>
    same(filter.code, place.code)
    && same(filter.use, place.use)
    && same(filter.role, place.role)
    && same(filter.language, place.language ?? "")
    && same(filter.library, place.api ?? "")
    && (filter.in === undefined || isInside(place.path, filter.in))
    && (filter.rule === undefined || place.findings.some((it) => it.rule === filter.rule))
    && (filter.severity === undefined || place.findings.some((it) => it.severity === filter.severity))
    && (about === null || (place.site && about.has(place.id)))
    && words.every((word) => haystack(place).includes(word)));
}

// What a filter asks for, in words, each with its kind.
function described(filter) {
  const words = {
    code: (it) => `${it} ${nameOf(it)}`,
    use: (it) => uses.find((use) => use.id === it)?.title ?? it,
    language: (it) => own(data.languages, it) ?? "no language",
    in: (it) => visible(it),
    operation: (it) => visible(operations[Number(it)]?.title ?? it),
    q: (it) => `“${visible(it)}”`,
  };
  return kinds.filter((kind) => filter[kind] !== undefined)
    .map((kind) => [kind, (words[kind] ?? ((it) => visible(it)))(filter[kind])]);
}
