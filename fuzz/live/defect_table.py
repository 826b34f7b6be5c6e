#!/usr/bin/env python3
"""Which of the faults planted into the reference server `wsconform fuzz target` finds unaided.

usage: defect_table.py WSCONFORM [--time SECONDS] [--share K/N] [--jobs JOBS] [--logins] [DEFECT ...]

Each is served, fuzzed with its own seed for at most so long, and has one line: found or not, after how many
sessions and seconds, and the cause. Without names all are tried; --share 2/20 takes every twentieth, from the
second on. The server is that of server-under-test/wsconform.json, with --logins one that gives cookies and
tickets to who logs in, redirects a path and serves nothing at another: what is wrong with these shows there
alone. Exits with 1 where less than four in five are found.
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
LOGINS = {
    "passwords": "users",
    "attempts": {"most": 100000, "seconds": 1},
    "session": {"cookie": "session", "login": "/login", "logout": "/logout"},
    "ticket": {"parameter": "ticket", "path": "/ticket"},
    "resources": {
        "/": {},
        "/cookie": {"asks-for": ["session"]},
        "/ticket": {"asks-for": ["ticket"]},
        "/old": {"redirect": "/", "status": 308},
    },
}
LOGIN = {"body": "user=ann&password=open+sesame"}
LOGINS_PROFILE = {
    "url": "ws://127.0.0.1:{port}/",
    "policy": {
        "cookie": {"name": "session", "path": "/cookie", "logout": "/logout", "login": {"path": "/login", **LOGIN}},
        "ticket": {
            "parameter": "ticket",
            "path": "/ticket",
            "single-use": True,
            "login": {
                "path": "/ticket",
                "headers": {"Authorization": "Basic YW5uOm9wZW4gc2VzYW1l"},
                "find": "/ticket",
            },
        },
        "resources": {"redirect": "/old", "nowhere": "/nowhere"},
    },
}


def names_of(program):
    listed = subprocess.run([program, "serve", "--list-defects"], capture_output=True, text=True, check=True)
    return [line.split()[0] for line in listed.stdout.splitlines()]


def served_as_usual(program, _):
    """The profile's command, by which the server has rules of access to break."""
    served = json.loads(PROFILE.read_text(encoding="utf-8"))["exec"]
    return PROFILE, re.sub(r"\S*wsconform serve", f"{shlex.quote(str(program))} serve", served)


def served_with_logins(program, folder):
    hashed = subprocess.run([program, "passwd", "ann", "--cost", "10"], input="open sesame\n", capture_output=True,
                            text=True, check=True)
    folder.joinpath("users").write_text(hashed.stdout, encoding="utf-8")
    words = [str(program), "serve", "--config", str(folder / "serve.json"), "--log-level", "warning"]
    served = f"exec {shlex.join(words)} --port {{port}}"
    for name, content in (("serve.json", LOGINS), ("wsconform.json", {**LOGINS_PROFILE, "exec": served})):
        folder.joinpath(name).write_text(json.dumps(content), encoding="utf-8")
    return folder / "wsconform.json", served


def fuzzed(program, defect, seconds, seed, served):
    with tempfile.TemporaryDirectory() as folder:
        findings = pathlib.Path(folder, "findings")
        profile, server = served(program, pathlib.Path(folder))
        command = [program, "fuzz", "target", "--profile", profile, "--exec",
                   f"{server} --defect {shlex.quote(defect)}",
                   "--strict", "--until-found", "--time", str(seconds), "--seed", str(seed),
                   "--findings", findings]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 120, check=False)
        except subprocess.TimeoutExpired:
            return None, f"did not end within {seconds + 120:g} s"
    at_once = re.search(r"cannot be fuzzed\. (.*)", done.stderr) or re.search(r"^finding  (Every 101: .*)", done.stdout,
                                                                              re.MULTILINE)
    if at_once:
        return (f"told at once: {at_once.group(1)}", "0", "0.0"), ""
    found = re.search(r"^finding  (\S+)  \(after (\d+) sessions? and ([\d.]+) s\)", done.stdout, re.MULTILINE)
    return found.groups() if found else None, f"exit {done.returncode}"


def main():
    options = argparse.ArgumentParser()
    options.add_argument("program", type=pathlib.Path)
    options.add_argument("--time", type=float, default=60)
    options.add_argument("--share", default="1/1")
    options.add_argument("--jobs", type=int, default=1)
    options.add_argument("--logins", action="store_true")
    options.add_argument("defects", nargs="*")
    args = options.parse_intermixed_args()
    first, step = map(int, args.share.split("/"))
    program = args.program.resolve()
    chosen = args.defects or names_of(program)[first - 1::step]
    served = served_with_logins if args.logins else served_as_usual
    found = 0
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        rows = pool.map(lambda pair: fuzzed(program, pair[1], args.time, pair[0], served), enumerate(chosen, 1))
        for defect, (cause, how) in zip(chosen, rows):
            found += cause is not None
            told = "{2:>5} s {1:>6} sessions  {0}".format(*cause) if cause else f"not found ({how})"
            print(f"{defect:<44} {told}", flush=True)
    print(f"{found} of {len(chosen)} found within {args.time:g} s each")
    return 0 if 5 * found >= 4 * len(chosen) else 1


if __name__ == "__main__":
    sys.exit(main())
