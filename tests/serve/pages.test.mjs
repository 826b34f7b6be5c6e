// The three ways in, from the server's own pages, in headless Chromium.
// usage: node pages.test.mjs PROGRAM
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { password, serve, user } from "./served.mjs";

const { chromium } = createRequire(new URL("../../reports/browser/package.json", import.meta.url))(
  "playwright-core");

let server;
let browser;
before(async () => {
  server = await serve(process.argv[2], ["--chat", "/chat"]);
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
});
after(async () => {
  await browser.close();
  await server.stop();
});

// Opens the page at a path and hands it to `use`.
async function on_page(path, use, options = {}) {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(60_000); // a busy machine is slow, not wrong
  const page = await context.newPage();
  const answer = await page.goto(server.http + path);
  assert.equal(answer.status(), 200);
  await use(page);
  await context.close();
}
const tells = (page, text) => page.locator("#log", { hasText: text }).waitFor();
async function talk(page) {
  await page.click("#open");
  await tells(page, "open ");
  await page.fill("#text", "Hello from a page");
  await page.click("#say button");
  await tells(page, "< Hello from a page");
}
async function name_oneself(page) {
  await page.fill("#user", user);
  await page.fill("#password", password);
}

test("tries the echo of any path", () => on_page("/", async (page) => {
  assert.equal(await page.isVisible("#user"), false);
  await talk(page);
  await page.click("#close");
  await tells(page, "closed 1000");
}));

test("lets in by Basic", () => on_page("/basic", talk,
  { httpCredentials: { username: user, password } }));

test("lets in by a session and shows out at its end", () => on_page("/cookie", async (page) => {
  await page.click("#open");
  await tells(page, "closed 1006");
  await name_oneself(page);
  await page.click("#login");
  await tells(page, "/login 200");
  await talk(page);
  await page.click("#logout");
  await tells(page, "closed 1008 the session is over");
}));

test("lets in by a ticket, each time by another", () => on_page("/ticket", async (page) => {
  await page.click("#open");
  await tells(page, "/ticket 401");
  await name_oneself(page);
  await talk(page);
  await page.click("#close");
  await tells(page, "closed 1000");
  await talk(page);
}));

test("shows who is there, and closes a client for who has a password", () => on_page("/", async (page) => {
  await talk(page);
  await on_page("/status", async (status) => {
    await status.locator("td", { hasText: "1 messages, 17 bytes" }).first().waitFor();
    await status.locator("button").last().click();
    await tells(page, "closed 1008 closed by an administrator");
    await status.getByText("Nobody is connected.").waitFor();
  }, { httpCredentials: { username: user, password } });
}));

test("chats from page to page, and shows hostile words as text", () => on_page("/chat", async (one) => {
  await one.fill("#room", "Gärten & more");
  await one.click("#rooms button");
  await one.waitForURL("**/chat/G%C3%A4rten%20%26%20more");
  await one.click("#open");
  await tells(one, "open ");
  await on_page("/chat/g%C3%A4rten%20&%20more", async (other) => {
    await other.click("#open");
    await tells(other, "open ");
    await other.fill("#text", "<b id='hostile'>\u202e\u0007");
    await other.click("#say button");
    for (const page of [one, other]) {
      await tells(page, "< <b id='hostile'>\\u{202e}\\u{7}");
      assert.equal(await page.locator("#hostile").count(), 0);
    }
  });
}));
