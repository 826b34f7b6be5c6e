"""/usr/bin/python3 websockets_echo.py PORT: Debian's python3-websockets as an echo server on 127.0.0.1."""

import asyncio
import sys

import websockets


async def echo(connection, path=None):
    try:
        async for message in connection:
            await connection.send(message)
    except websockets.exceptions.ConnectionClosed:
        pass


async def main():
    async with websockets.serve(echo, "127.0.0.1", int(sys.argv[1]), max_size=64 << 20):
        await asyncio.get_running_loop().create_future()


asyncio.run(main())
