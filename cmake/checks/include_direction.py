"""Checks who includes whom: rooms may include only the rooms below them, and a unit its own header
first, which shows that the header stands alone.

usage: include_direction.py ROOT

Prints one line `file:line: what is wrong` for every breach and exits with 1 if there is any, or
with 2 if ROOT has no sources at all.
"""

import pathlib
import re
import sys

# What a room's own sources may include besides the room itself, and beside what those rooms may.
MAY_SEE = {
    "core": set(),
    "reports/results": {"core"},
    "reports": {"reports/results"},
    "server-under-test/site": {"core"},
    "server-under-test/chat": {"core"},
    "server-under-test/status": {"server-under-test/site", "server-under-test/chat"},
    "server-under-test": {"server-under-test/status"},
    "runner/input": {"core"},
    "runner/target": {"runner/input"},
    "runner/casebook": {"runner/target", "reports/results"},
    "runner/conversation": {"runner/casebook"},
    "runner/process": {"core"},
    "runner/suite": {"runner/conversation", "runner/process"},
    "fuzz": {"core"},
    "fuzz/suite": {"fuzz", "runner/conversation", "reports"},
    "fuzz/seeds": {"fuzz/suite"},
    "fuzz/live": {"runner/suite"},
    "fuzz/report": {"reports"},
    "fuzz/campaign": {"runner/input", "runner/process", "fuzz/report"},
    "proof": {"runner/conversation", "server-under-test"},
    "cli": {"proof", "fuzz/live", "fuzz/campaign"},
    "bench": {"core"},
    "tests": {"proof", "reports", "fuzz/live"},
}

# What makes a room something else: core has no sockets, threads, clock or JSON; reports knows only
# results and JSON.
MUST_NOT_INCLUDE = {
    "core": r"boost/asio|nlohmann|valijson|thread$|mutex$|sys/socket|iostream$|fstream$",
    "reports": r"boost/asio|sys/socket|thread$",
}

CLOCK_READ = re.compile(r"clock::now\b")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


ROOM_NAMES = sorted(MAY_SEE, key=len, reverse=True)


def room_of(path):
    """The innermost room that holds the file or folder at `path`, or None."""
    return next((room for room in ROOM_NAMES if f"{path}/".startswith(f"{room}/")), None)


def seen_from(room):
    """Every room that a source of `room` may include."""
    seen = {room}
    for other in MAY_SEE[room]:
        seen |= seen_from(other)
    return seen


def breaches_in(room, text):
    """Yields (line number, message) for each line of `text`, a file of `room`, that is wrong."""
    for number, line in enumerate(text.splitlines(), start=1):
        if room == "core" and CLOCK_READ.search(line):
            yield number, "core is told the time, it reads no clock"
        match = INCLUDE.match(line)
        if not match:
            continue
        bracket, path = match.groups()
        if bracket == "<":
            banned = MUST_NOT_INCLUDE.get(room) or MUST_NOT_INCLUDE.get(room.split("/")[0])
            if banned and re.search(banned, path):
                yield number, f"{room} must do without <{path}>"
            continue
        seen = room_of(path)
        if seen is None:
            yield number, f'write "{path}" from the root of the repository'
        elif seen not in seen_from(room):
            yield number, f"{room} must not see {seen}"


def includes_its_header_first(path, root):
    """Whether the unit `path` reads its own header, if it has one, before any other."""
    header = path.with_suffix(".h")
    if path.suffix != ".cpp" or not header.exists():
        return True
    includes = map(INCLUDE.match, path.read_text(encoding="utf-8").splitlines())
    first = next(filter(None, includes), None)
    return first is not None and first.group(2) == header.relative_to(root).as_posix()


def main(root):
    count = 0
    wrong = 0
    for top in sorted({room.split("/")[0] for room in MAY_SEE}):
        for path in sorted((root / top).rglob("*")):
            if path.suffix not in {".h", ".cpp"} or "node_modules" in path.parts:
                continue
            room = room_of(path.relative_to(root).as_posix())
            if room is None:
                print(f"{path.relative_to(root)}:1: lies in no room")
                wrong += 1
                continue
            count += 1
            for number, message in breaches_in(room, path.read_text(encoding="utf-8")):
                print(f"{path.relative_to(root)}:{number}: {message}")
                wrong += 1
            if not includes_its_header_first(path, root):
                print(f"{path.relative_to(root)}:1: include the unit's own header first")
                wrong += 1
    if count == 0:
        print(f"no sources under {root}")
        return 2
    print(f"{count} files, {wrong} includes in the wrong direction or order")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
