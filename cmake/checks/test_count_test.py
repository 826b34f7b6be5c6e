import unittest

from test_count import faults


class TestCount(unittest.TestCase):
    def test_is_content_with_as_many_as_wanted(self):
        self.assertEqual(faults(["A.B", "A.C"], 2), [])

    def test_tells_when_tests_are_gone(self):
        self.assertEqual(len(faults(["A.B"], 2)), 1)
        self.assertEqual(len(faults([], 1)), 1)

    def test_does_not_count_a_binary_that_was_not_built(self):
        wrong = faults(["A.B", "core_test_NOT_BUILT"], 1)
        self.assertEqual(wrong, ["core_test is not built: its tests are missing"])


if __name__ == "__main__":
    unittest.main()
