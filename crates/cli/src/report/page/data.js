// What stands in the page as JSON, with names for its parts.

const data = JSON.parse(document.getElementById("data").textContent);

// What an object of the data says of a key; an address may ask for any.
const own = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined);

// What a code can be used for. Every role that detection tells belongs to one use.
const uses = [
  { id: "sent", title: "Sent", roles: ["emit"], says: "a response is given this code" },
  { id: "expected", title: "Expected", roles: ["expect"], says: "a test asserts it" },
  { id: "compared", title: "Compared", roles: ["compare", "branch", "bound"], says: "what came back is compared with it" },
  { id: "documented", title: "Documented", roles: ["declare"], says: "OpenAPI, an annotation or an attribute declares it" },
  { id: "defined", title: "Defined", roles: ["define", "table"], says: "a constant or a table holds it" },
  { id: "configured", title: "Configured", roles: ["config"], says: "a server, proxy or infrastructure is set up with it" },
];
const useOfRole = new Map(uses.flatMap((use) => use.roles.map((role) => [role, use.id])));

const severities = ["error", "warning", "info", "hint"];

const LIKELY = 1;
const TEST = 2;

// A place where a status stands.
const sites = data.sites.map(([file, line, column, said, role, kind, flags, api, snippet], id) => ({
  id, file, line, column, role, kind, snippet,
  code: said === null ? "invalid" : String(said),
  use: useOfRole.get(role),
  likely: (flags & LIKELY) !== 0,
  test: (flags & TEST) !== 0,
  api: api < 0 ? null : data.apis[api],
  path: data.files[file].path,
  language: data.files[file].language,
  findings: [],
}));

const findings = data.findings.map(([file, line, column, rule, severity, message, help, about, snippet], id) => ({
  id, file, line, column, rule, severity, message, help, about, snippet,
  path: data.files[file].path,
  language: data.files[file].language,
}));

const operations = data.operations.map(([file, line, method, path, others, about], id) => ({
  id, file, line, method, path, others, about,
  title: path === null ? method : `${method} ${path}`,
  where: data.files[file].path,
}));

// What the list shows: each place with what was found there, and findings that no place is in.
for (const finding of findings) {
  for (const id of finding.about) sites[id].findings.push(finding);
}
const alone = findings.filter((finding) => finding.about.length === 0);
const places = sites.map((site) => ({ ...site, site: true }));
for (const finding of alone) {
  places.push({ ...finding, site: false, code: null, use: null, role: null, api: null, findings: [finding] });
}
places.sort((a, b) => a.file - b.file || a.line - b.line || a.column - b.column);

// The name of a code, a wildcard or what is none.
function nameOf(code) {
  if (code === "invalid") return "No status code";
  if (/^[1-5]XX$/.test(code)) {
    return ["Informational", "Successful", "Redirection", "Client error", "Server error"][code[0] - 1];
  }
  const known = own(data.codes, code);
  if (known === undefined) return "Unknown";
  return known.vendor === null ? known.name : `${known.name} (${known.vendor})`;
}

// Counts what a list has of each, by a key that a function tells.
function countBy(list, key) {
  const counts = new Map();
  for (const each of list) {
    const value = key(each);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

// How often each value has each use: a map of value to a map of use to number.
function countUses(list, key) {
  const counts = new Map();
  for (const site of list) {
    const value = key(site);
    if (!counts.has(value)) counts.set(value, new Map());
    const row = counts.get(value);
    row.set(site.use, (row.get(site.use) ?? 0) + 1);
  }
  return counts;
}

const total = (row) => [...row.values()].reduce((sum, number) => sum + number, 0);
const byCode = countUses(sites, (site) => site.code);
const usedUses = uses.filter((use) => sites.some((site) => site.use === use.id));
const inOrder = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
// Codes as numbers, a class behind its codes, and what is none in the end.
const byNumber = (a, b) => a.length - b.length || inOrder(a, b);
