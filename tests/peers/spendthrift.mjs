// node spendthrift.mjs PORT [spins|takes]: an echo server on 127.0.0.1 for small frames that spends too much on a frame
// whose rest has not come. spins: it uses a whole core from then on, and goes on serving. takes: it sets memory aside for
// what was declared, up to a bound, and writes to it. Otherwise it waits, as it should.
import { createHash } from 'node:crypto';
import { createServer } from 'node:net';

const [port, vice] = process.argv.slice(2);
const bound = 320 << 20;
let spinning = false;
let taken = null;

function spend(declared) {
  if (vice === 'spins' && !spinning) {
    spinning = true;
    const spin = () => setImmediate(spin);
    spin();
  }
  if (vice === 'takes' && declared > 1 << 20) taken ??= Buffer.alloc(Math.min(declared, bound), 1);
}

// The header of the first frame, or null where more bytes are needed.
function header(bytes) {
  if (bytes.length < 2) return null;
  const form = bytes[1] & 127;
  const extended = form === 126 ? 2 : form === 127 ? 8 : 0;
  if (bytes.length < 6 + extended) return null;
  const length = extended === 2 ? bytes.readUInt16BE(2)
    : extended === 8 ? Number(bytes.readBigUInt64BE(2)) : form;
  return { opcode: bytes[0] & 15, length, size: 6 + extended };
}

function answer(socket, opcode, payload) {
  const head = payload.length < 126 ? [payload.length] : [126, payload.length >> 8, payload.length & 255];
  socket.write(Buffer.concat([Buffer.from([0x80 | opcode, ...head]), payload]));
  if (opcode === 8) socket.end();
}

function frames(socket, bytes) {
  for (;;) {
    const found = header(bytes);
    if (!found) return bytes;
    if (found.length > 65535) spend(found.length);
    const end = found.size + found.length;
    if (bytes.length < end) return bytes;
    const key = bytes.subarray(found.size - 4, found.size);
    const payload = Buffer.from(bytes.subarray(found.size, end)).map((byte, i) => byte ^ key[i & 3]);
    const reply = { 1: 1, 2: 2, 8: 8, 9: 10 }[found.opcode];
    if (reply) answer(socket, reply, payload);
    bytes = bytes.subarray(end);
  }
}

createServer((socket) => {
  let bytes = Buffer.alloc(0);
  let open = false;
  socket.on('error', () => {});
  socket.on('data', (more) => {
    bytes = Buffer.concat([bytes, more]);
    if (!open) {
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) return;
      const key = /^sec-websocket-key: *(\S+)/im.exec(bytes.subarray(0, end).toString('latin1'))?.[1];
      const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
        `Sec-WebSocket-Accept: ${accept}\r\n\r\n`);
      open = true;
      bytes = bytes.subarray(end + 4);
    }
    bytes = frames(socket, bytes);
  });
}).listen(Number(port), '127.0.0.1');
