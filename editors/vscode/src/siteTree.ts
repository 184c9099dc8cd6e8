// The status codes of the workspace as a tree: by code and then file, or by file and then place.

/** A place of a document, in the positions of the protocol. */
export interface Span {
  start: { line: number; character: number };
  end: { line: number; character: number };
}

/** A place where a status code stands, as the server tells it. */
export interface Site {
  uri: string;
  range: Span;
  code: number | null;
  class: number | null;
  name: string | null;
  text: string;
  kind: string;
  role: string;
  evidence: string;
}

/** How the tree is ordered. */
export type Grouping = "code" | "file";

/** A code with its places, a file with its places, or a place. */
export type Node =
  | { kind: "code"; label: string; code: number | null; sites: Site[]; children: Node[] }
  | { kind: "file"; uri: string; sites: Site[]; children: Node[] }
  | { kind: "site"; site: Site };

/** The tree of what was found; codes ascend, wildcards stand before the codes of their class. */
export function tree(sites: readonly Site[], grouping: Grouping): Node[] {
  if (grouping === "file") {
    return files(sites);
  }
  const groups = [...grouped(sites, label).entries()].sort(([, a], [, b]) => order(a) - order(b));
  return groups.map(([text, of]) => ({ kind: "code", label: text, code: of[0]?.code ?? null, sites: of, children: files(of) }));
}

/** What a code is called in the tree: `404 Not Found`, `4XX`. */
export function label(site: Site): string {
  if (site.code === null) {
    return site.class === null ? site.text : `${site.class}XX`;
  }
  return `${site.code} ${site.name ?? ""}`.trim();
}

/** How often a code or a file occurs, in words. */
export function count(number: number): string {
  return number === 1 ? "1 place" : `${number} places`;
}

function files(sites: readonly Site[]): Node[] {
  const groups = [...grouped(sites, (site) => site.uri).entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  return groups.map(([uri, of]) => ({ kind: "file", uri, sites: of, children: of.map((site) => ({ kind: "site", site })) }));
}

function grouped(sites: readonly Site[], key: (site: Site) => string): Map<string, Site[]> {
  const groups = new Map<string, Site[]>();
  for (const site of sites) {
    const known = groups.get(key(site));
    if (known === undefined) {
      groups.set(key(site), [site]);
    } else {
      known.push(site);
    }
  }
  return groups;
}

function order(sites: readonly Site[]): number {
  const site = sites[0];
  return site?.code ?? (site?.class ?? 9) * 100 - 0.5;
}
