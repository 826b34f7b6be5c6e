"""Whether .clusterfuzzlite/build.sh keeps the contract of OSS-Fuzz and ClusterFuzzLite.

usage: contract.py [--seconds N] [--sanitizer address|undefined] [--out FOLDER] [TARGET...]

Sets the contract's environment, with clang 19 and libFuzzer, builds by the script, and looks at what lies in $OUT: of
each target of the tree (or each that is named: "utf8_fuzzer") the program, its seed corpus, dictionary and options. Each program then runs from there, in another
folder and without a path to the tree: over its whole seed corpus, and N seconds (1) with its dictionary. It takes as long
as a build. Exits with 1 where something is missing or a program does not run to its end.
"""

import argparse
import configparser
import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SANITIZERS = {"address": "-fsanitize=address -fsanitize-address-use-after-scope",
              "undefined": "-fsanitize=undefined -fno-sanitize-recover=undefined"}
# Of the image that programs run in; all others come with them.
OF_THE_IMAGE = {"libc", "libm", "libdl", "librt", "libpthread", "libresolv"}


def targets():
    return sorted(path.name.removesuffix(".cpp") for path in ROOT.glob("fuzz/**/*_fuzzer.cpp"))


def environment(sanitizer, out, work):
    """What OSS-Fuzz's base-builder sets (libc++ among its flags), and of ours only what finds the tools."""
    flags = f"-O1 -fno-omit-frame-pointer -gline-tables-only {SANITIZERS[sanitizer]} -fsanitize=fuzzer-no-link"
    kept = {name: value for name, value in os.environ.items() if name == "PATH" or name.startswith("CCACHE_")}
    return {**kept, "HOME": str(work), "CC": "clang-19", "CXX": "clang++-19", "CFLAGS": flags,
            "CXXFLAGS": f"{flags} -stdlib=libc++", "LIB_FUZZING_ENGINE": "-fsanitize=fuzzer", "SANITIZER": sanitizer,
            "OUT": str(out), "WORK": str(work), "CCACHE_DIR": os.environ.get("CCACHE_DIR", f"{pathlib.Path.home()}/.cache/ccache")}


def missing_of(name, out):
    """What of a target does not lie in $OUT as it should, in words."""
    if not os.access(out / name, os.X_OK):
        return "no program"
    corpus = out / f"{name}_seed_corpus.zip"
    if not corpus.exists() or not zipfile.ZipFile(corpus).namelist():
        return "no seed corpus"
    if not (out / f"{name}.dict").exists():
        return "no dictionary"
    options = configparser.ConfigParser()
    if not options.read(out / f"{name}.options") or "libfuzzer" not in options:
        return "no options"
    for line in subprocess.run(["ldd", out / name], capture_output=True, text=True, check=True).stdout.splitlines():
        library, _, where = line.strip().partition(" => ")
        if where and library.split(".so")[0] not in OF_THE_IMAGE and not where.startswith(str(out)):
            return f"{library} is not beside it"
    return None


def run_of(name, out, seconds):
    """What goes wrong when it runs from $OUT, in words."""
    with tempfile.TemporaryDirectory() as elsewhere:
        seeds = pathlib.Path(elsewhere) / "seeds"
        with zipfile.ZipFile(out / f"{name}_seed_corpus.zip") as corpus:
            corpus.extractall(seeds)
            count = sum(each.file_size > 0 for each in corpus.infolist())  # an empty one is not read
        for more in (["-runs=0"], [f"-max_total_time={seconds}", f"-dict={out / name}.dict"]):
            run = subprocess.run([out / name, *more, "-timeout=10", seeds], cwd=elsewhere, capture_output=True, text=True,
                                 errors="replace", env={"PATH": "/usr/bin:/bin"}, check=False)
            if run.returncode != 0:
                return f"ends with {run.returncode}: {run.stderr[-300:]}"
            if f"files: {count}" not in run.stderr and f"{count} files found" not in run.stderr:
                return f"does not take its {count} seeds"
    return None


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--seconds", type=int, default=1)
    options.add_argument("--sanitizer", choices=SANITIZERS, default="address")
    options.add_argument("--out", type=pathlib.Path, help="a folder to keep; a build in it is gone on with")
    options.add_argument("targets", nargs="*")
    args = options.parse_args()
    wanted = args.targets or targets()
    with tempfile.TemporaryDirectory() as scratch:
        base = args.out.resolve() if args.out else pathlib.Path(scratch)
        out, work = base / "out", base / "work"
        work.mkdir(parents=True, exist_ok=True)
        subprocess.run([ROOT / ".clusterfuzzlite/build.sh"], check=True,
                       env={**environment(args.sanitizer, out, work), "WSCONFORM_FUZZERS": " ".join(wanted)})
        wrong = 0
        for name in wanted:
            fault = missing_of(name, out) or run_of(name, out, args.seconds)
            wrong += fault is not None
            print(f"{name:<28} {fault or 'runs'}", flush=True)
        print(f"{len(wanted) - wrong} of {len(wanted)} targets keep the contract ({args.sanitizer})")
    return 1 if wrong or not wanted else 0


if __name__ == "__main__":
    sys.exit(main())
