import unittest

from include_direction import MAY_SEE, seen_from
from room_links import faults, library_of


class RoomLinks(unittest.TestCase):
    def text(self, rooms):
        return f"wsconform_room(x\n  DEPENDS {' '.join(map(library_of, sorted(rooms)))} fmt::fmt)\n"

    def test_accept_what_the_room_may_see(self):
        for room, others in MAY_SEE.items():
            self.assertEqual(list(faults(self.text(others), room)), [], room)

    def test_tell_of_each_room_too_many(self):
        for room in MAY_SEE:
            for other in MAY_SEE.keys() - MAY_SEE[room] - {room}:
                self.assertEqual(len(list(faults(self.text(MAY_SEE[room] | {other}), room))), 1)

    def test_tell_of_each_room_that_is_missing(self):
        for room in MAY_SEE:
            for other in MAY_SEE[room]:
                self.assertEqual(len(list(faults(self.text(MAY_SEE[room] - {other}), room))), 1)

    def test_pass_over_comments(self):
        self.assertEqual(list(faults("# wsconform_cli\n" + self.text(MAY_SEE["fuzz"]), "fuzz")), [])

    def test_name_no_room_that_comes_from_another(self):
        for room, others in MAY_SEE.items():
            for other in others:
                rest = set().union(*(seen_from(each) for each in others - {other}))
                self.assertNotIn(other, rest, f"{room} has {other} already")


if __name__ == "__main__":
    unittest.main()
