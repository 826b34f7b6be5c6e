import unittest

from lockfiles import faults


class Lockfiles(unittest.TestCase):
    def test_accepts_packages_pinned_by_their_hash_alone(self):
        self.assertEqual(list(faults({"packages": {"": {}, "a": {"integrity": "sha512-x"}}})), [])

    def test_tells_of_a_host_and_of_a_missing_hash(self):
        lock = {"packages": {"a": {"resolved": "h", "integrity": "sha512-x"}, "b": {}}}
        self.assertEqual(
            list(faults(lock)), ["a names the host it came from", "b has no integrity hash"]
        )


if __name__ == "__main__":
    unittest.main()
