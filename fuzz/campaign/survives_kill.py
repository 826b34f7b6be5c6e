#!/usr/bin/env python3
"""A campaign that is killed (SIGKILL) at random loses no finding and no spent time.

usage: survives_kill.py WSCONFORM [TIMES=3]
"""

import json
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

# Each turn finds another of nine faults, and takes a moment.
STUB = """#!/bin/sh
for each; do
  case $each in -artifact_prefix=*) prefix=${each#*=} ;; -exact_artifact_path=*) exit 0 ;; -*) ;; *) last=$each ;; esac
done
if [ -f "$last" ]; then echo "The property does not hold: $(cat "$last")" >&2; exit 77; fi
sleep 0.1
printf "fault %s" "$(date +%N | cut -c1 | tr 0-9 a-j)" >"${prefix}crash-$$"
"""


def findings_in(kept):
    return {path.name for path in kept.glob("findings/stub/*") if path.suffix not in {".txt", ".new"}}


def spent_of(kept):
    state = kept / "state.json"
    return json.loads(state.read_text(encoding="utf-8"))["spent"] if state.exists() else 0


def main(program, times):
    seed = random.randrange(1_000_000)
    moments = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        stub = root / "programs/stub_fuzzer"
        stub.parent.mkdir()
        stub.write_text(STUB, encoding="utf-8")
        stub.chmod(0o700)
        kept = root / "kept"
        command = [program, "fuzz", "campaign", "--folder", kept, "--programs", stub.parent, "--time", "600"]
        found, spent = set(), 0
        for _ in range(times):
            with subprocess.Popen(command, stdout=subprocess.DEVNULL) as campaign:
                end = time.monotonic() + 60
                while not findings_in(kept) or spent_of(kept) <= spent:
                    if campaign.poll() is not None or time.monotonic() > end:
                        sys.exit(f"seed {seed}: the campaign ended or found too little: {findings_in(kept)}")
                    time.sleep(0.01)
                time.sleep(moments.uniform(0, 1))
                before = findings_in(kept)
                campaign.send_signal(signal.SIGKILL)
            after = findings_in(kept)
            if not found <= before <= after:
                sys.exit(f"seed {seed}: lost {found - before} or {before - after}")
            if spent_of(kept) <= spent:
                sys.exit(f"seed {seed}: the time that was spent is lost")
            found, spent = after, spent_of(kept)
    print(f"{len(found)} findings kept over {times} kills, {spent:.1f} s spent")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3))
