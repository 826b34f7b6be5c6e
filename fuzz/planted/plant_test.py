"""Shows that plant.py plants what its list says, and refuses a list that does not fit the sources."""

import pathlib
import tempfile
import unittest

import plant
from plant import Bug, Misfit, bugs_in, header, planted

ENTRY = """# comment

[off-by-one] a.cpp: masking utf8
One byte is left out.
- i < size
+ i + (PLANTED ? 1 : 0) < size
"""


class Plant(unittest.TestCase):
    def test_reads_a_bug(self):
        self.assertEqual(
            bugs_in(ENTRY),
            [Bug("off-by-one", "a.cpp", ["masking", "utf8"], "One byte is left out.", "i < size",
                 "i + (PLANTED ? 1 : 0) < size")])

    def test_plants_it_once(self):
        self.assertEqual(
            planted("for (; i < size;)", [(3, bugs_in(ENTRY)[0])]),
            '#include "planted_bug.h"\nfor (; i + ((planted_bug == 3) ? 1 : 0) < size;)')

    def test_refuses_a_text_that_is_not_there_or_twice(self):
        for text in ("nothing", "i < size && i < size"):
            with self.assertRaisesRegex(Misfit, "off-by-one: its text stands"):
                planted(text, [(0, bugs_in(ENTRY)[0])])

    def test_refuses_an_entry_that_plants_nothing_or_stands_twice(self):
        with self.assertRaises(Misfit):
            bugs_in(ENTRY.replace("PLANTED", "true"))
        with self.assertRaises(Misfit):
            bugs_in(ENTRY + "\n" + ENTRY)

    def test_names_the_variable_by_which_a_build_is_known(self):
        self.assertIn("WSCONFORM_PLANTED_BUG", header(bugs_in(ENTRY)))

    def test_holds_at_least_thirty_that_fit_the_sources(self):
        root = plant.LIST.parent.parent.parent
        with tempfile.TemporaryDirectory() as out:
            self.assertEqual(plant.main(root, out), 0)
            self.assertTrue((pathlib.Path(out) / "planted_bug.h").exists())
        self.assertGreaterEqual(len(bugs_in(plant.LIST.read_text(encoding="utf-8"))), 30)


if __name__ == "__main__":
    unittest.main()
