// How `wsconform serve` lives, as a service manager and an administrator see it: certificates that
// are exchanged, signals, sockets that it is given, its end. By Node's TLS and npm ws.
// usage: node life.test.mjs PROGRAM
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { connect } from "node:tls";

const { WebSocket } = createRequire(new URL("../peers/package.json", import.meta.url))("ws");
const program = process.argv[2];

let folder;
const at = (name) => join(folder, name);
before(() => (folder = mkdtempSync(join(tmpdir(), "wsconform-life-"))));
after(() => rmSync(folder, { recursive: true }));

// A certificate of its own for localhost, put into the files that the server is told.
function write_certificate(name) {
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
    "-subj", `/CN=${name}`, "-keyout", at("key.pem"), "-out", at("certificate.pem")], { stdio: "ignore" });
}

class Server {
  #said = "";
  #errors = "";
  constructor(more, options = {}) {
    const { stdio = [], through = (command) => command } = options;
    const [command, ...rest] = through([program, "serve", ...more]);
    this.process = spawn(command, rest, { stdio: ["ignore", "pipe", "pipe", ...stdio] });
    this.process.stdout.on("data", (bytes) => (this.#said += bytes));
    this.process.stderr.on("data", (bytes) => (this.#errors += bytes));
    this.gone = once(this.process, "exit");
  }
  async #until(stream, pattern, all) {
    while (!pattern.test(all())) await once(stream, "data");
    return pattern.exec(all());
  }
  async listens() {
    const [, , port] = await this.#until(this.process.stdout, /(wss?):\/\/\S+:(\d+)\/?\n/, () => this.#said);
    return (this.port = Number(port));
  }
  says(pattern) {
    return this.#until(this.process.stderr, pattern, () => this.#errors);
  }
  async end(signal = "SIGTERM") {
    this.process.kill(signal);
    const [code] = await this.gone;
    return code;
  }
}

async function open(url) {
  const socket = new WebSocket(url, { rejectUnauthorized: false });
  await once(socket, "open");
  return socket;
}
async function echo(socket, text) {
  socket.send(text);
  const [data] = await once(socket, "message");
  assert.equal(String(data), text);
}

// What the handshake of TLS agreed on.
async function agreed(port, options = {}) {
  const socket = connect({ host: "127.0.0.1", port, rejectUnauthorized: false, ...options });
  await once(socket, "secureConnect");
  const found = { version: socket.getProtocol(), alpn: socket.alpnProtocol, name: socket.getPeerCertificate().subject.CN };
  socket.destroy();
  return found;
}

test("speaks TLS 1.2 and 1.3, nothing older, and HTTP/1.1 by ALPN", async () => {
  write_certificate("first");
  const server = new Server(["--port", "0", "--tls-certificate", at("certificate.pem"), "--tls-key", at("key.pem")]);
  const port = await server.listens();
  for (const version of ["TLSv1.2", "TLSv1.3"]) {
    const found = await agreed(port, { minVersion: version, maxVersion: version, ALPNProtocols: ["h2", "http/1.1"] });
    assert.deepEqual(found, { version, alpn: "http/1.1", name: "first" });
  }
  await assert.rejects(agreed(port, { minVersion: "TLSv1.1", maxVersion: "TLSv1.1", ciphers: "ALL:@SECLEVEL=0" }));
  assert.equal(await server.end(), 0);
});

test("takes other certificates on SIGHUP, keeps what is open, and keeps the old ones where the new are wrong", async () => {
  write_certificate("before");
  const server = new Server(["--port", "0", "--tls-certificate", at("certificate.pem"), "--tls-key", at("key.pem")]);
  const port = await server.listens();
  const kept = await open(`wss://127.0.0.1:${port}/`);
  write_certificate("behind");
  server.process.kill("SIGHUP");
  // The signal is answered in its time: new connections tell when.
  while ((await agreed(port)).name !== "behind");
  await echo(kept, "still here");
  const file = readFileSync(at("certificate.pem"));
  writeFileSync(at("certificate.pem"), "no certificate");
  server.process.kill("SIGHUP");
  await server.says(/certificate\.pem/);
  assert.equal((await agreed(port)).name, "behind");
  await echo(kept, "and still");
  writeFileSync(at("certificate.pem"), file);
  kept.terminate();
  assert.equal(await server.end(), 0);
});

test("takes no harm by SIGUSR1 and SIGUSR2", async () => {
  const server = new Server(["--port", "0"]);
  const socket = await open(`ws://127.0.0.1:${await server.listens()}/`);
  server.process.kill("SIGUSR1");
  server.process.kill("SIGUSR2");
  await echo(socket, "here");
  socket.terminate();
  assert.equal(await server.end(), 0);
});

test("says goodbye with 1001 on SIGTERM, behind what it owes", async () => {
  const server = new Server(["--port", "0"]);
  const socket = await open(`ws://127.0.0.1:${await server.listens()}/`);
  await echo(socket, "last words");
  const closed = once(socket, "close");
  const code = server.end();
  assert.equal((await closed)[0], 1001);
  assert.equal(await code, 0);
});

test("serves at a socket that a service manager gives it", async () => {
  const listening = createServer();
  listening.listen(0, "127.0.0.1");
  await once(listening, "listening");
  const { port } = listening.address();
  const server = new Server([], {
    stdio: [listening._handle.fd],
    through: (command) => ["sh", "-c", 'LISTEN_PID=$$ LISTEN_FDS=1 exec "$@"', "sh", ...command],
  });
  assert.equal(await server.listens(), port);
  listening.close(); // it has its own
  const socket = await open(`ws://127.0.0.1:${port}/`);
  await echo(socket, "given");
  socket.terminate();
  assert.equal(await server.end(), 0);
});
