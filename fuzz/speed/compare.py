"""Executions per CPU second of the target frame_stream, with its oracles, against a bare target over
wslay's event API that is built with the same flags and fed alike.

usage: compare.py BUILD [SECONDS]

BUILD is of the preset `asan`. Both run in turn, from the seeds, three times SECONDS (10) each; prints the
median of each and their ratio. The library wslay itself is Debian's, without sanitizers.
"""

import pathlib
import re
import resource
import statistics
import subprocess
import sys
import tempfile

CORPUS = pathlib.Path(__file__).resolve().parent.parent / "corpus/frame_stream"


def executions_per_second(program, seconds):
    """Of the CPU time that the whole process took."""
    with tempfile.TemporaryDirectory() as scratch:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run = subprocess.run(
            [program, "-seed=1", "-max_len=4096", f"-max_total_time={seconds}", "-print_final_stats=1",
             f"-artifact_prefix={scratch}/", scratch, str(CORPUS)],
            stderr=subprocess.PIPE, text=True, errors="replace", check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    executions = int(re.search(r"stat::number_of_executed_units: *(\d+)", run.stderr).group(1))
    return executions / (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def main(build, seconds="10"):
    programs = {"frame_stream": f"{build}/fuzz/frame_stream_fuzzer", "wslay": f"{build}/fuzz/wslay_target"}
    rates = {name: [] for name in programs}
    for _ in range(3):
        for name, program in programs.items():
            rates[name].append(executions_per_second(program, int(seconds)))
    medians = {name: statistics.median(each) for name, each in rates.items()}
    for name, rate in medians.items():
        print(f"{name:14} {rate:10.0f} executions per CPU second")
    print(f"{'ratio':14} {medians['frame_stream'] / medians['wslay']:10.2f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
