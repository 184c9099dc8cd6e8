// The page of `statuslint report` in a real browser.

const assert = require("node:assert/strict");
const path = require("node:path");
const { after, test } = require("node:test");
const { close, open, until } = require("./browser.js");
const { faint, nameless, overlaps, sideways, spills } = require("./layout.js");
const { USES, codeOf, expected, shown, unfold } = require("./numbers.js");
const trees = require("./trees.js");

const given = (process.env.REPORT_FOLDERS ?? "").split(":").filter(Boolean);
const own = [["examples", trees.examples()], ["hostile", trees.hostile()]];
const subjects = [...own, ...given.map((it) => [path.basename(it), it])];
const WIDTHS = [1280, 400];
// Widths at which the page changes its shape, and those of small telephones.
const OTHERS = [1900, 1180, 1100, 1099, 701, 700, 320];

after(close);

// The rows of the list, all of them.
async function listed(page) {
  await page.evaluate(() => {
    const more = document.querySelector("#places .more");
    while (!more.hidden) more.click();
  });
  return page.$$eval("#places .place[data-id]", (rows) => rows.map((row) => ({
    at: row.querySelector(".copy").textContent,
    code: row.querySelector(".code").textContent,
    path: (() => {
      let up = row;
      while (up.tagName !== "H3") up = up.previousElementSibling;
      return up.querySelector("a").textContent;
    })(),
  })));
}

// Does something that leads to other places, and waits until they are listed.
async function follow(page, doing) {
  const followed = page.evaluate(() => new Promise((done) => {
    addEventListener("hashchange", () => setTimeout(done), { once: true });
  }));
  await doing();
  await followed;
}

const press = (page, selector) => follow(page, () => page.click(selector));

// That nothing overlaps, stands out of its card or makes the page too wide.
async function fits(page, which) {
  assert.equal(await page.evaluate(sideways), 0, `${which} is too wide`);
  assert.deepEqual(await page.evaluate(overlaps), [], which);
  assert.deepEqual(await page.evaluate(spills), [], which);
}

const place = (site) => ({ at: `${site.start.line}:${site.start.column}`, code: codeOf(site), path: site.path });

for (const [name, folder] of subjects) {
  const subject = trees.report(folder);

  test(`${name}: the numbers are those of sites and check`, async () => {
    const { page, complaints } = await open(subject.page);
    await unfold(page);
    assert.deepEqual(await page.evaluate(shown), expected(subject));
    assert.match(await page.textContent("#subtitle"), new RegExp(`in ${subject.sites.length.toLocaleString("en-US")} places?`));
    assert.deepEqual(complaints, []);
    await page.close();
  });

  test(`${name}: it can be read at both widths, in light and dark`, async () => {
    for (const width of WIDTHS) {
      for (const scheme of ["light", "dark"]) {
        const { page, complaints } = await open(subject.page, { width, scheme });
        const shot = path.join(process.env.REPORT_SHOTS, `${name}-${width}-${scheme}`);
        await page.screenshot({ path: `${shot}.png` });
        await page.screenshot({ path: `${shot}-full.png`, fullPage: true });
        const look = async () => {
          await fits(page, `${name} at ${width}`);
          assert.deepEqual(await page.evaluate(faint), [], `${name} in ${scheme}`);
        };
        await look();
        await unfold(page);
        await look();
        assert.deepEqual(await page.evaluate(nameless), []);
        assert.deepEqual(complaints, []);
        await page.close();
      }
    }
  });
}

test("the page fits every width", async () => {
  for (const [name, folder] of own) {
    const { page } = await open(trees.report(folder).page);
    await unfold(page);
    for (const width of OTHERS) {
      await page.setViewportSize({ width, height: 900 });
      await fits(page, `${name} at ${width}`);
    }
    await page.close();
  }
});

const examples = trees.report(trees.examples());

test("every number leads to its places", async () => {
  const { page, complaints } = await open(examples.page);
  await unfold(page);
  assert.deepEqual(await listed(page), examples.sites.map(place));
  const links = await page.$$eval("#codes td a", (all) => all.map((it) => [it.getAttribute("href"), Number(it.textContent)]));
  assert.ok(links.length > 50);
  for (const [hash, number] of links.filter((_, at) => at % 7 === 0)) {
    await press(page, `#codes td a[href="${hash}"]`);
    const { code, use } = Object.fromEntries(new URLSearchParams(hash.slice(1)));
    const asked = examples.sites.filter((site) => codeOf(site) === code && (use === undefined || USES[site.role] === use));
    assert.equal(asked.length, number);
    assert.deepEqual(await listed(page), asked.map(place), hash);
  }
  await follow(page, () => page.goBack());
  await press(page, "#found tbody a");
  assert.ok((await page.$$("#places .finding")).length > 0);
  await press(page, "#languages tbody a");
  await press(page, ".folders .file a");
  const file = await page.$eval("#places h3 a", (it) => it.textContent);
  assert.deepEqual(await listed(page), examples.sites.filter((site) => site.path === file).map(place));
  assert.deepEqual(complaints, []);
  await page.close();
});

test("search narrows the list, and its words add up", async () => {
  const { page } = await open(examples.page);
  await page.keyboard.press("/");
  await page.keyboard.type("not found go/");
  await until(page, () => location.hash.includes("q="));
  const rows = await listed(page);
  assert.ok(rows.length > 0 && rows.every((row) => row.path.startsWith("go/")), JSON.stringify(rows));
  await page.fill("#search", "nothing-has-this-in-it");
  await until(page, () => document.querySelectorAll(".place").length === 0);
  assert.match(await page.textContent("#places"), /Nothing is like that/);
  await page.close();
});

test("operations are set against what is sent", async () => {
  const { page } = await open(examples.page);
  await unfold(page);
  const documented = examples.sites.filter((site) => site.path === "openapi/openapi.yaml" && site.role === "declare");
  const rows = await page.$$eval("#matrix tr[data-operation]", (all) => all.map((row) => [
    row.querySelector("th").textContent, [...row.querySelectorAll("a.dot")].map((it) => it.title)]));
  assert.ok(rows.length >= 3, JSON.stringify(rows));
  assert.ok(rows.every(([title]) => /^[A-Z]+ \//.test(title)));
  const codes = new Set(rows.flatMap(([, all]) => all));
  assert.ok(documented.filter((site) => site.code !== null && site.text.length === 5).some((site) => codes.has(String(site.code))));
  await press(page, "#matrix a.dot");
  const [first] = await listed(page);
  assert.ok(codes.has(first.code));
  await page.close();
});

test("the switch changes the theme, and it is kept", async () => {
  const back = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const { page } = await open(examples.page);
  const light = await back(page);
  await page.click("#theme");
  const dark = await back(page);
  assert.notEqual(dark, light);
  assert.equal(await page.getAttribute("#theme", "aria-pressed"), "true");
  await page.reload();
  assert.equal(await back(page), dark);
  await page.close();
  const other = await open(examples.page, { scheme: "dark" });
  assert.equal(await back(other.page), dark);
  await other.page.close();
});

test("it can be used with the keyboard alone", async () => {
  const { page } = await open(examples.page, { width: 400 });
  const focused = () => page.evaluate(() => document.activeElement.className || document.activeElement.id || document.activeElement.tagName);
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "skip");
  await page.keyboard.press("Enter");
  assert.equal(await focused(), "places");
  await page.focus(".bars .label");
  await page.keyboard.press("Enter");
  await until(page, () => document.activeElement.id === "places");
  assert.ok((await page.$$(".chip")).length > 0);
  await page.focus(".folders summary");
  await page.keyboard.press("Enter");
  assert.ok(await page.$eval(".folders details", (it) => it.open));
  await page.focus("#codes thead th:last-child button");
  await page.keyboard.press("Enter");
  const [first, second] = await page.$$eval("#codes tbody td[data-use=all]", (all) => all.map((it) => Number(it.textContent)));
  assert.ok(first >= second);
  await page.close();
});

test("hostile names are shown and do nothing", async () => {
  const hostile = trees.report(trees.hostile());
  const { page, complaints } = await open(hostile.page);
  await unfold(page);
  await page.waitForTimeout(300);
  assert.equal(await page.evaluate(() => typeof pwned), "undefined");
  const text = await page.textContent("body");
  assert.ok(text.includes("<img src=x onerror=pwned=1>") && text.includes("\\u{202e}"));
  assert.equal(await page.$$eval("img, iframe, object, [onclick], [onerror], [onload]", (all) => all.length), 0);
  // An address may say anything.
  for (const address of ["code=constructor&language=__proto__&operation=x&in=%E0%A4%A", "q=<img src=x onerror=pwned=1>", "=&&#%"]) {
    await follow(page, () => page.evaluate((hash) => { location.hash = hash; }, address));
    assert.ok(!(await page.textContent("#places")).includes("function"));
  }
  // Nor could anything run that came in all the same.
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "pwned = 1";
    document.body.append(script);
  });
  assert.equal(await page.evaluate(() => typeof pwned), "undefined");
  assert.equal(complaints.filter((it) => !it.includes("Content Security Policy")).length, 0);
  await page.close();
});

// The picture of the README, when it is asked for.
test("the picture", { skip: process.env.REPORT_PICTURE === undefined }, async () => {
  const { page } = await open(examples.page, { width: 1180, height: 700 });
  await press(page, '.bars a.label[href="#code=404"]');
  await page.evaluate(() => document.activeElement.blur());
  await page.mouse.move(0, 0);
  await page.screenshot({ path: process.env.REPORT_PICTURE });
  await page.close();
});

test("it prints without anything cut off", async () => {
  const { page } = await open(examples.page, { width: 720 });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  assert.equal(await page.evaluate(sideways), 0);
  assert.equal(await page.evaluate(() => getComputedStyle(document.getElementById("search")).visibility
    && document.getElementById("search").checkVisibility()), false);
  await page.screenshot({ path: path.join(process.env.REPORT_SHOTS, "print.png"), fullPage: true });
  const paper = await page.pdf({ format: "A4" });
  assert.ok(paper.length > 10_000);
  await page.close();
});

test("a page of 20,000 places opens at once", async () => {
  const large = trees.report(trees.large());
  assert.equal(large.sites.length, 20_000);
  const began = performance.now();
  const { page, complaints } = await open(large.page);
  const opened = performance.now() - began;
  const elements = await page.evaluate(() => document.querySelectorAll("*").length);
  const searched = await page.evaluate(async () => {
    const from = performance.now();
    location.hash = "#q=teapot";
    await new Promise((done) => addEventListener("hashchange", () => setTimeout(done), { once: true }));
    return performance.now() - from;
  });
  console.log(`20,000 places: opened in ${opened.toFixed(0)} ms, ${elements} elements, first search ${searched.toFixed(0)} ms`);
  assert.ok(opened < 4000 && elements < 6000 && searched < 2000);
  await unfold(page);
  assert.deepEqual(await page.evaluate(shown), expected(large));
  assert.deepEqual(complaints, []);
  await page.close();
});
