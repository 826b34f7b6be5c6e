// What a report costs its reader: size, time to open in headless Chromium (median of five, until the first cause shows its
// bytes, where there is one), number of elements, and a picture of the first screen.
// usage: node reports/browser/figures.mjs REPORT.html...   (each writes REPORT.png beside it)
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const openings = 5;
const screen = { viewport: { width: 1280, height: 900 } };

// A browser of its own: nothing of an earlier opening is at hand.
async function open(file, look) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    const page = await browser.newPage(screen);
    const began = performance.now();
    await page.goto(pathToFileURL(file).href);
    if (await page.locator(".cause").count() > 0) {
      await page.locator(".cause[open] .wire").first().waitFor({ timeout: 120_000 });
    }
    return await look(page, performance.now() - began);
  } finally {
    await browser.close();
  }
}

console.log("report | MB | median ms | all five, ms | elements | causes");
console.log("---|---:|---:|---|---:|---:");
for (const name of process.argv.slice(2)) {
  const file = resolve(name);
  const times = [];
  let counted;
  for (let opening = 0; opening < openings; ++opening) {
    counted = await open(file, async (page, milliseconds) => {
      times.push(Math.round(milliseconds));
      await page.screenshot({ path: file.replace(/\.html$/, ".png") });
      return page.evaluate(() => ["*", ".cause"].map((each) => document.querySelectorAll(each).length));
    });
  }
  times.sort((one, other) => one - other);
  const megabytes = (statSync(file).size / 1e6).toFixed(2);
  console.log(`${name} | ${megabytes} | ${times[openings >> 1]} | ${times.join(" ")} | ${counted.join(" | ")}`);
}
