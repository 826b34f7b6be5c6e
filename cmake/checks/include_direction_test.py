import contextlib
import io
import pathlib
import tempfile
import unittest

from include_direction import breaches_in, main


def messages(room, text):
    return [message for _, message in breaches_in(room, text)]


class IncludeDirection(unittest.TestCase):
    def test_lets_a_room_see_itself_and_those_below(self):
        self.assertEqual(messages("runner", '#include "core/frame.h"\n#include "runner/case.h"'), [])

    def test_names_the_line_of_an_include_against_the_direction(self):
        self.assertEqual(
            list(breaches_in("core", '#pragma once\n#include "runner/case.h"')),
            [(2, "core must not see runner")],
        )

    def test_keeps_the_runner_and_the_server_under_test_apart(self):
        self.assertTrue(messages("runner", '#include "server-under-test/server.h"'))
        self.assertTrue(messages("server-under-test", '#include "runner/case.h"'))
        self.assertEqual(messages("tests", '#include "server-under-test/server.h"'), [])

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
