// The catalogue of status codes, as `statuslint codes --output-format json` prints it.

/** One meaning of a code: the registered one, or what a vendor uses it for. */
export interface Entry {
  code: number;
  name: string;
  class: number;
  state: string | null;
  vendor: string | null;
  reference: { rfc: number | null; section: string; url: string } | null;
  older_names: string[];
  cacheable: boolean | null;
  content: string | null;
  headers: string[];
  meaning: string;
}

const CLASSES = ["", "Informational", "Successful", "Redirection", "Client error", "Server error"];

/** Reads what the binary printed. */
export function readCatalogue(printed: string): Entry[] {
  return (JSON.parse(printed) as { codes: Entry[] }).codes;
}

/** What a list shows of an entry: its title, and what stands beside it. */
export function summary(entry: Entry): { label: string; description: string } {
  const standing = entry.vendor !== null ? `used by ${entry.vendor}` : entry.state === "registered" ? "" : (entry.state ?? "");
  const kind = CLASSES[entry.class] ?? "";
  const older = entry.older_names.length > 0 ? `formerly ${entry.older_names.join(", ")}` : "";
  return { label: `${entry.code} ${entry.name}`, description: [kind, standing, older].filter((part) => part !== "").join(" · ") };
}

/** All that is known of a code, as Markdown. */
export function explanation(code: number, catalogue: readonly Entry[]): string {
  const entries = catalogue.filter((entry) => entry.code === code);
  const registered = entries.find((entry) => entry.vendor === null);
  const lines = [`# ${code} ${registered?.name ?? entries[0]?.name ?? ""}`.trimEnd(), ""];
  if (registered === undefined) {
    lines.push("Nobody registered this code.", "");
  } else {
    lines.push(registered.meaning, "", ...facts(registered), "");
  }
  const vendors = entries.filter((entry) => entry.vendor !== null);
  if (vendors.length > 0) {
    lines.push("## Used without registration", "", ...vendors.map((entry) => `- **${entry.vendor}**: ${entry.name}. ${entry.meaning}`), "");
  }
  return lines.join("\n");
}

function facts(entry: Entry): string[] {
  const rows: [string, string][] = [["Class", `${entry.class}xx, ${(CLASSES[entry.class] ?? "").toLowerCase()}`]];
  if (entry.state !== null) {
    rows.push(["State", entry.state]);
  }
  if (entry.reference !== null) {
    const { rfc, section, url } = entry.reference;
    rows.push(["Reference", `[${rfc === null ? section : `RFC ${rfc} section ${section}`}](${url})`]);
  }
  if (entry.content !== null) {
    rows.push(["Content", entry.content.replaceAll("-", " ")]);
  }
  if (entry.cacheable !== null) {
    rows.push(["Cacheable by default", entry.cacheable ? "yes" : "no"]);
  }
  if (entry.headers.length > 0) {
    rows.push(["Header fields", entry.headers.join(", ")]);
  }
  if (entry.older_names.length > 0) {
    rows.push(["Older names", entry.older_names.join(", ")]);
  }
  return ["| | |", "| --- | --- |", ...rows.map(([name, value]) => `| ${name} | ${value} |`)];
}
