import contextlib
import io
import pathlib
import tempfile
import unittest

from rooms import breaches, code_lines, functions_in, main, read


def function(name, lines):
    return f"void {name}() {{\n" + "  ++count;\n" * (lines - 1) + "}\n"


def wrong_of(files):
    """What is wrong with a tree of these files, each a path and its text."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        return list(breaches(read(root)))


class Functions(unittest.TestCase):
    def names(self, text):
        return [function.name for function in functions_in(text)]

    def test_are_found_in_namespaces_and_classes(self):
        text = "namespace a {\nclass B {\n  int c() const { return 1; }\n};\nint B::d() {\n}\n}\n"
        self.assertEqual(self.names(text), ["c", "B::d"])

    def test_are_measured_from_brace_to_brace(self):
        found = list(functions_in("\n" + function("f", 61)))
        self.assertEqual([(f.line, f.lines) for f in found], [(2, 61)])

    def test_are_told_from_initializers(self):
        text = "const auto rows = {f(1)};\nenum class E { a };\nA::A() : b_{1}, c_(2), d_{g()} {\n}\n"
        self.assertEqual(self.names(text), ["A::A"])

    def test_are_not_ended_by_braces_in_strings_and_comments(self):
        text = "int f() {\n// }\n auto s = \"}\"; auto c = '}'; auto r = R\"(})\";\n}\nint g() {}\n"
        self.assertEqual(self.names(text), ["f", "g"])

    def test_are_found_behind_numbers_with_separators(self):
        text = "const int n = 1'000;\nint f() { return 2'000; }\nchar g() { return '{'; }\n"
        self.assertEqual(self.names(text), ["f", "g"])

    def test_of_tests_are_named_by_suite_and_test(self):
        self.assertEqual(self.names("TEST(Suite, Does) {\n}\n"), ["Suite.Does"])


class Rooms(unittest.TestCase):
    def test_of_a_tree_in_order_have_no_breach(self):
        rooms = ["core", "fuzz", "cli", "proof", "reports"]
        files = {f"{room}/{room}.h": "int a();\n" for room in rooms}
        files["tests/all_test.cpp"] = function("f", 60) + "\n" * 339
        self.assertEqual(wrong_of(files), [])

    def test_hold_at_most_a_fifth_of_the_code(self):
        files = {"core/a.h": "int a();\n" * 2}
        files.update({f"{r}/{r}.h": "int a();\n" * 2 for r in ["fuzz", "cli", "proof", "reports"]})
        self.assertEqual(wrong_of(files), [])
        files["core/a.h"] += "int b();\n"
        self.assertEqual(wrong_of(files), ["core: 27.3% of the product, more than 20%"])

    def test_have_no_long_function(self):
        self.assertEqual(wrong_of({"core/a.cpp": function("f", 60)}), [])
        self.assertEqual(
            wrong_of({"core/a.cpp": function("f", 61)}),
            ["core/a.cpp:1: f has 61 lines, more than 60"],
        )

    def test_have_no_long_file(self):
        self.assertEqual(wrong_of({"core/a.cpp": "\n" * 300, "core/a_test.cpp": "\n" * 400}), [])
        self.assertEqual(len(wrong_of({"core/a.cpp": "\n" * 301})), 1)
        self.assertEqual(len(wrong_of({"core/a_test.cpp": "\n" * 401})), 1)

    def test_take_headers_that_tests_alone_include_for_tests(self):
        for header in ("tested_line.h", "sample_results.h", "scripted_stage.h"):
            self.assertEqual(wrong_of({f"core/{header}": "\n" * 400}), [])

    def test_may_have_long_tables(self):
        self.assertEqual(
            wrong_of({"server-under-test/defects_echo.cpp": function("rows", 400)}), []
        )

    def test_have_no_circle_of_units(self):
        files = {
            "core/a.h": "",
            "core/a.cpp": '#include "core/b.h"\n',
            "core/b.h": '#include "core/c.h"\n',
            "core/c.h": '#include "core/a.h"\n',
        }
        self.assertEqual(wrong_of(files), ["a circle of units: core/a, core/b, core/c"])
        files["core/c.h"] = ""
        self.assertEqual(wrong_of(files), [])

    def test_have_no_units_of_one_name(self):
        self.assertEqual(
            wrong_of({"core/a.h": "", "cli/a.cpp": ""}), ["units of one name: cli/a, core/a"]
        )

    def test_have_no_comment_beyond_100_columns(self):
        self.assertEqual(wrong_of({"core/a.h": "// " + "x" * 97}), [])
        self.assertEqual(
            wrong_of({"core/a.h": "// " + "x" * 98}), ["core/a.h:1: a comment beyond 100 columns"]
        )

    def test_are_measured_without_comments_and_blank_lines(self):
        self.assertEqual(code_lines('// a\n\nint b;  // c\n/* d\n e */\nauto f = "// g";\n'), 2)

    def test_end_with_the_outcome(self):
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
            root = pathlib.Path(folder)
            self.assertEqual(main(root), 2)
            (root / "core").mkdir()
            (root / "core" / "a.cpp").write_text("int a;\n", encoding="utf-8")
            self.assertEqual(main(root), 0)
            (root / "core" / "a.cpp").write_text(function("f", 61), encoding="utf-8")
            self.assertEqual(main(root), 1)


if __name__ == "__main__":
    unittest.main()
