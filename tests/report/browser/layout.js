// Whether a page can be read: nothing overlaps, is cut off sideways or too faint.

// Texts that lie over one another, as pairs; all of them are to be empty.
function overlaps() {
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    if (node.textContent.trim() === "" || element.closest("script, style, .hidden, .skip, noscript")) continue;
    if (!element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      // What is scrolled out of its region is not seen.
      let seen = { left: box.left, top: box.top, right: box.right, bottom: box.bottom };
      for (let up = element; up !== null && up !== document.body; up = up.parentElement) {
        const style = getComputedStyle(up);
        if (style.overflowX === "visible" && style.overflowY === "visible") continue;
        const clip = up.getBoundingClientRect();
        seen = {
          left: Math.max(seen.left, clip.left), right: Math.min(seen.right, clip.right),
          top: Math.max(seen.top, clip.top), bottom: Math.min(seen.bottom, clip.bottom),
        };
      }
      const sticks = element.closest(".top, .matrix th:first-child") !== null;
      if (seen.right - seen.left > 2 && seen.bottom - seen.top > 2) {
        texts.push({ ...seen, node, text: node.textContent.trim().slice(0, 40), sticks });
      }
    }
  }
  texts.sort((a, b) => a.top - b.top);
  const found = [];
  texts.forEach((a, at) => {
    for (let next = at + 1; next < texts.length && texts[next].top < a.bottom - 3; next += 1) {
      const b = texts[next];
      // What is scrolled below a head that stays is covered by it, not mixed with it.
      if (a.sticks !== b.sticks || a.node === b.node) continue;
      if (a.left < b.right - 1.5 && b.left < a.right - 1.5) found.push([a.text, b.text, Math.round(a.top)]);
    }
  });
  return found;
}

// Texts that stand out of the card they are in.
function spills() {
  const found = [];
  for (const card of document.querySelectorAll("section, aside, .tiles a, .chip, .badge, button")) {
    const { left, right } = card.getBoundingClientRect();
    const walker = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      // What scrolls within the card, or is cut with an ellipsis, is meant to.
      if (element.closest(".scroll, .hidden, .label") || !element.checkVisibility()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
      if (boxes.some((box) => box.left < left - 0.5 || box.right > right + 0.5)) {
        found.push([node.textContent.trim().slice(0, 40), card.className || card.id]);
      }
    }
  }
  return found;
}

// How much wider than the window the page is.
const sideways = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;

// The places where text stands out less than WCAG's 4.5 : 1 from what is behind it.
function faint() {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const channels = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (color) => {
    const [r, g, b] = color.slice(0, 3).map((it) => it / 255)
      .map((it) => (it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let up = element; up !== null; up = up.parentElement) {
      const color = channels(getComputedStyle(up).backgroundColor);
      if (color[3] === 255) return color;
    }
    return [255, 255, 255, 255];
  };
  const found = new Set();
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((it) => it.nodeType === Node.TEXT_NODE && it.textContent.trim() !== "");
    // The sign for "none" says nothing that is not said by what is missing.
    if (!own || element.closest("script, style, noscript, svg, .none") || !element.checkVisibility()) continue;
    const [a, b] = [light(channels(getComputedStyle(element).color)), light(behind(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) found.add(`${element.tagName}.${element.className} ${ratio.toFixed(2)}`);
  }
  return [...found];
}

// Links and buttons without anything a screen reader could say.
function nameless() {
  const controls = [...document.querySelectorAll("a, button, input, summary")];
  return controls
    .filter((it) => !it.closest("svg"))
    .filter((it) => !(it.getAttribute("aria-label") || it.textContent.trim() || it.labels?.length))
    .map((it) => it.outerHTML.slice(0, 80));
}

module.exports = { faint, nameless, overlaps, sideways, spills };
