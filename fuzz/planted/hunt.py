"""Lets the fuzzers look for the planted bugs, one after another, and prints which target found each
after how many executions.

usage: hunt.py BUILD [--seconds N] [--from seeds|nothing] [--bug NAME]...

BUILD is of the preset `planted`. Each bug has N seconds (60) from the seeds and N from nothing, shared
among the targets that bugs.txt names for it. Exits with 1 where a bug is not found from the seeds, or
more than one in ten is not from nothing.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

from plant import LIST, bugs_in

FUZZ = LIST.parent.parent
CAUSE = re.compile(
    r"The property does not hold: (?P<breach>.*)|ERROR: (?P<sanitizer>\w+Sanitizer: [\w-]+)"
    r"|(?P<assertion>Assertion [^\n]*)|(?P<ub>runtime error: [^\n]*)|(?P<libfuzzer>ERROR: libFuzzer: \w+)"
)


def executions_in(log):
    """How many executions libFuzzer counted, or 0 where it says nothing."""
    counted = re.search(r"stat::number_of_executed_units: *(\d+)", log)
    if counted:
        return int(counted.group(1))
    told = re.findall(r"^#(\d+)\t", log, re.MULTILINE)
    return int(told[-1]) if told else 0


def cause_in(log):
    """What the target told of the finding, in one line."""
    found = CAUSE.search(log)
    return next(filter(None, found.groups()), "") if found else "no word"


def hunt_with(build, target, bug, seconds, corpora):
    """Whether `target` finds the bug, with what cause, after how many executions."""
    with tempfile.TemporaryDirectory() as scratch:
        command = [f"{build}/fuzz/{target}_fuzzer", f"-max_total_time={seconds}", "-print_final_stats=1",
                   "-max_len=4096", "-timeout=10", "-rss_limit_mb=2048", f"-artifact_prefix={scratch}/found-"]
        dictionary = FUZZ / f"{target}.dict"
        if dictionary.exists():
            command.append(f"-dict={dictionary}")
        grown = pathlib.Path(scratch) / "corpus"
        grown.mkdir()
        run = subprocess.run(
            [*command, str(grown), *[str(corpus) for corpus in corpora]],
            env={**os.environ, "WSCONFORM_PLANTED_BUG": bug.name, "ASAN_OPTIONS": "detect_leaks=0"},
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace", check=False,
        )
    return run.returncode != 0, cause_in(run.stderr), executions_in(run.stderr)


def hunt(build, bug, seconds, from_seeds):
    """A row of the table and whether the bug was found."""
    began = time.monotonic()
    executions = 0
    share = max(1, seconds // len(bug.targets))
    for target in bug.targets:
        corpora = [FUZZ / "corpus" / target] if from_seeds else []
        found, cause, count = hunt_with(build, target, bug, share, corpora)
        executions += count
        if found:
            took = time.monotonic() - began
            return True, f"{target} after {executions} executions, {took:.0f} s: {cause[:90]}"
    return False, f"not found in {executions} executions of {', '.join(bug.targets)}"


def main(arguments):
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--from", dest="begin", choices=["seeds", "nothing"])
    parser.add_argument("--bug", action="append", default=[])
    chosen = parser.parse_args(arguments)
    bugs = [bug for bug in bugs_in(LIST.read_text(encoding="utf-8")) if not chosen.bug or bug.name in chosen.bug]
    if not bugs:
        print("no bug of that name is planted", file=sys.stderr)
        return 2
    missed = {}
    for begin in [chosen.begin] if chosen.begin else ["seeds", "nothing"]:
        missed[begin] = 0
        for bug in bugs:
            found, row = hunt(chosen.build, bug, chosen.seconds, begin == "seeds")
            missed[begin] += not found
            print(f"{begin:8} {bug.name:34} {row}", flush=True)
        print(f"{begin:8} {len(bugs) - missed[begin]} of {len(bugs)} found", flush=True)
    return 1 if missed.get("seeds", 0) or missed.get("nothing", 0) > len(bugs) / 10 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
