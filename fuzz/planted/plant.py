"""Plants the bugs of bugs.txt into a copy of core's sources, for the fuzzers to find.

usage: plant.py ROOT OUT

Writes to OUT each source of core that a bug is planted in, and planted_bug.h. At run time the
environment variable WSCONFORM_PLANTED_BUG names the bug that is there; without it there is none. Prints
the sources, one a line; exits with 1 and says why where a bug does not fit its source.
"""

import collections
import pathlib
import re
import sys

Bug = collections.namedtuple("Bug", "name source targets says old new")

HEAD = re.compile(r"\[([a-z0-9-]+)\] ([a-z0-9_]+\.cpp): ([a-z0-9_ ]+)$")
LIST = pathlib.Path(__file__).with_name("bugs.txt")


class Misfit(Exception):
    """A bug that cannot be planted."""


def bugs_in(text):
    """Every Bug that `text`, a list of them, holds."""
    bugs = []
    for entry in re.split(r"\n\s*\n", text):
        lines = [line for line in entry.splitlines() if not line.startswith("#")]
        if not lines:
            continue
        head = HEAD.match(lines[0])
        if not head:
            raise Misfit(f"no head of a bug: {lines[0]}")
        old = [line[2:] for line in lines[1:] if line.startswith("- ")]
        new = [line[2:] for line in lines[1:] if line.startswith("+ ")]
        says = [line for line in lines[1:] if line[:2] not in ("- ", "+ ")]
        if not old or "PLANTED" not in "\n".join(new) or len(says) != 1:
            raise Misfit(f"{head.group(1)}: has to say what it is, what stands there and what is PLANTED")
        targets = head.group(3).split()
        bugs.append(Bug(head.group(1), head.group(2), targets, says[0], "\n".join(old), "\n".join(new)))
    names = collections.Counter(bug.name for bug in bugs)
    for name, count in names.items():
        if count > 1:
            raise Misfit(f"{name}: stands {count} times in the list")
    return bugs


def planted(text, bugs):
    """`text`, a source, with all of `bugs`, pairs of number and Bug, planted."""
    for number, bug in bugs:
        if text.count(bug.old) != 1:
            raise Misfit(f"{bug.name}: its text stands {text.count(bug.old)} times in core/{bug.source}")
        text = text.replace(bug.old, bug.new.replace("PLANTED", f"(planted_bug == {number})"))
    return '#include "planted_bug.h"\n' + text


def header(bugs):
    """The text of planted_bug.h."""
    names = ", ".join(f'"{bug.name}"' for bug in bugs)
    return f"""#pragma once
#include <cstdio>
#include <cstdlib>
#include <string_view>
namespace wsconform {{
inline int chosen_bug() {{
  const char* name = std::getenv("WSCONFORM_PLANTED_BUG");
  if (name == nullptr) return -1;
  int number = 0;
  for (const std::string_view each : {{{names}}}) {{
    if (each == name) return number;
    ++number;
  }}
  std::fprintf(stderr, "no bug %s was planted\\n", name);
  std::exit(2);
}}
inline const int planted_bug = chosen_bug();
}}  // namespace wsconform
"""


def sources_with_bugs(root, bugs):
    """The planted text of each source, by its name."""
    by_source = collections.defaultdict(list)
    for number, bug in enumerate(bugs):
        by_source[bug.source].append((number, bug))
    return {
        source: planted((root / "core" / source).read_text(encoding="utf-8"), its_bugs)
        for source, its_bugs in sorted(by_source.items())
    }


def main(root, out):
    try:
        bugs = bugs_in(LIST.read_text(encoding="utf-8"))
        sources = sources_with_bugs(pathlib.Path(root), bugs)
    except Misfit as misfit:
        print(misfit, file=sys.stderr)
        return 1
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    for name, text in {**sources, "planted_bug.h": header(bugs)}.items():
        path = out / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
    print("\n".join(sources))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
