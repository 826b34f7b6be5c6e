"""How much of core the corpora of the fuzz targets reach, and how much the tests do, by source-based
coverage. Sources that are not reached for a reason that holds for the whole of each (`*`) are no part of the goal; what
they are worth is told.

usage: coverage.py BUILD [--llvm FOLDER]

BUILD is of the preset `coverage`, with its replays and core's tests built. Prints the share of each
source's regions that the corpora alone and the tests alone reach, and then every line with a region
that the corpora do not reach, with its reason from unreached.txt. Exits with 1 where the corpora reach
less than 95 % of the regions of all other sources, where a line has no reason, or where a reason has no line.
"""

import argparse
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
REASONS = pathlib.Path(__file__).with_name("unreached.txt")
GOAL = 0.95
CODE = 0  # the kind of a region that is code

Region = collections.namedtuple("Region", "source line column end_line end_column")
Reason = collections.namedtuple("Reason", "source text says")


def reasons_in(text):
    """The reasons of unreached.txt: `source | a piece of the line, or * | the reason`."""
    reasons = []
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            source, piece, says = (part.strip() for part in line.split(" | ", 2))
            reasons.append(Reason(source, piece, says))
    return reasons


def regions_in(export, root):
    """How often each region of core ran, most of all its instantiations, by `llvm-cov export`."""
    counts = collections.Counter()
    prefix = f"{root}/"
    for function in export["data"][0]["functions"]:
        for line, column, end_line, end_column, count, file, _, kind in function["regions"]:
            source = function["filenames"][file].removeprefix(prefix)
            if kind == CODE and source.startswith("core/") and "/tested_" not in source:
                region = Region(source, line, column, end_line, end_column)
                counts[region] = max(counts[region], count)
    return counts


def shares(counts):
    """Regions reached and regions in all, by source."""
    table = collections.defaultdict(lambda: [0, 0])
    for region, count in counts.items():
        table[region.source][0] += count > 0
        table[region.source][1] += 1
    return table


def sum_of(table, left_out=frozenset()):
    """Regions reached and regions in all, of the sources that are not left out."""
    rows = [row for source, row in table.items() if source not in left_out]
    return sum(row[0] for row in rows), sum(row[1] for row in rows)


def unreached_lines(counts):
    """The places, source and line, at which a region begins that was not reached."""
    return sorted({(region.source, region.line) for region, count in counts.items() if count == 0})


def reason_for(source, text, reasons):
    """The first of `reasons` that fits a line, or None."""
    fits = (each for each in reasons if each.source == source and each.text in ("*", *[each.text] * (each.text in text)))
    return next(fits, None)


def explained(places, reasons, line_of):
    """Each place with its text and its reason, and the reasons that fit no place."""
    used = set()
    rows = []
    for source, line in places:
        text = line_of(source, line)
        reason = reason_for(source, text, reasons)
        used.add(reason)
        rows.append((source, line, text, reason))
    return rows, [reason for reason in reasons if reason not in used]


def measure(llvm, programs, scratch):
    """The regions of core that `programs`, commands, reach together."""
    profiles = []
    for number, command in enumerate(programs):
        profile = f"{scratch}/{number}.profraw"
        run = subprocess.run(command, cwd=ROOT, env={"LLVM_PROFILE_FILE": profile, "PATH": "/usr/bin:/bin"},
                             stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
        if run.returncode != 0:
            sys.exit(f"{command[0]} failed: {run.stderr[-400:]}")
        profiles.append(profile)
    merged = f"{scratch}/merged.profdata"
    subprocess.run([f"{llvm}/llvm-profdata", "merge", "-sparse", "-o", merged, *profiles], check=True)
    objects = [part for command in programs[1:] for part in ("-object", command[0])]
    export = subprocess.run([f"{llvm}/llvm-cov", "export", "-format=text", f"-instr-profile={merged}", programs[0][0], *objects],
                            check=True, stdout=subprocess.PIPE)
    return regions_in(json.loads(export.stdout), ROOT)


def main(arguments):
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--llvm", default="/usr/lib/llvm-19/bin")
    chosen = parser.parse_args(arguments)
    build = pathlib.Path(chosen.build).resolve()
    replays = [[str(replay), str(ROOT / "fuzz/corpus" / replay.name.removesuffix("_replay"))]
               for replay in sorted(build.glob("fuzz/*_replay"))]
    if not replays:
        print(f"{build} has no replays", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as scratch:
        corpora = measure(chosen.llvm, replays, scratch)
        tests = measure(chosen.llvm, [[str(build / "core/core_test")]], scratch)
    by_corpora, by_tests = shares(corpora), shares(tests)
    print(f"{'source':36} {'regions':>8} {'corpora':>8} {'tests':>8}")
    for source in sorted(by_corpora.keys() | by_tests.keys()):
        reached, regions = by_corpora[source]
        tested, of_tests = by_tests[source]
        print(f"{source:36} {regions:8} {reached / max(regions, 1):8.1%} {tested / max(of_tests, 1):8.1%}")
    reasons = reasons_in(REASONS.read_text(encoding="utf-8"))
    left_out = {reason.source for reason in reasons if reason.text == "*"}
    for name, without in (("all", set()), (f"all but {len(left_out)} sources", left_out)):
        reached, regions = sum_of(by_corpora, without)
        tested, of_tests = sum_of(by_tests, without)
        print(f"{name:36} {regions:8} {reached / max(regions, 1):8.1%} {tested / max(of_tests, 1):8.1%}")

    def line_of(source, line):
        return (ROOT / source).read_text(encoding="utf-8").splitlines()[line - 1].strip()

    rows, idle = explained(unreached_lines(corpora), reasons, line_of)
    print("\nnot reached by the corpora:")
    for source, line, text, reason in rows:
        print(f"{source}:{line}: {text[:70]}\n    {reason.says if reason else 'NO REASON IS GIVEN'}")
    for reason in idle:
        print(f"a reason without a line: {reason.source} | {reason.text}")
    missing = any(reason is None for *_, reason in rows)
    return 1 if missing or idle or reached < GOAL * regions else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
