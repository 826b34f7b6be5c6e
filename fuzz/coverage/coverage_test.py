"""Shows that coverage.py counts regions and sees a line without a reason, and a reason without a line."""

import unittest

from coverage import Reason, Region, explained, reasons_in, regions_in, shares, sum_of, unreached_lines


def export_of(*regions):
    return {"data": [{"functions": [{"filenames": ["/tree/core/a.cpp", "/tree/fuzz/b.cpp"], "regions": list(regions)}]}]}


class Coverage(unittest.TestCase):
    def test_counts_the_regions_of_core_alone(self):
        counts = regions_in(
            export_of([1, 1, 2, 2, 5, 0, 0, 0], [3, 1, 4, 2, 0, 0, 0, 0], [1, 1, 2, 2, 9, 1, 0, 0], [7, 1, 8, 1, 0, 0, 0, 2]),
            "/tree")
        self.assertEqual(dict(shares(counts)), {"core/a.cpp": [1, 2]})
        self.assertEqual(unreached_lines(counts), [("core/a.cpp", 3)])

    def test_takes_the_instantiation_that_ran_most(self):
        counts = regions_in(export_of([1, 1, 2, 2, 0, 0, 0, 0], [1, 1, 2, 2, 3, 0, 0, 0]), "/tree")
        self.assertEqual(counts[Region("core/a.cpp", 1, 1, 2, 2)], 3)

    def test_gives_each_line_its_reason(self):
        reasons = reasons_in("# comment\n\ncore/a.cpp | throw | it never runs out\ncore/b.cpp | * | another library\n")
        rows, idle = explained([("core/a.cpp", 3), ("core/a.cpp", 4), ("core/b.cpp", 1)], reasons,
                               lambda source, line: "throw it;" if line == 3 else "return;")
        self.assertEqual([row[3] and row[3].says for row in rows], ["it never runs out", None, "another library"])
        self.assertEqual(idle, [])

    def test_sums_what_is_not_left_out(self):
        table = {"core/a.cpp": [1, 2], "core/b.cpp": [0, 5]}
        self.assertEqual(sum_of(table), (1, 7))
        self.assertEqual(sum_of(table, {"core/b.cpp"}), (1, 2))

    def test_tells_a_reason_that_fits_no_line(self):
        reason = Reason("core/a.cpp", "throw", "it never runs out")
        self.assertEqual(explained([], [reason], None), ([], [reason]))


if __name__ == "__main__":
    unittest.main()
