"""Checks that rooms link what they may see: the DEPENDS of each room's CMakeLists.txt name exactly the
rooms that MAY_SEE of include_direction.py names.

usage: room_links.py ROOT
"""

import pathlib
import re
import sys

from include_direction import MAY_SEE


def library_of(room):
    return "wsconform_" + re.sub(r"[-/]", "_", room)


ROOM_OF = {library_of(room): room for room in MAY_SEE}


def links_in(text, room):
    """The rooms whose libraries `text`, the CMakeLists.txt of `room`, links."""
    words = re.findall(r"\bwsconform_\w+", re.sub(r"#.*", "", text))
    return {ROOM_OF[word] for word in words if word in ROOM_OF} - {room}


def faults(text, room):
    """The sentences that say where the CMakeLists.txt of `room` departs from MAY_SEE."""
    links = links_in(text, room)
    for other in sorted(MAY_SEE[room] - links):
        yield f"{room} does not link {library_of(other)}"
    for other in sorted(links - MAY_SEE[room]):
        yield f"{room} links {library_of(other)}, which MAY_SEE does not name"


def main(root):
    wrong = [
        f"{room}/CMakeLists.txt: {fault}"
        for room in MAY_SEE
        for fault in faults((root / room / "CMakeLists.txt").read_text(encoding="utf-8"), room)
    ]
    print("\n".join(wrong) if wrong else f"{len(MAY_SEE)} rooms link what they may see")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
