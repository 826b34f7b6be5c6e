"""Executions per CPU second of the target frame_stream, with its oracles, against a bare target over
wslay's event API that is built with the same flags and fed alike.

usage: compare.py BUILD [EXECUTIONS]

BUILD is of the preset `asan`, configured with WSCONFORM_WSLAY_SOURCE, the folder lib/ of wslay's sources, so
that wslay is instrumented as core is. Its targets frame_stream_fuzzer and wslay_target have to be built.
First frame_stream grows a corpus from the seeds. Then both fuzz from all of it, in turn, five times
EXECUTIONS (150000) each, each time with another seed, inputs of the same sizes cut alike; prints the median of
each and their ratio.
"""

import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile

SEEDS = pathlib.Path(__file__).resolve().parent.parent / "corpus/frame_stream"
GROWING = 60000  # executions


def cpu_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def fuzz(program, executions, seed, *corpora):
    """What it finds goes into the first of the corpora. No names of functions are told: a process of its own would
    look them up, as long as a thousand executions take."""
    with tempfile.TemporaryDirectory() as scratch:
        done = subprocess.run(
            [program, f"-seed={seed}", "-max_len=4096", f"-runs={executions}", f"-artifact_prefix={scratch}/",
             "-print_funcs=0", "-keep_seed=1", "-reduce_inputs=0", *map(str, corpora)],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace", check=False)
    if done.returncode != 0:
        sys.exit(f"{program} ended with {done.returncode}:\n{done.stderr[-2000:]}")


def executions_per_second(program, executions, seed, grown):
    """Of the CPU time that the whole process took."""
    before = cpu_seconds()
    with tempfile.TemporaryDirectory() as scratch:
        fuzz(program, executions, seed, scratch, SEEDS, grown)
    return executions / (cpu_seconds() - before)


def main(build, executions="150000"):
    programs = {"frame_stream": f"{build}/fuzz/frame_stream_fuzzer", "wslay": f"{build}/fuzz/wslay_target"}
    rates = {name: [] for name in programs}
    with tempfile.TemporaryDirectory() as grown:
        fuzz(programs["frame_stream"], GROWING, 1, grown, SEEDS)
        for seed in range(1, 6):
            for name, program in programs.items():
                rates[name].append(executions_per_second(program, int(executions), seed, grown))
    medians = {name: statistics.median(each) for name, each in rates.items()}
    for name, rate in medians.items():
        print(f"{name:14} {rate:10.0f} executions per CPU second")
    print(f"{'ratio':14} {medians['frame_stream'] / medians['wslay']:10.2f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
