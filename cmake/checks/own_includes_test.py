import contextlib
import io
import pathlib
import tempfile
import unittest

from own_includes import breaches_in, main

FRAME = "namespace wsconform {\nstruct Frame {\n  int fin = 1;\n};\ninline constexpr int most = 125;\n}\n"


def told(unit, path="core/use.cpp", **others):
    files = {"core/frame.h": FRAME, path: unit}
    files.update({f"core/{name}.h": text for name, text in others.items()})
    return list(breaches_in(files))


class OwnIncludes(unittest.TestCase):
    def test_wants_an_include_for_each_type_and_constant(self):
        self.assertEqual(
            told("#include <string>\n\nFrame frame;\nint length = most;"),
            [
                ("core/use.cpp", 3, "names Frame without an include of core/frame.h"),
                ("core/use.cpp", 4, "names most without an include of core/frame.h"),
            ],
        )

    def test_takes_what_an_include_includes(self):
        self.assertEqual(told('#include "core/frame.h"\nFrame frame;'), [])
        self.assertEqual(told('#include "core/more.h"\nFrame frame;', more='#include "core/frame.h"'), [])

    def test_looks_at_headers_too(self):
        found = told("", user="Frame frame();")
        self.assertEqual(found, [("core/user.h", 1, "names Frame without an include of core/frame.h")])

    def test_lets_a_declaration_be_enough(self):
        self.assertEqual(told("struct Frame;\nvoid take(const Frame& frame);"), [])

    def test_leaves_alone_what_bears_the_name_by_chance(self):
        for unit in ["int most = 3;\nint f() { return most; }", "int f(X x) { return x.most; }", "Other::Frame frame;",
                     "TEST(Frame, IsWhole) {}", '// Frame\nauto text = "Frame";', "template <typename Frame>\nFrame f();"]:
            self.assertEqual(told(unit), [], unit)

    def test_knows_that_a_room_can_mean_only_what_it_sees(self):
        self.assertEqual(list(breaches_in({"cli/run.h": "struct Run {};", "core/use.cpp": "Run run;"})), [])

    def test_ends_with_the_outcome(self):
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()) as out:
            root = pathlib.Path(folder)
            self.assertEqual(main(root), 2)
            (root / "core").mkdir()
            (root / "core/frame.h").write_text(FRAME, encoding="utf-8")
            self.assertEqual(main(root), 0)
            (root / "core/use.cpp").write_text("Frame frame;\n", encoding="utf-8")
            self.assertEqual(main(root), 1)
            self.assertIn("core/use.cpp:1: names Frame", out.getvalue())


if __name__ == "__main__":
    unittest.main()
