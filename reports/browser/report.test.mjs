// Opens the golden HTML report in headless Chromium, as a reader would: from a file, offline.
// usage: node report.test.mjs [REPORT.html]
// WSCONFORM_SCREENSHOTS=FOLDER keeps what it looks like.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const golden = fileURLToPath(new URL("../golden/report.html", import.meta.url));
const address = pathToFileURL(process.argv[2] ?? golden).href;
const hostile = "</script><script>alert(1)</script>";
const desktop = { viewport: { width: 1280, height: 900 } };
const phone = { viewport: { width: 360, height: 780 } };

let browser;

before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
});

after(() => browser.close());

// Opens the page, hands it to `look`, and asks that it stayed quiet: nothing on the console, no dialog,
// no request but the one for the file.
async function reading(options, look, hash = "") {
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
  await look(page);
  await context.close();
  assert.deepEqual(noise, []);
  assert.deepEqual(requests, [address]);
}

async function picture(page, name) {
  const folder = process.env.WSCONFORM_SCREENSHOTS;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
}

const shownCases = (page) => page.locator(".case:visible");
const caseNamed = (page, slug) =>
  page.locator(".case", { has: page.locator(`summary code:text-is("${slug}")`) });
const sidewaysScroll = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

test("shows target, outcome and every case", async () => {
  await reading(desktop, async (page) => {
    assert.equal(await page.title(), "sample server · wsconform");
    assert.equal(await page.locator("h1").textContent(), "sample server");
    assert.equal(await page.locator(".outcome").textContent(), "3 unexpected results");
    assert.match(await page.locator(".gist").textContent(), /seed 18446744073709551557/);
    assert.equal(await shownCases(page).count(), 9);
    assert.equal(await page.locator("#requirements").isVisible(), false);
    await picture(page, "desktop-light");
  });
});

test("filters by verdict, and by several verdicts at once", async () => {
  await reading(desktop, async (page) => {
    await page.locator("button[data-verdict=fail]").click();
    assert.equal(await shownCases(page).count(), 2);
    assert.equal(await page.locator(".shown").textContent(), "2 of 9");
    await page.locator("button[data-verdict=error]").click();
    assert.equal(await shownCases(page).count(), 3);
    assert.equal(await page.locator("#cases .group:visible").count(), 3);
    await page.locator("button[data-unexpected]").click();
    assert.equal(await shownCases(page).count(), 2);
    await page.locator("#reset").click();
    assert.equal(await shownCases(page).count(), 9);
    assert.equal(await page.locator("button[aria-pressed=true]:visible").count(), 0);
  });
});

test("filters by level and section", async () => {
  await reading(desktop, async (page) => {
    await page.locator("#level").selectOption("must");
    assert.equal(await shownCases(page).count(), 6);
    await page.locator("#section").selectOption("rfc6455/5.5-control-frames");
    assert.equal(await shownCases(page).count(), 2);
    await page.locator("#level").selectOption("may");
    assert.equal(await shownCases(page).count(), 0);
    assert.equal(await page.locator(".nothing").isVisible(), true);
  });
});

test("searches from the keyboard and opens the first match with Enter", async () => {
  await reading(desktop, async (page) => {
    await page.keyboard.press("/");
    await page.keyboard.type("PING generous");
    assert.equal(await page.locator("#search").inputValue(), "PING generous");
    assert.equal(await shownCases(page).count(), 1);
    await page.keyboard.press("Enter");
    assert.equal(await caseNamed(page, "ping-126").getAttribute("open"), "");
    await page.keyboard.press("Enter");
    assert.equal(await caseNamed(page, "ping-126").getAttribute("open"), null);
    await page.keyboard.press("/");
    await page.keyboard.press("Escape");
    assert.equal(await shownCases(page).count(), 9);
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    const focused = page.locator(".case > summary:focus code");
    assert.equal(await focused.textContent(), "version/leading-zero");
    await page.keyboard.press("k");
    assert.equal(await focused.textContent(), "hostile-head");
  });
});

test("shows frames beside their bytes when a case is opened", async () => {
  await reading(desktop, async (page) => {
    const opened = caseNamed(page, "ping-126");
    assert.equal(await page.locator(".hex").count(), 0);
    await opened.locator("summary").click();
    assert.match(await opened.locator(".turn").textContent(), /then the end of TCP/);
    const ping = opened.locator(".wire li.sent", { hasText: "Ping" });
    await ping.locator(".hex").waitFor();
    assert.match(await ping.locator("p").textContent(), /^Ping, 126 bytes, masked/);
    const dump = await ping.locator(".hex").textContent();
    assert.match(dump, /^0000 {2}89 fe 00 7e 00 00 00 00 {2}2a 2a/);
    assert.match(dump, /\n0080 {2}2a 2a 2a 2a 2a 2a +\*{6} *\n$/);
    assert.equal((await ping.locator(".hex b").first().textContent()).trim(), "89 fe 00 7e");
    assert.equal((await ping.locator(".hex i").first().textContent()).trim(), "00 00 00 00");
    assert.match(await opened.locator(".wire strong").textContent(), /control-frame-too-long/);
    await picture(page, "desktop-light-case");
  });
});

test("says what it left out of a long payload", async () => {
  await reading(desktop, async (page) => {
    const opened = caseNamed(page, "hostile-head");
    await opened.locator("summary").click();
    assert.equal(await opened.locator(".wire em").textContent(), "first 192 of 70000 bytes");
    assert.match(await opened.locator(".body > .cut").textContent(), /^4096 further entries/);
  });
});

test("leaves what a hostile target sent as text", async () => {
  await reading(desktop, async (page) => {
    await caseNamed(page, "hostile-head").locator("summary").click();
    assert.equal(await page.evaluate(() => document.scripts.length), 1);
    assert.equal(await page.locator("b:text-is('bold')").count(), 0);
    assert.ok((await page.locator(".case .reason").first().textContent()).includes(hostile));
    const text = await page.locator("body").innerText();
    assert.doesNotMatch(text, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });
});

test("runs no script but its own", async () => {
  const page = await browser.newPage();
  await page.goto(address);
  const ran = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "globalThis.injected = true";
    document.body.append(script);
    document.body.insertAdjacentHTML("beforeend", "<p onclick='globalThis.injected = true'>x</p>");
    document.body.lastElementChild.click();
    return globalThis.injected === true;
  });
  assert.equal(ran, false);
  await page.close();
});

test("follows a link to a case, from outside and from the matrix", async () => {
  const hash = "#case:rfc6455/7.4-close-codes/reserved/1005";
  await reading(desktop, async (page) => {
    const linked = caseNamed(page, "reserved/1005");
    assert.equal(await linked.getAttribute("open"), "");
    await page.locator("button[data-verdict=pass]").click();
    assert.equal(await linked.isVisible(), false);
    await page.locator('.views a[href="#requirements"]').click();
    await page.locator('[id="req:rfc6455/7.4.1-reserved-codes-unsent"] .tiles a').click();
    await linked.waitFor();
    assert.equal(await page.locator("#requirements").isVisible(), false);
    assert.ok(await linked.locator("summary").evaluate((summary) => {
      const { top, bottom } = summary.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    }));
  }, hash);
});

test("shows every requirement with its cases, and those without", async () => {
  await reading(desktop, async (page) => {
    await page.locator('.views a[href="#requirements"]').click();
    assert.equal(await page.locator(".req:visible").count(), 10);
    const payload = page.locator('[id="req:rfc6455/5.5-control-payload-125"]');
    assert.equal(await payload.locator(".badge").textContent(), "fail");
    assert.equal(await payload.locator(".tiles").textContent(), "PF");
    await picture(page, "desktop-light-requirements");
    await page.locator(".states button[data-state=uncovered]").click();
    assert.equal(await page.locator(".req:visible").count(), 1);
    assert.match(await page.locator(".req:visible .why").textContent(), /No case/);
    await page.locator(".states button[data-state=untestable]").click();
    assert.match(await page.locator(".req:visible").textContent(), /not testable/);
  });
});

test("fits a phone", async () => {
  await reading(phone, async (page) => {
    assert.ok((await sidewaysScroll(page)) <= 0);
    await picture(page, "phone");
    for (const summary of await page.locator(".case > summary").all()) await summary.click();
    await page.locator(".hex").first().waitFor();
    assert.ok((await sidewaysScroll(page)) <= 0);
    assert.ok(await page.locator(".hex:visible").first()
      .evaluate((dump) => dump.scrollWidth <= dump.clientWidth));
    await page.locator('.views a[href="#requirements"]').click();
    assert.ok((await sidewaysScroll(page)) <= 0);
  });
});

// The share of light between text and ground (WCAG 2.2 §1.4.3 asks for 4.5).
function contrastOf(element) {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const paint = (ground, colour) => {
    canvas.fillStyle = ground;
    canvas.fillRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data;
  };
  const light = ([...rgba]) => {
    const [r, g, b] = rgba.map((v) =>
      v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const page = getComputedStyle(document.body).backgroundColor;
  const style = getComputedStyle(element);
  const ground = light(paint(page, style.backgroundColor));
  const text = light(paint(page, style.color));
  return (Math.max(ground, text) + 0.05) / (Math.min(ground, text) + 0.05);
}

for (const colorScheme of ["light", "dark"]) {
  test(`can be read in the ${colorScheme} scheme`, async () => {
    await reading({ ...desktop, colorScheme }, async (page) => {
      const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const brightness = Number(ground.match(/\d+/)[0]);
      assert.equal(brightness < 64, colorScheme === "dark");
      for (const part of [".badge", ".says", ".why", ".meta code", ".tally span", ".gist"]) {
        for (const element of await page.locator(part).all()) {
          const contrast = await element.evaluate(contrastOf);
          assert.ok(contrast >= 4.5, `${part} ${await element.textContent()}: ${contrast}`);
        }
      }
      await caseNamed(page, "ping-126").locator("summary").click();
      await picture(page, `desktop-${colorScheme}-open`);
    });
  });
}

test("reads as a plain page without script", async () => {
  await reading({ ...desktop, javaScriptEnabled: false }, async (page) => {
    assert.equal(await shownCases(page).count(), 9);
    assert.equal(await page.locator(".controls").isVisible(), false);
    assert.equal(await page.locator(".req:visible").count(), 10);
    const opened = caseNamed(page, "ping-126");
    await opened.locator("summary").click();
    assert.match(await opened.locator(".wire").innerText(), /\n→ 0.40 ms {2}Ping, 126 bytes, masked/);
  });
});
