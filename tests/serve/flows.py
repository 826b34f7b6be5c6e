"""The three ways in, by Python's websockets. usage: flows.py PROGRAM"""

import asyncio
import base64
import json
import pathlib
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request

import websockets

USER, PASSWORD = "ann", "open sesame"
BASIC = {"Authorization": "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()}


def post(url, form=None, headers=None):
    body = urllib.parse.urlencode(form or {}).encode()
    return urllib.request.urlopen(urllib.request.Request(url, data=body, headers=headers or {}))


async def is_let_in(url, headers=None):
    async with websockets.connect(url, extra_headers=headers or {}) as socket:
        await socket.send("Hello")
        assert await socket.recv() == "Hello"


async def is_refused(url, headers=None, status=401):
    try:
        await is_let_in(url, headers)
    except websockets.InvalidStatusCode as refusal:
        assert refusal.status_code == status, refusal.status_code
    else:
        raise AssertionError(f"{url} let in")


async def by_basic(ws):
    await is_refused(f"{ws}/basic")
    await is_let_in(f"{ws}/basic", BASIC)


async def by_session(ws, http):
    answer = post(f"{http}/login", {"user": USER, "password": PASSWORD})
    cookie = {"Cookie": answer.headers["Set-Cookie"].split(";")[0]}
    await is_refused(f"{ws}/cookie")
    await is_let_in(f"{ws}/cookie", cookie)
    async with websockets.connect(f"{ws}/cookie", extra_headers=cookie) as socket:
        await asyncio.get_running_loop().run_in_executor(
            None, lambda: post(f"{http}/logout", headers=cookie)
        )
        try:
            await socket.recv()
        except websockets.ConnectionClosed as closed:
            assert closed.rcvd.code == 1008, closed.rcvd
    await is_refused(f"{ws}/cookie", cookie)


async def by_ticket(ws, http):
    ticket = json.load(post(f"{http}/ticket", headers=BASIC))["ticket"]
    await is_refused(f"{ws}/ticket")
    await is_let_in(f"{ws}/ticket?ticket={ticket}")
    await is_refused(f"{ws}/ticket?ticket={ticket}")


async def go_all_ways(ws):
    http = ws.replace("ws://", "http://")
    await by_basic(ws)
    await by_session(ws, http)
    await by_ticket(ws, http)


def main(program):
    with tempfile.TemporaryDirectory() as folder:
        users = pathlib.Path(folder, "users")
        made = subprocess.run(
            [program, "passwd", USER, "--cost", "10"],
            input=PASSWORD + "\n",
            capture_output=True,
            text=True,
            check=True,
        )
        users.write_text(made.stdout)
        command = [program, "serve", "--port", "0", "--passwords", str(users)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            try:
                asyncio.run(go_all_ways(server.stdout.readline().split()[-1]))
            finally:
                server.terminate()


if __name__ == "__main__":
    main(sys.argv[1])
