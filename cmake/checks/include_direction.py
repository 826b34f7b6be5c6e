"""Checks who includes whom: rooms may include only the rooms below them, and a unit its own header
first, which shows that the header stands alone.

usage: include_direction.py ROOT

Prints one line `file:line: what is wrong` for every breach and exits with 1 if there is any, or
with 2 if ROOT has no sources at all.
"""

import pathlib
import re
import sys

# What a room's own sources may include besides the room itself.
MAY_SEE = {
    "core": set(),
    "reports": set(),
    "server-under-test": {"core"},
    "runner": {"core", "reports"},
    "cases": {"core", "reports", "runner"},
    "fuzz": {"core", "reports", "runner"},
    "cli": {"core", "server-under-test", "runner", "cases", "fuzz", "reports"},
    "bench": {"core", "server-under-test", "runner"},
    "tests": {"core", "server-under-test", "runner", "cases", "fuzz", "reports", "cli"},
}

# What makes a room something else: core has no sockets, threads, clock or JSON; reports knows only
# results and JSON.
MUST_NOT_INCLUDE = {
    "core": r"boost/asio|nlohmann|valijson|thread$|mutex$|sys/socket|iostream$|fstream$",
    "reports": r"boost/asio|sys/socket|thread$",
}

CLOCK_READ = re.compile(r"clock::now\b")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


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
            banned = MUST_NOT_INCLUDE.get(room)
            if banned and re.search(banned, path):
                yield number, f"{room} must do without <{path}>"
            continue
        seen, slash, _ = path.partition("/")
        if not slash or seen not in MAY_SEE:
            yield number, f'write "{path}" from the root of the repository'
        elif seen != room and seen not in MAY_SEE[room]:
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
    for room in MAY_SEE:
        for path in sorted((root / room).rglob("*")):
            if path.suffix not in {".h", ".cpp"} or "node_modules" in path.parts:
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
