import contextlib
import io
import pathlib
import tempfile
import unittest

from include_direction import MAY_SEE, breaches_in, main, room_of, seen_from


def messages(room, text):
    return [message for _, message in breaches_in(room, text)]


class IncludeDirection(unittest.TestCase):
    def test_lets_a_room_see_itself_and_those_below(self):
        self.assertEqual(messages("runner/casebook", '#include "core/frame.h"\n#include "runner/target/target.h"'), [])

    def test_names_the_line_of_an_include_against_the_direction(self):
        self.assertEqual(
            list(breaches_in("core", '#pragma once\n#include "runner/casebook/case.h"')),
            [(2, "core must not see runner/casebook")],
        )

    def test_keeps_the_runner_and_the_server_under_test_apart(self):
        self.assertTrue(messages("runner/suite", '#include "server-under-test/server.h"'))
        self.assertTrue(messages("server-under-test", '#include "runner/casebook/case.h"'))
        self.assertEqual(messages("tests", '#include "server-under-test/server.h"'), [])

    def test_finds_a_breach_of_every_direction(self):
        for room in MAY_SEE:
            for other in MAY_SEE:
                found = messages(room, f'#include "{other}/unit.h"')
                self.assertEqual(found == [], other in seen_from(room), f"{room} sees {other}")

    def test_has_no_circle_of_rooms(self):
        for room in MAY_SEE:
            for other in seen_from(room) - {room}:
                self.assertNotIn(room, seen_from(other))

    def test_knows_the_innermost_room(self):
        self.assertEqual(room_of("runner/casebook/case.h"), "runner/casebook")
        self.assertEqual(room_of("reports/html.h"), "reports")
        self.assertEqual(room_of("runner/case.h"), None)

    def test_wants_includes_written_from_the_root(self):
        self.assertTrue(messages("core", '#include "frame.h"'))
        self.assertTrue(messages("core", '#include "../core/frame.h"'))

    def test_keeps_sockets_clock_and_json_out_of_core(self):
        for header in ["boost/asio/ip/tcp.hpp", "nlohmann/json.hpp", "thread"]:
            self.assertTrue(messages("core", f"#include <{header}>"), header)
        self.assertTrue(messages("core", "auto now = std::chrono::steady_clock::now();"))
        self.assertEqual(messages("core", "#include <chrono>\n#include <vector>"), [])

    def test_ends_with_the_outcome(self):
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
            root = pathlib.Path(folder)
            self.assertEqual(main(root), 2)
            (root / "core").mkdir()
            (root / "core" / "frame.h").write_text("#include <vector>\n", encoding="utf-8")
            self.assertEqual(main(root), 0)
            (root / "core" / "frame.cpp").write_text('#include "cli/run.h"\n', encoding="utf-8")
            self.assertEqual(main(root), 1)

    def test_wants_the_own_header_first(self):
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
            root = pathlib.Path(folder)
            (root / "core").mkdir()
            unit = root / "core" / "frame.cpp"
            (root / "core" / "frame.h").write_text("#include <vector>\n", encoding="utf-8")
            unit.write_text('#include "core/frame.h"\n#include <vector>\n', encoding="utf-8")
            self.assertEqual(main(root), 0)
            unit.write_text('#include <vector>\n#include "core/frame.h"\n', encoding="utf-8")
            self.assertEqual(main(root), 1)
            unit.write_text("int nothing;\n", encoding="utf-8")
            self.assertEqual(main(root), 1)


if __name__ == "__main__":
    unittest.main()
