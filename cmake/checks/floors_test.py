import contextlib
import io
import os
import pathlib
import tempfile
import unittest

from floors import cases, defects, faults, tests
from suites import commands, count_of, filters_of

LISTING = """Running main() from gtest_main.cc
DecodeHeader.
  AsksForMore
Row/Utf8.
  Judges/0  # GetParam() = "a. b"
  Judges/1  # GetParam() = x
Share/EveryCase.
  IsPassed/0  # GetParam() = 0
  IsPassed/1  # GetParam() = 1
"""


@contextlib.contextmanager
def program(script):
    """A program of these lines of sh."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "program"
        path.write_text("#!/bin/sh\n" + script, encoding="utf-8")
        os.chmod(path, 0o755)
        yield path


class Floors(unittest.TestCase):
    def faults(self, what, least, programs, count):
        with contextlib.redirect_stdout(io.StringIO()):
            return faults(what, least, programs, count)

    def test_are_kept_by_as_many_as_wanted_and_broken_by_one_less(self):
        with program(f"cat <<'X'\n{LISTING}X\n") as binary:
            self.assertEqual(self.faults("tests", 10, [binary, binary], tests), [])
            self.assertEqual(len(self.faults("tests", 11, [binary, binary], tests)), 1)

    def test_count_cases(self):
        with program("echo '[{\"id\": 1}, {\"id\": 2}]'\n") as wsconform:
            self.assertEqual(self.faults("cases", 2, [wsconform], cases), [])
            self.assertEqual(len(self.faults("cases", 3, [wsconform], cases)), 1)

    def test_count_defects(self):
        with program("echo 'a  A.'; echo 'b  B.'\n") as wsconform:
            self.assertEqual(self.faults("defects", 2, [wsconform], defects), [])
            self.assertEqual(len(self.faults("defects", 3, [wsconform], defects)), 1)

    def test_are_broken_by_what_is_not_built(self):
        self.assertEqual(
            self.faults("tests", 0, ["/not/built"], tests),
            ["/not/built is not built: its tests are missing"],
        )
        self.assertEqual(len(self.faults("tests", 0, [], tests)), 1)


class Suites(unittest.TestCase):
    def test_are_a_test_of_ctest_each_and_shares_one_for_each_test(self):
        self.assertEqual(
            list(filters_of(LISTING)),
            [
                ("DecodeHeader", "DecodeHeader.*"),
                ("Row/Utf8", "Row/Utf8.*"),
                ("Share/EveryCase.IsPassed/0", "Share/EveryCase.IsPassed/0"),
                ("Share/EveryCase.IsPassed/1", "Share/EveryCase.IsPassed/1"),
            ],
        )

    def test_are_counted_by_their_tests(self):
        self.assertEqual(count_of(LISTING), 5)

    def test_of_a_binary_that_is_not_there_fail(self):
        lines = list(commands(pathlib.Path("/not/core_test"), ""))
        self.assertEqual(lines, ["add_test([==[core_test_NOT_BUILT]==] [==[core_test_NOT_BUILT]==])"])


if __name__ == "__main__":
    unittest.main()
