"""Checks that each unit includes what declares the types and constants of ours that it names, by itself
or by what it includes. Units that are compiled together see what the one before them included, and
would not tell.

usage: own_includes.py ROOT

Prints one line `file:line: what is wrong` for every breach and exits with 1 if there is any, or with 2
if ROOT has no sources at all.
"""

import collections
import pathlib
import re
import sys

from include_direction import INCLUDE, room_of, seen_from
from rooms import NO_CODE

# At the margin: of a namespace, which is not indented.
DECLARED = re.compile(
    r"^(?:struct|class|enum class) (\w+)(?: final)?(?: :[^;{]*)?\s*\{"
    r"|^using (\w+) ="
    r"|^(?:inline )?constexpr [\w:<>, ]+? (\w+)(?:\[\w*\])? ?[={]",
    re.MULTILINE,
)
TEST_NAMES = re.compile(r"\b(?:INSTANTIATE_TEST_SUITE_P|(?:TYPED_)?TEST(?:_F|_P)?)\([^,)]*")
NAMED_BEFORE = re.compile(r"(?:\.|->|\b(?!wsconform)\w+::)\s*$")


def blank(match):
    """Of the same length and lines."""
    return re.sub(r"[^\n]", " ", match.group())


def code_of(text):
    return TEST_NAMES.sub(blank, NO_CODE.sub(blank, text))


def includes_of(text):
    matches = (INCLUDE.match(line) for line in text.splitlines())
    return [match.group(2) for match in matches if match and match.group(1) == '"']


def names_in(code):
    return {name for match in DECLARED.finditer(code) for name in match.groups() if name}


def declares(code, name):
    """Something of that name, in any scope: forward, a member, a parameter, a variable, a function."""
    return re.search(
        rf"[\w>&*\]] +{name}\b *[;=,(){{}}\[:>]|\[[^\]]*\b{name}\b[^\]]*\] ?[:=]|\busing {name}\b", code
    )


def breaches_in(files):
    """Yields (path, line number, message). `files`: their texts, by the path from the root."""
    codes = {path: code_of(text) for path, text in files.items()}
    homes = collections.defaultdict(set)
    for path in files:
        if path.endswith(".h"):
            for name in names_in(codes[path]):
                homes[name].add(path)
    home_of = {name: min(paths) for name, paths in homes.items() if len(paths) == 1}
    included = {path: includes_of(text) for path, text in files.items()}
    rooms = {path: room_of(path) for path in files}

    def read_with(path):
        seen, to_do = set(), [path]
        while to_do:
            each = to_do.pop()
            if each not in seen:
                seen.add(each)
                to_do += included.get(each, [])
        return seen

    for path, code in codes.items():
        seen = read_with(path)
        told = set()
        for match in re.finditer(r"\b[A-Za-z_]\w+\b", code):
            name = match.group()
            home = home_of.get(name)
            if home is None or home in seen or name in told or rooms[home] not in seen_from(rooms[path]):
                continue
            if NAMED_BEFORE.search(code[max(0, match.start() - 40) : match.start()]):
                continue
            if any(declares(codes[each], name) for each in seen if each in codes):
                continue
            told.add(name)
            yield path, code.count("\n", 0, match.start()) + 1, f"names {name} without an include of {home}"


def main(root):
    files = {}
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root).as_posix()
        if path.suffix in {".h", ".cpp"} and room_of(relative) and "node_modules" not in relative:
            files[relative] = path.read_text(encoding="utf-8")
    if not files:
        print(f"{root} has no sources")
        return 2
    breaches = sorted(breaches_in(files))
    for path, number, message in breaches:
        print(f"{path}:{number}: {message}")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
