// The folders as a tree; what is in one is made when it is opened.

// What is below a path: folders and files by name, with how often each use occurs.
function folderTree() {
  const root = { name: "", path: "", inside: new Map(), row: new Map(), found: [] };
  const add = (file, change) => {
    let node = root;
    change(node);
    let path = "";
    for (const part of file.split(/(?<=[/\\])/)) {
      path += part;
      if (!node.inside.has(part)) {
        node.inside.set(part, { name: part, path, inside: new Map(), row: new Map(), found: [] });
      }
      node = node.inside.get(part);
      change(node);
    }
  };
  for (const site of sites) add(site.path, (node) => node.row.set(site.use, (node.row.get(site.use) ?? 0) + 1));
  for (const finding of findings) add(finding.path, (node) => node.found.push(finding.severity));
  return root;
}

function folders() {
  const root = folderTree();
  const list = make("ul", { class: "folders" });
  const most = Math.max(1, ...children(root).map((node) => total(node.row)));
  const more = lazily(list, children(root), (node) => entry(node, most), 100, "folder or file");
  return section("folders", "Folders and files", "Numbers lead to the places in a folder or file.", list, more);
}

// Folders first, then files; a folder with nothing but one folder in it is one with that.
function children(node) {
  const inside = [...node.inside.values()].map((child) => {
    let folder = child;
    while (folder.inside.size === 1 && [...folder.inside.values()][0].inside.size > 0) {
      const only = [...folder.inside.values()][0];
      folder = { ...only, name: folder.name + only.name };
    }
    return folder;
  });
  const isFile = (it) => Number(it.inside.size === 0);
  return inside.sort((a, b) => isFile(a) - isFile(b) || total(b.row) - total(a.row) || inOrder(a.name, b.name));
}

function entry(node, most) {
  const sum = total(node.row);
  const parts = usedUses.filter((use) => node.row.has(use.id));
  let x = 0;
  const rects = parts.map((use) => {
    const width = 100 * node.row.get(use.id) / most;
    const shape = draw("rect", { class: `use-${use.id}`, x, y: 0, width: Math.max(0.5, width), height: 8 });
    x += width;
    return shape;
  });
  const line = [
    make("span", { class: "path" }, visible(node.name)),
    node.found.length === 0 ? null : make("span", { class: `badge ${worst(node.found)}`, title: plural(node.found.length, "finding") },
      `${figure(node.found.length)} found`),
    draw("svg", { viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" }, rects),
    make("span", { class: "number" }, leading(sum, { in: node.path }, `places in ${visible(node.path)}`)),
  ];
  if (node.inside.size === 0) return make("li", { class: "file", "data-path": node.path }, make("div", { class: "line" }, line));
  const inner = make("ul");
  const fold = make("details", {}, make("summary", { class: "line" }, line), inner);
  fold.addEventListener("toggle", () => {
    if (fold.open && inner.childElementCount === 0) {
      inner.after(lazily(inner, children(node), (child) => entry(child, most), 100, "folder or file"));
    }
  });
  return make("li", { "data-path": node.path }, fold);
}

const worst = (found) => severities.find((severity) => found.includes(severity));
