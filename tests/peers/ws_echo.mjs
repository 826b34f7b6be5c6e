// node ws_echo.mjs PORT [--OPTION LENGTH]...: npm ws as an echo server on 127.0.0.1, and at wish one with a bug:
// --dies-of: the process ends when a binary message of that length comes; --dies-from: or a longer one, text too.
// --hangs-of: the process turns in a circle when a binary message of that length comes.
// --freezes-of: it waits for ever then.
// --hangs-second-of: it waits for ever when the second message of that length comes; of the first it is busy for a while,
// and swallows it.
// --swallows-first-of: the first message of that length does not come back, later ones do.
// --tells-all (any length): messages come to all clients, as in a chat. --ticks N: one of its own every N ms.
// --text-only CODE: closes with it when a binary message comes.
// --no-pong (any length): answers no Ping.
// --keeps-tcp (any length): TCP stays open behind an answered Close.
// --swallows-from: messages of that length and more do not come back. --max-payload: ws's own limit.
import { WebSocketServer } from 'ws';

const [port, ...rest] = process.argv.slice(2);
const lengths = new Map();
for (let i = 0; i + 1 < rest.length; i += 2) lengths.set(rest[i], Number(rest[i + 1]));
const freeze = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
let hangs = false;
let swallows = lengths.has('--swallows-first-of');
const length = (option, otherwise) => lengths.get(option) ?? otherwise;

const server = new WebSocketServer({
  host: '127.0.0.1', port: Number(port), maxPayload: length('--max-payload', 64 << 20),
  autoPong: !lengths.has('--no-pong'),
});
server.on('connection', (socket) => {
  socket.on('error', () => {});
  if (lengths.has('--ticks')) {
    const clock = setInterval(() => socket.send('tick'), lengths.get('--ticks'));
    socket.on('close', () => clearInterval(clock));
  }
  if (lengths.has('--keeps-tcp')) socket._socket.end = () => {};
  socket.on('message', (data, isBinary) => {
    if (isBinary && lengths.has('--text-only')) {
      socket.close(lengths.get('--text-only'));
      return;
    }
    const fatal = isBinary && data.length === length('--dies-of', -1);
    if (fatal || data.length >= length('--dies-from', Infinity)) {
      console.error(`killed by a message of ${data.length} bytes`);
      process.exit(7);
    }
    while (isBinary && data.length === length('--hangs-of', -1));
    if (isBinary && data.length === length('--freezes-of', -1)) freeze();
    if (data.length === length('--hangs-second-of', -1)) {
      const freed = Date.now() + 700;
      if (hangs) freeze();
      while (Date.now() < freed);
      hangs = true;
      return;
    }
    if (swallows && data.length === length('--swallows-first-of')) {
      swallows = false;
      return;
    }
    if (data.length >= length('--swallows-from', Infinity)) return;
    const listeners = lengths.has('--tells-all') ? server.clients : [socket];
    for (const each of listeners) each.send(data, { binary: isBinary });
  });
});
