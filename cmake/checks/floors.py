"""Checks that tests, cases and planted defects do not vanish.

usage: floors.py tests LEAST BINARY...     what the test binaries of Google Test hold
       floors.py cases LEAST WSCONFORM     what `wsconform list` lists, every variant
       floors.py defects LEAST WSCONFORM   what `wsconform serve --list-defects` lists

Exits with 1 when there are fewer than LEAST, or when a program that was to be asked is not built.
"""

import json
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from suites import count_of, listing_of  # noqa: E402


def printed_by(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, timeout=120).stdout.decode()


def tests(binaries):
    return sum(count_of(listing_of(binary)) for binary in binaries)


def cases(programs):
    return len(json.loads(printed_by(*programs, "list", "--format", "json")))


def defects(programs):
    return len(printed_by(*programs, "serve", "--list-defects").splitlines())


def faults(what, least, programs, count):
    """The sentences that say what is wrong; `count` tells how many things the programs hold."""
    missing = [program for program in programs if not pathlib.Path(program).exists()]
    if missing or not programs:
        return [f"{program} is not built: its {what} are missing" for program in missing or ["all"]]
    found = count(programs)
    if found < least:
        return [f"{found} {what}, but there were at least {least}: who took them away?"]
    print(f"{found} {what}, at least {least} wanted")
    return []


def main(what, least, programs):
    wrong = faults(what, least, programs, {"tests": tests, "cases": cases, "defects": defects}[what])
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), sys.argv[3:]))
