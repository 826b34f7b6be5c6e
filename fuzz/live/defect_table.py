#!/usr/bin/env python3
"""Which of the faults planted into the reference server `wsconform fuzz target` finds unaided.

usage: defect_table.py WSCONFORM [--time SECONDS] [--share K/N] [--jobs JOBS] [DEFECT ...]

Each is served, fuzzed with its own seed for at most so long, and has one line: found or not, after how many
sessions and seconds, and the cause. Without names all are tried; --share 2/20 takes every twentieth, from the
second on. Exits with 1 where less than four in five are found.
"""

import argparse
import concurrent.futures
import json
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

PROFILE = pathlib.Path(__file__).parents[2] / "server-under-test/wsconform.json"


def names_of(program):
    listed = subprocess.run([program, "serve", "--list-defects"], capture_output=True, text=True, check=True)
    return [line.split()[0] for line in listed.stdout.splitlines()]


def command_for(program, defect):
    """The profile's command, by which the server has rules of access to break, with the defect."""
    served = json.loads(PROFILE.read_text(encoding="utf-8"))["exec"]
    served = re.sub(r"\S*wsconform serve", f"{shlex.quote(str(program))} serve", served)
    return f"{served} --defect {shlex.quote(defect)}"


def fuzzed(program, defect, seconds, seed):
    with tempfile.TemporaryDirectory() as findings:
        command = [program, "fuzz", "target", "--profile", PROFILE, "--exec", command_for(program, defect),
                   "--strict", "--until-found", "--time", str(seconds), "--seed", str(seed),
                   "--findings", findings]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 120, check=False)
        except subprocess.TimeoutExpired:
            return None, f"did not end within {seconds + 120:g} s"
    found = re.search(r"^finding  (\S+)  \(after (\d+) sessions? and ([\d.]+) s\)", done.stdout, re.MULTILINE)
    return found.groups() if found else None, f"exit {done.returncode}"


def main():
    options = argparse.ArgumentParser()
    options.add_argument("program", type=pathlib.Path)
    options.add_argument("--time", type=float, default=60)
    options.add_argument("--share", default="1/1")
    options.add_argument("--jobs", type=int, default=1)
    options.add_argument("defects", nargs="*")
    args = options.parse_args()
    first, step = map(int, args.share.split("/"))
    program = args.program.resolve()
    chosen = args.defects or names_of(program)[first - 1::step]
    found = 0
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        rows = pool.map(lambda pair: fuzzed(program, pair[1], args.time, pair[0]), enumerate(chosen, 1))
        for defect, (cause, how) in zip(chosen, rows):
            found += cause is not None
            told = "{2:>5} s {1:>6} sessions  {0}".format(*cause) if cause else f"not found ({how})"
            print(f"{defect:<44} {told}", flush=True)
    print(f"{found} of {len(chosen)} found within {args.time:g} s each")
    return 0 if 5 * found >= 4 * len(chosen) else 1


if __name__ == "__main__":
    sys.exit(main())
