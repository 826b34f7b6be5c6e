// Opens the HTML report of the sample results in headless Chromium, as a reader would: from a file, offline.
// usage: node report.test.mjs WSCONFORM
// WSCONFORM_SCREENSHOTS=FOLDER keeps what it looks like.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const golden = fileURLToPath(new URL("../golden/results.json", import.meta.url));
const hostile = "</script><script>alert(1)</script>";
const desktop = { viewport: { width: 1280, height: 900 } };
const phone = { viewport: { width: 390, height: 844 } };
const program = process.argv[2];
const folder = mkdtempSync(join(tmpdir(), "report-"));
const at = (name) => join(folder, name);

let browser;

function write(name, ...results) {
  execFileSync(program, ["report", ...results, "--output", at(name)]);
  return pathToFileURL(at(name)).href;
}

// The same target once more: what failed passes, and what passed fails.
function otherRun() {
  const other = JSON.parse(readFileSync(golden, "utf8"));
  const swapped = { pass: "fail", fail: "pass" };
  for (const each of other.cases) each.verdict = swapped[each.verdict] ?? each.verdict;
  other.target.name = "as it was";
  writeFileSync(at("other.json"), JSON.stringify(other));
  return at("other.json");
}

before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
});

after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

// Opens the page, hands it to `look`, and asks that it stayed quiet: nothing on the console, no dialog,
// no request but the one for the file.
async function reading(options, look, hash = "", address = write("report.html", golden)) {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(120_000); // a busy machine is slow, not wrong
  const page = await context.newPage();
  const noise = [];
  const requests = [];
  page.on("console", (message) => noise.push(message.text()));
  page.on("pageerror", (error) => noise.push(String(error)));
  page.on("dialog", (dialog) => {
    noise.push(`dialog ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(address + hash);
  if (options.javaScriptEnabled !== false) await page.waitForSelector("html[data-ready]");
  await look(page);
  await context.close();
  assert.deepEqual(noise, []);
  assert.deepEqual([...new Set(requests)].filter((url) => url !== "about:blank"), [address]);
}

async function dropped(page, name, text) {
  const files = await page.evaluateHandle(([name, text]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], name));
    return transfer;
  }, [name, text]);
  await page.dispatchEvent("main", "drop", { dataTransfer: files });
}

async function picture(page, name) {
  const kept = process.env.WSCONFORM_SCREENSHOTS;
  if (kept) await page.screenshot({ path: `${kept}/${name}.png` });
}

// What is opened gets its content a moment later.
async function texts(page, selector) {
  await page.locator(selector).first().waitFor({ state: "attached" });
  return page.locator(selector).allTextContents();
}

const sidewaysScroll = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

async function seriousFaults(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run());
  return violations.filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
}

test("opens on the causes, the first with its simplest case and its bytes", async () => {
  await reading(desktop, async (page) => {
    assert.equal(await page.title(), "sample server · wsconform");
    assert.equal(await page.locator(".outcome").textContent(), "2 unexpected results");
    assert.equal(await page.locator("main h2").first().textContent(), "3 causes behind 2 fails and 1 error");
    const first = page.locator(".cause").first();
    assert.equal(await first.locator("summary .says").first().textContent(),
      "A control frame of more than 125 bytes: accepted");
    await first.locator(".hex").first().waitFor();
    assert.match(await first.locator(".command").textContent(),
      /^wsconform run .* --case rfc6455\/5\.5-control-frames\/ping-126$/);
    assert.match(await first.locator(".told a").getAttribute("href"), /rfc6455#section-5\.5$/);
    assert.match((await first.locator(".wire strong").allTextContents()).join(), /breaks control-frame-too-long/);
    await picture(page, "desktop-light");
  });
});

test("filters, search and the open case are in the address", async () => {
  await reading(desktop, async (page) => {
    await page.locator("button[data-verdict=fail]").click();
    assert.equal(await page.locator(".shown").textContent(), "2 of 9");
    assert.equal(new URL(page.url()).hash, "#view=cases&verdict=fail");
    await page.locator("#search").fill("hostile");
    await page.waitForFunction(() => document.querySelector(".shown").textContent === "1 of 9");
    assert.equal(new URL(page.url()).hash, "#view=cases&verdict=fail&q=hostile");
    const shared = page.url();
    await page.goto("about:blank");
    await page.goto(shared);
    await page.waitForFunction(() => document.querySelector(".shown")?.textContent === "1 of 9");
    await page.locator("#reset").click();
    assert.equal(await page.locator(".shown").textContent(), "");
  });
  await reading(desktop, async (page) => {
    const open = page.locator(".case[open]");
    assert.match(await open.locator(".permalink").first().textContent(), /ping-125$/);
    assert.match(await page.evaluate(() => document.activeElement.textContent), /125 bytes/);
  }, "#view=cases&case=rfc6455/5.5-control-frames/ping-125");
});

test("searches names and sentences, and the wire only when asked", async () => {
  await reading(desktop, async (page) => {
    await page.locator("nav a[data-view=cases]").click();
    await page.locator("#search").fill("switching protocols");
    await page.locator(".nothing").waitFor();
    await page.locator(".check input").check();
    await page.waitForFunction(() => / of 9$/.test(document.querySelector(".shown").textContent) &&
      !document.querySelector(".shown").textContent.startsWith("0"));
  });
});

test("folds variants and repetitions of a case under it", async () => {
  await reading(desktop, async (page) => {
    const group = page.locator(".group", { hasText: "§5.2 base framing" });
    await group.locator("summary").first().click();
    const fold = group.locator(".fold");
    assert.match(await fold.locator("summary").first().textContent(), /echo-at-length2 variants2 pass/);
    await fold.locator("summary").first().click();
    await fold.locator(".case").first().waitFor();
    assert.equal(await fold.locator(".case").count(), 2);
  }, "#view=cases");
});

test("finds cases by Autobahn id and by requirement", async () => {
  await reading(desktop, async (page) => {
    await page.locator(".group", { hasText: "Autobahn 2" }).locator("summary").click();
    assert.deepEqual(await texts(page, ".ids b"), ["2.4", "2.5"]);
    await page.locator(".ids a").last().click();
    await page.locator(".case[open] .reason", { hasText: "instead of failing" }).waitFor();
    await page.locator("nav a[data-view=requirements]").click();
    await page.locator(".group summary").first().click();
    assert.match((await texts(page, ".req")).join(), /not testable.*Masking keys cannot be predicted/);
  }, "#view=autobahn");
});

test("copies the command, the case and its bytes", async () => {
  await reading({ ...desktop, permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    const row = page.locator(".cause .case").first();
    await row.locator(".hex").first().waitFor();
    const copied = async (name) => {
      await row.getByRole("button", { name }).click();
      return page.evaluate(() => navigator.clipboard.readText());
    };
    assert.match(await copied("Copy command"), /--case rfc6455\/5\.5-control-frames\/ping-126$/);
    assert.equal(JSON.parse(await copied("Copy as JSON")).wire[3].bytes.slice(0, 4), "89fe");
    assert.match(await copied("Copy bytes"), /^-> 89 fe/m);
  });
});

test("lays another run beside, from the command or dropped into the page", async () => {
  const other = otherRun();
  const worse = async (page) => {
    assert.match(await page.locator("#beside").textContent(),
      /^Compared with as it was: 2 better, 2 worse, 0 cases only here, 0 only there\.$/);
    assert.deepEqual((await texts(page, "main h3")).slice(0, 2), ["2 worse", "2 better"]);
  };
  await reading(desktop, worse, "#view=compared", write("both.html", golden, other));
  await reading(desktop, async (page) => {
    await page.locator("input[type=file]").setInputFiles(golden.replace("results.json", "report.tap"));
    await page.locator("[role=alert]").waitFor();
    await page.locator("input[type=file]").setInputFiles(other);
    await page.locator("#beside").waitFor();
    await worse(page);
  }, "#view=compared");
  await reading(desktop, async (page) => {
    await dropped(page, "notes.txt", "no results");
    assert.match(await page.locator("[role=alert]").textContent(), /^notes\.txt is not a results\.json\.$/);
    await dropped(page, "other.json", readFileSync(other, "utf8"));
    await page.locator("#beside").waitFor();
    await worse(page);
  });
});

test("is used by keyboard alone", async () => {
  await reading(desktop, async (page) => {
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    assert.match(await page.evaluate(() => document.activeElement.textContent), /125 bytes: accepted/);
    await page.keyboard.press("Enter");
    assert.equal(await page.locator(".cause").first().evaluate((cause) => cause.open), false);
    await page.keyboard.press("/");
    assert.equal(await page.evaluate(() => document.activeElement.id), "search");
    await page.keyboard.press("Escape");
    assert.notEqual(await page.evaluate(() => document.activeElement.id), "search");
  });
});

test("what a target sent stays text", async () => {
  await reading(desktop, async (page) => {
    await page.locator(".case[open] .turn").waitFor();
    const text = await page.locator(".case[open]").textContent();
    assert.ok(text.includes(hostile));
    assert.ok(text.includes("\\x1b[2J"));
    assert.match(text, /4096 further entries are left out/);
  }, "#view=cases&case=rfc6455/4.2-opening-handshake/hostile-head");
});

test("fits a phone, the dark, and whoever reads by other means", async () => {
  const views = ["", "#view=cases&q=ping", "#view=requirements", "#view=autobahn", "#view=compared"];
  for (const hash of views) {
    for (const options of [desktop, { ...phone, colorScheme: "dark" }]) {
      await reading(options, async (page) => {
        if (hash === "") await page.locator(".hex").first().waitFor();
        assert.ok((await sidewaysScroll(page)) <= 0, `${hash} is wider than the window`);
        assert.deepEqual(await seriousFaults(page), [], hash);
        if (hash !== "" || options === desktop) return;
        await picture(page, "phone-dark");
        await page.locator(".count b").evaluateAll((all) => all.forEach((each) => (each.textContent = "2777")));
        const overfull = (all) => all.filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.textContent);
        assert.deepEqual(await page.locator(".count").evaluateAll(overfull), []);
      }, hash);
    }
  }
});

test("prints what is open, without what only a screen has", async () => {
  await reading(desktop, async (page) => {
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator(".views").isVisible(), false);
    assert.equal(await page.locator("button.copy").first().isVisible(), false);
    assert.equal(await page.locator(".told").first().isVisible(), true);
    await picture(page, "print");
  });
});

test("tells the causes without script", async () => {
  await reading({ ...desktop, javaScriptEnabled: false }, async (page) => {
    assert.match(await page.locator(".plain li").first().textContent(), /125 bytes: accepted/);
    assert.match(await page.locator("noscript").textContent(), /packed and need JavaScript/);
  });
});
