// A page in a real browser, in which nothing may fail, be fetched or open a dialogue.

const { chromium } = require("playwright-core");

let browser = null;

// Opens a page at a width and with a colour scheme; `complaints` has what went wrong in it.
async function open(url, { width = 1280, height = 900, scheme = "light" } = {}) {
  browser ??= await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme });
  const page = await context.newPage();
  const complaints = [];
  page.setDefaultTimeout(20_000);
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    complaints.push(`dialogue: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("request", (request) => {
    const asked = request.url().split("#")[0];
    if (asked !== url && asked !== "data:,") complaints.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  await page.waitForSelector("#places h2");
  return { page, complaints };
}

// Waits until something holds in the page; the page's policy lets no other way of waiting in.
async function until(page, holds) {
  for (let round = 0; round < 200; round += 1) {
    if (await page.evaluate(holds)) return;
    await page.waitForTimeout(50);
  }
  throw new Error(`never: ${holds}`);
}

const close = () => browser?.close();

module.exports = { close, open, until };
