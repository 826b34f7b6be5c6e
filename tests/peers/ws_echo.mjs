// node ws_echo.mjs PORT [--dies-of LENGTH]: npm ws as an echo server on 127.0.0.1. With --dies-of the process ends when a
// binary message of that length comes, like a server with a bug.
import { WebSocketServer } from 'ws';

const [port, option, length] = process.argv.slice(2);
const fatal = option === '--dies-of' ? Number(length) : -1;
const server = new WebSocketServer({ host: '127.0.0.1', port: Number(port), maxPayload: 64 << 20 });
server.on('connection', (socket) => {
  socket.on('error', () => {});
  socket.on('message', (data, isBinary) => {
    if (isBinary && data.length === fatal) {
      console.error(`killed by a message of ${fatal} bytes`);
      process.exit(7);
    }
    socket.send(data, { binary: isBinary });
  });
});
