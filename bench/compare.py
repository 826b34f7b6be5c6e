"""Echo servers side by side under one load, as a table with ratios to the first of them.

usage: compare.py FOLDER [SECONDS [IDLE]]

FOLDER is a build of the preset `bench`. Servers: `wsconform serve`, Boost.Beast, websocketpp, libwebsockets (bench/servers) and
npm `ws` (tests/peers; where `npm ci` was not run there, it is left out). Each is started, loaded by echo_load, and stopped.
"""

import pathlib
import socket
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent


def servers(build):
    """(name, command but for the port) of each that is there."""
    yield "wsconform", [build / "cli/wsconform", "serve", "--log-level", "off", "--no-deflate", "--port"]
    for name in ("beast", "websocketpp", "libwebsockets"):
        if (build / f"bench/{name}_echo").exists():
            yield name, [build / f"bench/{name}_echo"]
    if (ROOT / "tests/peers/node_modules/ws").exists():
        yield "ws", ["node", ROOT / "tests/peers/ws_echo.mjs"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def await_listener(port, server):
    while server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except ConnectionRefusedError:
            time.sleep(0.05)
    sys.exit(f"{server.args[0]} ended at once")


def loaded(build, command, more):
    """The numbers of one server, by what they are."""
    port = free_port()
    with subprocess.Popen([*map(str, command), str(port)], stdout=subprocess.DEVNULL) as server:
        try:
            await_listener(port, server)
            load = [build / "bench/echo_load", str(port), str(server.pid), *more]
            said = subprocess.run(load, capture_output=True, text=True, check=False)
        finally:
            server.kill()
    if said.returncode != 0:
        return {}
    numbers = {}
    for line in said.stdout.splitlines():
        kind, *fields = line.split()
        values = dict(field.split("=") for field in fields)
        connections = int(values.pop("connections"))
        for name, value in values.items():
            numbers[kind, connections, name] = float(value)
    return numbers


def table(results):
    """Rows of Markdown: a quantity each, a server in each column, with its ratio to the first."""
    names = list(results)
    first = results[names[0]]
    yield "| | " + " | ".join(names) + " |"
    yield "|---|" + "---:|" * len(names)
    for key in first:
        kind, connections, name = key
        if name == "median-us":
            continue
        cells = []
        for server in names:
            value = results[server].get(key)
            if value is None:
                cells.append("failed")
            elif server == names[0]:
                cells.append(f"**{value:,.0f}**")
            else:
                cells.append(f"{value:,.0f} ({value / first[key]:.2f})" if first[key] else f"{value:,.0f}")
        yield f"| {kind}, {connections:,} connections, {name} | " + " | ".join(cells) + " |"


def main(build, *more):
    build = pathlib.Path(build)
    results = {}
    for name, command in servers(build):
        results[name] = loaded(build, command, more)
        print(f"{name} is done", file=sys.stderr)
    print(*table(results), sep="\n")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(*sys.argv[1:])
