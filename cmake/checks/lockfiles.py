"""Checks npm's lock files: every package pinned by its hash, none tied to the host it came from.

usage: lockfiles.py LOCKFILE...
"""

import json
import pathlib
import sys


def faults(lock):
    """The sentences that say what is wrong with a parsed package-lock.json."""
    for name, package in lock.get("packages", {}).items():
        if not name:
            continue
        if "resolved" in package:
            yield f"{name} names the host it came from"
        if "integrity" not in package:
            yield f"{name} has no integrity hash"


def main(paths):
    wrong = [
        f"{path}: {fault}"
        for path in paths
        for fault in faults(json.loads(pathlib.Path(path).read_text(encoding="utf-8")))
    ]
    print("\n".join(wrong) if wrong else f"{len(paths)} lock files are in order")
    return 1 if wrong or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
