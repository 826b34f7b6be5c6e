"""Runs clang-tidy over the product, a room at a time: each header is read and matched once for all
units of the room.

usage: tidy.py BUILD_FOLDER JOBS

Takes the definitions and folders of includes from the compilation database of BUILD_FOLDER. Exits
with 1 if anything was found, or with 2 if there is nothing to look at.
"""

import collections
import concurrent.futures
import json
import pathlib
import re
import shlex
import subprocess
import sys

ROOMS = "core|server-under-test|runner|fuzz|reports|cli|proof"
NO_UNIT = re.compile(r"(_test|_fuzzer|main)\.cpp$|/sample_[^/]*\.cpp$")
FLAG = re.compile(r"-D|-I|-isystem|-std=")


def rooms_of(build, root):
    """Per folder of the product: its units, and the flags that they are compiled with."""
    units, flags = collections.defaultdict(set), collections.defaultdict(dict)
    for entry in json.loads((build / "compile_commands.json").read_text(encoding="utf-8")):
        path = pathlib.Path(entry["file"]).resolve()
        if not path.is_relative_to(root) or NO_UNIT.search(path.as_posix()):
            continue
        room = path.parent.relative_to(root).as_posix()
        if not re.match(rf"({ROOMS})(/|$)", room):
            continue
        units[room].add(path.as_posix())
        words = shlex.split(entry["command"])
        flags[room].update(dict.fromkeys(word for word in words if FLAG.match(word)))
    return {room: (sorted(units[room]), list(flags[room])) for room in sorted(units)}


def look_at(room, units, flags, build, root):
    """Whether all is in order, and what was said."""
    whole = build / "tidy" / (room.replace("/", "_") + ".cpp")
    whole.parent.mkdir(exist_ok=True)
    whole.write_text("".join(f'#include "{unit}"\n' for unit in units), encoding="utf-8")
    done = subprocess.run(
        [
            "clang-tidy-19",
            "--quiet",
            f"--config-file={root}/.clang-tidy",
            "--checks=-bugprone-suspicious-include",  # a room includes its units
            f"--header-filter=^{re.escape(str(root))}/({ROOMS})/.*\\.(h|cpp)$",
            str(whole),
            "--",
            *flags,
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        check=False,
    )
    return done.returncode == 0, (done.stdout + done.stderr).decode(errors="replace")


def main(build, jobs):
    root = pathlib.Path(__file__).resolve().parent.parent
    rooms = rooms_of(build, root)
    if not rooms:
        print(f"{build} knows no unit of the product")
        return 2
    wrong = 0
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        runs = [pool.submit(look_at, room, *rooms[room], build, root) for room in rooms]
        for run in runs:
            in_order, said = run.result()
            if not in_order:
                print(said)
                wrong += 1
    print(f"{len(rooms)} rooms, {wrong} with findings")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2])))
