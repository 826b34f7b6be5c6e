"""Writes the suites of a test binary as tests of ctest.

usage: suites.py BINARY OUT PROPERTIES

OUT becomes a file for ctest with a test for each suite, which runs all of it in one process. A suite
whose name begins with `Share/` divides long work on purpose: each of its tests is a process of its
own, and starts early. Suites that hold a lock run one behind another, and so begin at once. A binary
that is not there is the one test BINARY_NOT_BUILT, which fails.
"""

import pathlib
import subprocess
import sys

DIVIDED = "Share/"


def filters_of(listing):
    """From what --gtest_list_tests prints: (name, filter of Google Test) for each ctest test."""
    suite = None
    for line in listing.splitlines():
        name = line.split("#")[0].rstrip()
        if not name.strip():
            continue
        if name.startswith("  "):
            if suite and suite.startswith(DIVIDED):
                yield suite + name.strip(), suite + name.strip()
        elif name.endswith("."):
            suite = name
            if not suite.startswith(DIVIDED):
                yield suite.rstrip("."), suite + "*"


def count_of(listing):
    """How many tests --gtest_list_tests names."""
    return sum(1 for line in listing.splitlines() if line.startswith("  ") and line.strip())


def listing_of(binary):
    return subprocess.run(
        [str(binary), "--gtest_list_tests"], check=True, stdout=subprocess.PIPE, timeout=120
    ).stdout.decode("utf-8", errors="replace")


def commands(binary, properties):
    """The lines for ctest."""
    if not binary.exists():
        yield f"add_test([==[{binary.name}_NOT_BUILT]==] [==[{binary.name}_NOT_BUILT]==])"
        return
    for name, pattern in filters_of(listing_of(binary)):
        test = f"[==[{binary.name}.{name}]==]"
        cost = ""
        if name.startswith(DIVIDED):
            cost = "COST 100"
        elif "RESOURCE_LOCK" in properties:
            cost = "COST 200"
        yield f"add_test({test} [==[{binary}]==] [==[--gtest_filter={pattern}]==])"
        yield f"set_tests_properties({test} PROPERTIES {properties} {cost})"


if __name__ == "__main__":
    pathlib.Path(sys.argv[2]).write_text(
        "\n".join(commands(pathlib.Path(sys.argv[1]), sys.argv[3])) + "\n", encoding="utf-8"
    )
