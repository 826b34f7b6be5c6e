"""Checks that tests did not vanish: counts what ctest would run.

usage: test_count.py BUILD_FOLDER LEAST

Exits with 1 when there are fewer than LEAST tests, or when a test binary was not built, so that its
tests could not be counted.
"""

import json
import subprocess
import sys


def faults(names, least):
    """The sentences that say what is wrong with a build that has tests of these names."""
    found = [name for name in names if not name.endswith("_NOT_BUILT")]
    sentences = [
        f"{name.removesuffix('_NOT_BUILT')} is not built: its tests are missing"
        for name in names
        if name.endswith("_NOT_BUILT")
    ]
    if len(found) < least:
        sentences.append(f"{len(found)} tests, but there were at least {least}: who took them away?")
    return sentences


def names_of_tests(build_folder):
    listing = subprocess.run(
        ["ctest", "--test-dir", build_folder, "--show-only=json-v1"],
        check=True,
        stdout=subprocess.PIPE,
    ).stdout
    return [test["name"] for test in json.loads(listing)["tests"]]


def main(build_folder, least):
    names = names_of_tests(build_folder)
    wrong = faults(names, least)
    print("\n".join(wrong) if wrong else f"{len(names)} tests, at least {least} wanted")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
