// Making elements. Texts from the tree become text nodes and attributes, never markup.

// An element with these attributes and children; functions are listeners.
function make(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

// The same for a shape of a drawing.
function draw(name, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

function fill(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(key, value);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

// A text in which every character can be seen: controls, and marks that turn the direction of
// text, become escapes.
function visible(text) {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (c) => (c === "\t" ? " " : `\\u{${c.codePointAt(0).toString(16)}}`),
  );
}

const plural = (number, noun) => `${figure(number)} ${noun}${number === 1 ? "" : "s"}`;
const figure = (number) => number.toLocaleString("en-US");

// A text in which what stands between backticks is code.
const marked = (text) => text.split("`").map((part, at) => (at % 2 === 1 ? make("code", {}, part) : part));

// A section of the page with a heading.
function section(id, title, hint, ...children) {
  return make("section", { id, "aria-labelledby": `${id}-title` },
    make("h2", { id: `${id}-title` }, title),
    hint === null ? null : make("p", { class: "hint" }, marked(hint)),
    children);
}

// Shows the first of a list, and more of it when asked.
function lazily(container, rows, render, step, noun) {
  let shown = 0;
  const more = make("button", { type: "button", class: "more", click: () => show(true) });
  const show = (asked) => {
    const first = shown;
    shown = Math.min(rows.length, shown + step);
    container.append(...rows.slice(first, shown).map(render));
    const left = rows.length - shown;
    more.hidden = left === 0;
    more.textContent = left > step ? `Show ${figure(step)} of ${plural(left, `more ${noun}`)}` : `Show ${plural(left, `more ${noun}`)}`;
    // Who pressed the button goes on reading where the new rows begin.
    if (asked) container.children[first]?.querySelector("a, button")?.focus({ preventScroll: true });
  };
  show(false);
  return more;
}

// The number of a use, which leads to its places; nothing for none.
function leading(number, filter, label) {
  if (number === 0) return make("span", { class: "none", "aria-label": `0 ${label}` }, "·");
  return make("a", { href: hashOf(filter), "aria-label": `${figure(number)} ${label}` }, figure(number));
}
