// A chat by npm ws, over TCP and over TLS, with permessage-deflate and without.
// usage: node chat.test.mjs PROGRAM
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { password, serve, user } from "./served.mjs";

const { WebSocket } = createRequire(new URL("../peers/package.json", import.meta.url))("ws");

// A member that keeps what it hears; `hears(n)` waits for n messages and gives them.
function enter(url, options = {}) {
  const socket = new WebSocket(url, { rejectUnauthorized: false, ...options });
  const heard = [];
  let tell = () => {};
  socket.on("message", (data, is_binary) => {
    heard.push(is_binary ? data : String(data));
    tell();
  });
  const member = {
    socket,
    async hears(count) {
      while (heard.length < count) await new Promise((resolve) => (tell = resolve));
      return heard.splice(0, count);
    },
    async leaves() {
      const closed = new Promise((resolve) => socket.on("close", resolve));
      socket.close(1000);
      assert.equal(await closed, 1000);
    },
  };
  return new Promise((resolve, reject) => {
    socket.on("open", () => resolve(member));
    socket.on("error", reject);
  });
}

async function served(more, use) {
  const server = await serve(process.argv[2], ["--chat", "/chat", ...more]);
  try {
    await use(server);
  } finally {
    await server.stop();
  }
}

for (const more of [[], ["--tls-dev"]]) {
  test(`carries what is said to all in the room ${more}`, () => served(more, async ({ ws }) => {
    const members = await Promise.all([0, 1, 2, 3, 4, 5].map((n) =>
      enter(ws + "/chat/garden", { perMessageDeflate: n % 2 === 0 })));
    const elsewhere = await enter(ws + "/chat");
    const long = "x".repeat(50_000);
    members[0].socket.send("Hello");
    for (const member of members) assert.deepEqual(await member.hears(1), ["Hello"]);
    members[1].socket.send(Buffer.from([0, 255]));
    members[1].socket.send(long);
    for (const member of members) assert.deepEqual(await member.hears(2), [Buffer.from([0, 255]), long]);
    elsewhere.socket.send("alone");
    assert.deepEqual(await elsewhere.hears(1), ["alone"]);
    await members.shift().leaves();
    members[0].socket.send("still here");
    for (const member of members) assert.deepEqual(await member.hears(1), ["still here"]);
    for (const member of [...members, elsewhere]) await member.leaves();
  }));
}

test("keeps the order in which each speaks", () => served([], async ({ ws }) => {
  const members = await Promise.all([0, 1, 2].map(() => enter(ws + "/chat")));
  const count = 2000;
  members.forEach(({ socket }, n) => {
    for (let i = 0; i < count; ++i) socket.send(`${n} ${i}`);
  });
  const all = await Promise.all(members.map((member) => member.hears(count * members.length)));
  for (const heard of all) {
    assert.deepEqual(heard, all[0]);
    for (const n of members.keys()) {
      const of_one = heard.filter((text) => text.startsWith(`${n} `));
      assert.deepEqual(of_one, Array.from({ length: count }, (_, i) => `${n} ${i}`));
    }
  }
}));

test("keeps the rules of a resource", () => served([], async ({ ws, http }) => {
  const status = (url) => enter(url).then(() => 101, (error) => Number(/\d{3}$/.exec(error.message)[0]));
  assert.equal(await status(ws + "/chat/%00"), 400);
  const page = await fetch(http + "/chat/a");
  assert.equal(page.status, 200);
  const seen = await fetch(http + "/status.json", {
    headers: { authorization: "Basic " + Buffer.from(`${user}:${password}`).toString("base64") } });
  assert.equal((await seen.json()).chat.rooms, 0);
}));
