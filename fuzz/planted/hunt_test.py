"""Shows that hunt.py reads what a fuzzer says, and counts a bug that nobody finds."""

import pathlib
import stat
import tempfile
import unittest

from hunt import cause_in, executions_in, hunt
from plant import Bug

BUG = Bug("a-bug", "a.cpp", ["masking", "utf8"], "It is wrong.", "a", "PLANTED")


def build_with(script):
    folder = tempfile.TemporaryDirectory()
    (pathlib.Path(folder.name) / "fuzz").mkdir()
    for target in BUG.targets:
        path = pathlib.Path(folder.name) / f"fuzz/{target}_fuzzer"
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return folder


class Hunt(unittest.TestCase):
    def test_reads_executions_and_cause(self):
        self.assertEqual(executions_in("#12\tNEW\nstat::number_of_executed_units: 345\n"), 345)
        self.assertEqual(executions_in("#2\tINITED\n#77\tNEW x\n"), 77)
        self.assertEqual(cause_in("x\nThe property does not hold: a frame was lost\n"), "a frame was lost")
        self.assertEqual(cause_in("==1==ERROR: AddressSanitizer: heap-use-after-free on"), "AddressSanitizer: heap-use-after-free")

    def test_tells_which_target_found_it(self):
        with build_with('test "$WSCONFORM_PLANTED_BUG" = a-bug || exit 0; '
                        'echo "The property does not hold: it" >&2; echo "stat::number_of_executed_units: 9" >&2; exit 77') as build:
            found, row = hunt(build, BUG, 2, False)
        self.assertTrue(found)
        self.assertIn("masking after 9 executions", row)

    def test_tells_that_none_did(self):
        with build_with('echo "stat::number_of_executed_units: 9" >&2') as build:
            found, row = hunt(build, BUG, 2, False)
        self.assertFalse(found)
        self.assertIn("not found in 18 executions of masking, utf8", row)


if __name__ == "__main__":
    unittest.main()
