// The three ways in, by curl alone, as docs/serve.md types them.
// usage: node flows_of_curl.test.mjs PROGRAM
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { password, serve, user } from "./served.mjs";

let server;
before(async () => (server = await serve(process.argv[2])));
after(() => server.stop());

// What curl prints until it ends, or until the head of a 101 is there: then it would wait on. Into a
// pipe it prints a head only with what follows, but for stdbuf.
async function curl(path, ...more) {
  const program = spawn("stdbuf", ["-oL", "curl", "-sNi", "--max-time", "60", ...more, server.http + path],
    { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  for await (const bytes of program.stdout) {
    said += bytes;
    if (/^HTTP\/1\.1 101[^]*\r\n\r\n/.test(said)) program.kill();
  }
  return said;
}
const upgrade = ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="].flatMap((field) => ["-H", field]);
const status = (said) => Number(/^HTTP\/1\.1 (\d{3}) /.exec(said)[1]);

async function opens(path, ...more) {
  const said = await curl(path, ...upgrade, ...more);
  assert.equal(status(said), 101, said);
  assert.match(said, /^sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=\r$/im);
}
async function refuses(path, ...more) {
  assert.equal(status(await curl(path, ...upgrade, ...more)), 401);
}

test("lets in by Basic, the page and then its WebSocket", async () => {
  const asked = await curl("/basic");
  assert.equal(status(asked), 401);
  assert.match(asked, /^www-authenticate: Basic realm="wsconform", charset="UTF-8"\r$/im);
  assert.equal(status(await curl("/basic", "-u", `${user}:${password}`)), 200);
  await opens("/basic", "-u", `${user}:${password}`);
  await refuses("/basic", "-u", `${user}:open sesam`);
  await refuses("/basic");
});

test("lets in by the cookie of a login, until the logout", async () => {
  const jar = join(server.folder, "cookies");
  const login = ["-c", jar, "-d", `user=${user}`, "--data-urlencode"];
  assert.equal(status(await curl("/login", ...login, "password=wrong")), 401);
  await refuses("/cookie", "-b", jar);
  assert.equal(status(await curl("/login", ...login, `password=${password}`)), 200);
  await opens("/cookie", "-b", jar);
  assert.equal(status(await curl("/logout", "-b", jar, "-X", "POST")), 200);
  await refuses("/cookie", "-b", jar);
});

test("lets in by a ticket, once", async () => {
  assert.equal(status(await curl("/ticket", "-X", "POST")), 401);
  const given = await curl("/ticket", "-X", "POST", "-u", `${user}:${password}`);
  assert.equal(status(given), 200);
  const { ticket } = JSON.parse(given.slice(given.indexOf("\r\n\r\n")));
  await refuses(`/ticket?ticket=${ticket}x`);
  await opens(`/ticket?ticket=${ticket}`);
  await refuses(`/ticket?ticket=${ticket}`);
});
