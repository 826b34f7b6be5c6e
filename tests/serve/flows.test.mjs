// The three ways in, by fetch and npm ws, as a program would go them.
// usage: node flows.test.mjs PROGRAM
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { password, serve, user } from "./served.mjs";

const { WebSocket } = createRequire(new URL("../peers/package.json", import.meta.url))("ws");

let server;
before(async () => (server = await serve(process.argv[2])));
after(() => server.stop());

const basic = { authorization: "Basic " + Buffer.from(`${user}:${password}`).toString("base64") };
const form = new URLSearchParams({ user, password });

// Opens, sends, and gives what came back and the socket; or the status that refused it.
function talk(path, headers = {}) {
  return new Promise((resolve) => {
    const socket = new WebSocket(server.ws + path, { headers });
    socket.on("unexpected-response", (_, response) => {
      resolve({ status: response.statusCode, date: response.headers.date });
      response.resume();
    });
    socket.on("error", () => {});
    socket.on("open", () => socket.send("Hello"));
    socket.on("message", (data) => resolve({ status: 101, echo: String(data), socket }));
  });
}
async function let_in(path, headers) {
  const { status, echo, socket } = await talk(path, headers);
  assert.equal(status, 101);
  assert.equal(echo, "Hello");
  return socket;
}
async function refused(path, headers, status = 401) {
  const answer = await talk(path, headers);
  assert.equal(answer.status, status);
  assert.ok(answer.date);
}
const post = (path, options = {}) => fetch(server.http + path, { method: "POST", ...options });

test("lets in by Basic, a page and its WebSocket alike", async () => {
  const asked = await fetch(server.http + "/basic");
  assert.equal(asked.status, 401);
  assert.equal(asked.headers.get("www-authenticate"), 'Basic realm="wsconform", charset="UTF-8"');
  assert.match(await asked.text(), /password/);
  assert.equal((await fetch(server.http + "/basic", { headers: basic })).status, 200);
  (await let_in("/basic", basic)).close();
  await refused("/basic");
  await refused("/basic", { authorization: "Basic " + Buffer.from(`${user}:open sesam`).toString("base64") });
  for (const path of ["/%62asic", "/BASIC", "/basic/", "//basic", "/./basic", "/basic;x"]) await refused(path);
});

test("lets in by a session until it is over, and then shows out who came by it", async () => {
  await refused("/cookie");
  assert.equal((await post("/login", { body: new URLSearchParams({ user, password: "x" }) })).status, 401);
  const login = await post("/login", { body: form });
  assert.equal(login.status, 200);
  const set = login.headers.get("set-cookie");
  assert.match(set, /^wsconform-session=[^;]+; Path=\/; Max-Age=3600; HttpOnly; SameSite=Strict$/);
  const cookie = set.split(";")[0];
  const socket = await let_in("/cookie", { cookie });
  await refused("/cookie", { cookie: cookie + "x" });
  await refused("/cookie", { cookie, origin: "https://evil.example" }, 403);
  (await let_in("/cookie", { cookie, origin: server.http })).close();
  const closed = new Promise((resolve) => socket.on("close", resolve));
  assert.equal((await post("/logout", { headers: { cookie } })).status, 200);
  assert.equal(await closed, 1008);
  await refused("/cookie", { cookie });
});

test("lets in by a ticket, once", async () => {
  assert.equal((await post("/ticket")).status, 401);
  assert.equal((await post("/ticket", { headers: { ...basic, origin: "https://evil.example" } })).status, 403);
  const { ticket } = await (await post("/ticket", { headers: basic })).json();
  await refused("/ticket");
  await refused(`/ticket?ticket=${ticket}x`);
  (await let_in(`/ticket?ticket=${ticket}`)).close();
  await refused(`/ticket?ticket=${ticket}`);
});

test("is judged by wsconform, which logs in for every connection", () => {
  const profile = join(server.folder, "wsconform.json");
  writeFileSync(profile, JSON.stringify({
    url: server.ws + "/",
    policy: {
      cookie: { name: "wsconform-session", path: "/cookie", login: { path: "/login", body: String(form) },
        logout: "/logout", origin: server.http },
      ticket: { parameter: "ticket", "single-use": true, path: "/ticket",
        login: { path: "/ticket", headers: { Authorization: basic.authorization }, find: "/ticket" } },
    },
  }));
  const said = execFileSync(process.argv[2],
    ["run", "--profile", profile, "--jobs", "5", "--case", "policy/cookie/*", "--case", "policy/ticket/*",
      "--case", "policy/sessions/*"]);
  assert.ok(Number(/ (\d+) pass/.exec(said)[1]) >= 29);
});
