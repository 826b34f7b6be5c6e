"""The table of rooms: how large each is, what it sees, and what has outgrown its place.

usage: rooms.py ROOT

Prints the table, the longest functions and files, and one line for every breach:
- a room with more than a fifth of the product's code (lines that are neither blank nor comment)
- a function of more than 60 lines, a source file of more than 300, a test file of more than 400;
  tables of data are free of both
- a circle of units that include each other, or two units of one name
- a line of a comment beyond 100 columns, which the formatter leaves as it is

Exits with 1 if there is a breach, with 2 if ROOT has no sources at all.
"""

import collections
import pathlib
import re
import sys

from include_direction import INCLUDE, MAY_SEE, room_of, seen_from

LARGEST_SHARE = 0.20
LONGEST_FUNCTION = 60
LONGEST_SOURCE = 300
LONGEST_TEST = 400
WIDEST_COMMENT = 100

# Data in the form of code: rows, read one by one.
TABLES = re.compile(r"^server-under-test/defects_[a-z0-9_]+\.cpp$")

# Rooms that are no part of the product.
NOT_PRODUCT = {"tests", "bench"}

# Headers that tests alone include, beside those that say so: sample_*, tested_*.
FOR_TESTS = {
    "battery_of_bytes.h",
    "cases_from_text.h",
    "for_each_split.h",
    "running_server.h",
    "scripted_stage.h",
    "unpacked_page.h",
}

# What is no code, in one expression: comments, raw strings, strings, characters.
NO_CODE = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"([^(\s]*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+'",
    re.DOTALL,
)
PREPROCESSOR = re.compile(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.MULTILINE)
OPENS_A_SCOPE = re.compile(r"\b(namespace|class|struct|union|extern)\b[^()=]*$")
STARTS_INITIALIZERS = re.compile(r"\)[\w\s]*:(?!:)")

Source = collections.namedtuple("Source", "path room lines code_lines functions includes wide")
Function = collections.namedtuple("Function", "name line lines")


def is_test(path):
    name = path.rsplit("/", 1)[-1]
    return (
        path.startswith("tests/")
        or name.endswith("_test.cpp")
        or name.startswith(("sample_", "tested_"))
        or name in FOR_TESTS
    )


def unit_of(path):
    """What a file belongs to: x.h, x.cpp and x_test.cpp are one unit, room and name."""
    return re.sub(r"(_test)?\.(h|cpp)$", "", path)


def blank(match):
    return re.sub(r"[^\n]", " ", match.group())


def bare(text):
    """`text` with strings, comments and preprocessor lines blank, line by line as long as before."""
    return PREPROCESSOR.sub(blank, NO_CODE.sub(blank, text))


def code_lines(text):
    """How many lines hold more than blanks and comments."""

    def keep_strings(match):
        return blank(match) if match.group().startswith("/") else match.group()

    return sum(1 for line in NO_CODE.sub(keep_strings, text).splitlines() if line.strip())


def matching(code, start):
    """Where the bracket that opens at `start` is closed."""
    depth = 0
    for place in range(start, len(code)):
        if code[place] in "({":
            depth += 1
        elif code[place] in ")}":
            depth -= 1
            if depth == 0:
                return place
    return len(code) - 1


def is_body(head):
    """Whether the brace behind `head` opens the body of a function, and not an initializer."""
    if ")" not in head or re.search(r"(?<![=!<>])=\s*$", head):
        return False
    return not (STARTS_INITIALIZERS.search(head) and re.search(r"[\w>]\s*$", head))


def name_of(head):
    words = re.search(r"([\w:~]+|operator\s*\S+)\s*\(([^()]*)", re.sub(r"\[\[.*?\]\]", "", head))
    if not words:
        return "?"
    if words.group(1).startswith("TEST"):
        return ".".join(part.strip() for part in words.group(2).split(","))
    return words.group(1)


def functions_in(text):
    """Yields a Function for each that `text` defines, with the lines between its braces."""
    code = bare(text)
    place = head_from = 0
    while place < len(code):
        letter = code[place]
        if letter == "(":
            place = matching(code, place)
        elif letter in ";}":
            head_from = place + 1
        elif letter == "{":
            head = code[head_from:place]
            if OPENS_A_SCOPE.search(head) and "enum" not in head:
                head_from = place + 1
            else:
                end = matching(code, place)
                if is_body(head):
                    line = code.count("\n", 0, place) + 1
                    yield Function(name_of(head), line, code.count("\n", place, end))
                    head_from = end + 1
                place = end
        place += 1


def wide_comments(text):
    """Yields the number of each line of `text` that is a comment and too wide."""
    for number, line in enumerate(text.splitlines(), start=1):
        if len(line) > WIDEST_COMMENT and line.lstrip().startswith("//"):
            yield number


def read(root):
    """Every source of every room, by path."""
    sources = []
    for top in sorted({room.split("/")[0] for room in MAY_SEE}):
        for path in sorted((root / top).rglob("*")):
            if path.suffix not in {".h", ".cpp"} or "node_modules" in path.parts:
                continue
            text = path.read_text(encoding="utf-8")
            name = path.relative_to(root).as_posix()
            includes = [
                found.group(2)
                for found in map(INCLUDE.match, text.splitlines())
                if found and found.group(1) == '"'
            ]
            sources.append(
                Source(
                    path=name,
                    room=room_of(name),
                    lines=len(text.splitlines()),
                    code_lines=code_lines(text),
                    functions=list(functions_in(text)),
                    includes=includes,
                    wide=list(wide_comments(text)),
                )
            )
    return sources


def circles(sources):
    """The sets of units that reach each other by their includes."""
    edges = collections.defaultdict(set)
    for source in sources:
        if not is_test(source.path):
            edges[unit_of(source.path)] |= {unit_of(path) for path in source.includes}

    def reach(unit):
        seen, todo = set(), [unit]
        while todo:
            for other in edges.get(todo.pop(), ()):
                if other not in seen:
                    seen.add(other)
                    todo.append(other)
        return seen

    reached = {unit: reach(unit) - {unit} for unit in edges}
    found = {
        frozenset({unit} | {other for other in reached[unit] if unit in reached.get(other, ())})
        for unit in edges
    }
    return sorted(sorted(circle) for circle in found if len(circle) > 1)


def twins(sources):
    """The names that more than one unit has, each with its units."""
    named = collections.defaultdict(set)
    for source in sources:
        if not is_test(source.path):
            unit = unit_of(source.path)
            named[unit.rsplit("/", 1)[-1]].add(unit)
    return sorted(sorted(units) for units in named.values() if len(units) > 1)


def product_lines(sources):
    """Lines of code of the product by room, the larger rooms first."""
    lines = collections.Counter()
    for source in sources:
        if source.room and source.room not in NOT_PRODUCT and not is_test(source.path):
            lines[source.room] += source.code_lines
    return dict(lines.most_common())


def breaches(sources):
    """The sentences that say what has outgrown its place."""
    lines = product_lines(sources)
    total = sum(lines.values())
    for room, count in lines.items():
        if count > LARGEST_SHARE * total and len(lines) > 1:
            yield f"{room}: {count / total:.1%} of the product, more than {LARGEST_SHARE:.0%}"
    for source in sources:
        for line in source.wide:
            yield f"{source.path}:{line}: a comment beyond {WIDEST_COMMENT} columns"
    for source in sources:
        if TABLES.match(source.path):
            continue
        longest = LONGEST_TEST if is_test(source.path) else LONGEST_SOURCE
        if source.lines > longest:
            yield f"{source.path}: {source.lines} lines, more than {longest}"
        for function in source.functions:
            if function.lines > LONGEST_FUNCTION:
                yield (
                    f"{source.path}:{function.line}: {function.name} has {function.lines} lines, "
                    f"more than {LONGEST_FUNCTION}"
                )
    for circle in circles(sources):
        yield f"a circle of units: {', '.join(circle)}"
    for units in twins(sources):
        yield f"units of one name: {', '.join(units)}"


def table(sources):
    """The lines of the table of rooms."""
    lines = product_lines(sources)
    total = sum(lines.values())
    units = collections.defaultdict(set)
    for source in sources:
        units[source.room].add(unit_of(source.path))
    yield f"{'room':22} {'code':>6} {'share':>6} {'units':>6}  sees"
    for room, count in lines.items():
        sees = ", ".join(sorted(seen_from(room) - {room})) or "-"
        yield f"{room:22} {count:6} {count / total:6.1%} {len(units[room]):6}  {sees}"
    yield f"{'all':22} {total:6} {1:6.1%} {sum(len(units[room]) for room in lines):6}"
    tests = sum(source.code_lines for source in sources if is_test(source.path))
    yield f"{'tests':22} {tests:6}"


def longest(sources):
    """The lines that name the longest functions and files outside tables."""
    free = [source for source in sources if not TABLES.match(source.path)]
    yield "longest functions, in lines:"
    functions = [(function, source) for source in free for function in source.functions]
    for function, source in sorted(functions, key=lambda pair: -pair[0].lines)[:10]:
        yield f"{function.lines:6}  {function.name}  {source.path}:{function.line}"
    for kind, of_tests in [("sources", False), ("tests", True)]:
        yield f"longest {kind}, in lines:"
        files = [source for source in free if is_test(source.path) == of_tests]
        for source in sorted(files, key=lambda file: -file.lines)[:5]:
            yield f"{source.lines:6}  {source.path}"


def main(root):
    sources = read(pathlib.Path(root))
    if not sources:
        print(f"{root} has no sources")
        return 2
    wrong = list(breaches(sources))
    print("\n".join([*table(sources), "", *longest(sources)]))
    print("\n".join(["", *wrong]) if wrong else "\nno room, file or function has outgrown its place")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
