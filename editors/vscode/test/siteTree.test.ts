// How the places of status codes become a tree.

import assert from "node:assert/strict";
import { test } from "node:test";

import { count, label, tree, type Node, type Site } from "../src/siteTree";

function site(uri: string, line: number, code: number | null, name: string | null = null): Site {
  const range = { start: { line, character: 4 }, end: { line, character: 7 } };
  const kind = code === null ? 4 : Math.floor(code / 100);
  return { uri, range, code, class: kind, name, text: code === null ? "4XX" : String(code), kind: "number", role: "emit", evidence: "certain" };
}

const sites = [
  site("file:///b.py", 3, 404, "Not Found"),
  site("file:///a.py", 1, 404, "Not Found"),
  site("file:///a.py", 2, 200, "OK"),
  site("file:///a.py", 5, null),
  site("file:///a.py", 6, 209),
];

/** The tree as indented lines. */
function lines(nodes: readonly Node[], indent = ""): string[] {
  return nodes.flatMap((node) => {
    switch (node.kind) {
      case "code":
        return [`${indent}${node.label} (${count(node.sites.length)})`, ...lines(node.children, `${indent}  `)];
      case "file":
        return [`${indent}${node.uri} (${count(node.sites.length)})`, ...lines(node.children, `${indent}  `)];
      case "site":
        return [`${indent}${label(node.site)} at ${node.site.range.start.line}`];
    }
  });
}

test("codes ascend, with the files they stand in", () => {
  assert.deepEqual(lines(tree(sites, "code")), [
    "200 OK (1 place)",
    "  file:///a.py (1 place)",
    "    200 OK at 2",
    "209 (1 place)",
    "  file:///a.py (1 place)",
    "    209 at 6",
    "4XX (1 place)",
    "  file:///a.py (1 place)",
    "    4XX at 5",
    "404 Not Found (2 places)",
    "  file:///a.py (1 place)",
    "    404 Not Found at 1",
    "  file:///b.py (1 place)",
    "    404 Not Found at 3",
  ]);
});

test("files ascend, with their codes in order", () => {
  assert.deepEqual(lines(tree(sites, "file")), [
    "file:///a.py (4 places)",
    "  404 Not Found at 1",
    "  200 OK at 2",
    "  4XX at 5",
    "  209 at 6",
    "file:///b.py (1 place)",
    "  404 Not Found at 3",
  ]);
  assert.deepEqual(tree([], "file"), []);
});
