// What is shown of the catalogue, as the binary prints it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { explanation, readCatalogue, summary, type Entry } from "../src/catalogue";

const unnamed: Entry = {
  code: 404, name: "Not Found", class: 4, state: "registered", vendor: null, older_names: [], cacheable: true, content: "allowed", headers: [],
  reference: { rfc: 9110, section: "15.5.5", url: "https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.5" }, meaning: "Nothing is there.",
};
const vendor: Entry = { ...unnamed, code: 499, name: "Client Closed Request", state: null, vendor: "nginx", reference: null, cacheable: null, content: null };
const old: Entry = { ...unnamed, code: 413, name: "Content Too Large", older_names: ["Payload Too Large"], headers: ["Retry-After (optional)"], content: "must-not-generate", cacheable: false };
const catalogue = readCatalogue(JSON.stringify({ version: 1, codes: [unnamed, old, vendor] }));

test("a list shows the number, the name, and what is not ordinary", () => {
  assert.deepEqual(catalogue.map(summary), [
    { label: "404 Not Found", description: "Client error" },
    { label: "413 Content Too Large", description: "Client error · formerly Payload Too Large" },
    { label: "499 Client Closed Request", description: "Client error · used by nginx" },
  ]);
});

test("a page tells all that is known", () => {
  const page = explanation(413, catalogue);
  assert.ok(page.startsWith("# 413 Content Too Large\n\nNothing is there.\n"));
  for (const row of ["| State | registered |", "| Content | must not generate |", "| Cacheable by default | no |", "| Header fields | Retry-After (optional) |", "| Older names | Payload Too Large |"]) {
    assert.ok(page.includes(row), row);
  }
  assert.ok(page.includes("[RFC 9110 section 15.5.5](https://www.rfc-editor.org/"));
  assert.ok(explanation(499, catalogue).includes("Nobody registered this code."));
  assert.ok(explanation(499, catalogue).includes("- **nginx**: Client Closed Request."));
  assert.ok(explanation(299, catalogue).startsWith("# 299\n\nNobody registered"));
});
