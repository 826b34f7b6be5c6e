"""Whether .clusterfuzzlite/build.sh keeps the contract of OSS-Fuzz and ClusterFuzzLite.

usage: contract.py [--seconds N] [--engine libfuzzer|afl] [--sanitizer address|undefined] [--out FOLDER] [TARGET...]

Sets the contract's environment, with clang 19 and the engine, builds by the script, and looks at what lies in $OUT: of
each target of the tree (or each that is named: "utf8_fuzzer") the program, its seed corpus, dictionary and options. Each
program then runs from there, in another folder and without a path to the tree: over its whole seed corpus, and N seconds
(1; with afl 5 at least) with its dictionary. It takes as long as a build. Exits with 1 where something is missing or a
program does not run to its end, or finds anything.
"""

import argparse
import base64
import configparser
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SANITIZERS = {"address": "-fsanitize=address -fsanitize-address-use-after-scope",
              "undefined": "-fsanitize=undefined -fno-sanitize-recover=undefined"}
AFL_SANITIZERS = {"address": "AFL_USE_ASAN", "undefined": "AFL_USE_UBSAN"}
AFL = pathlib.Path("/usr/lib/afl")  # Debian's afl++
# Of the image that programs run in; all others come with them.
OF_THE_IMAGE = {"libc", "libm", "libdl", "librt", "libpthread", "libresolv"}


def targets():
    return sorted(path.name.removesuffix(".cpp") for path in ROOT.glob("fuzz/**/*_fuzzer.cpp"))


def compilers_of(engine, sanitizer):
    """Debian's afl++ has passes for clang 14, which is too old for the tree; clang 19 instruments for it by itself."""
    flags = "-O1 -fno-omit-frame-pointer -gline-tables-only"
    if engine == "afl":
        return {"CC": "afl-clang-fast", "CXX": "afl-clang-fast++", "CFLAGS": flags, "CXXFLAGS": f"{flags} -stdlib=libc++",
                "LIB_FUZZING_ENGINE": str(AFL / "libAFLDriver.a"), "AFL_CC": shutil.which("clang-19"),
                "AFL_CXX": shutil.which("clang++-19"), "AFL_LLVM_INSTRUMENT": "LLVM-NATIVE", "AFL_QUIET": "1",
                AFL_SANITIZERS[sanitizer]: "1"}
    flags += f" {SANITIZERS[sanitizer]} -fsanitize=fuzzer-no-link"
    return {"CC": "clang-19", "CXX": "clang++-19", "CFLAGS": flags, "CXXFLAGS": f"{flags} -stdlib=libc++",
            "LIB_FUZZING_ENGINE": "-fsanitize=fuzzer"}


def environment(engine, sanitizer, out, work):
    """What OSS-Fuzz's base-builder sets (libc++ among its flags), and of ours only what finds the tools."""
    kept = {name: value for name, value in os.environ.items() if name == "PATH" or name.startswith("CCACHE_")}
    return {**kept, **compilers_of(engine, sanitizer), "HOME": str(work), "FUZZING_ENGINE": engine, "SANITIZER": sanitizer,
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


def afl_run_of(name, out, seconds):
    """The same with AFL++, which reads no empty seed either."""
    with tempfile.TemporaryDirectory() as elsewhere:
        seeds, found = pathlib.Path(elsewhere) / "seeds", pathlib.Path(elsewhere) / "found"
        with zipfile.ZipFile(out / f"{name}_seed_corpus.zip") as corpus:
            for each in corpus.infolist():
                if each.file_size > 0:
                    corpus.extract(each, seeds)
        # So that it asks nothing of the machine's settings, and takes no seed for a reason to give up.
        calm = {"AFL_NO_UI": "1", "AFL_NO_AFFINITY": "1", "AFL_SKIP_CPUFREQ": "1", "AFL_IGNORE_SEED_PROBLEMS": "1",
                "AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES": "1"}
        run = subprocess.run(
            ["afl-fuzz", "-V", str(max(seconds, 5)), "-t", "10000", "-m", "none", "-x", out / f"{name}.dict", "-i", seeds,
             "-o", found, "--", out / name],
            cwd=elsewhere, capture_output=True, text=True, errors="replace", env={"PATH": "/usr/bin:/bin", **calm}, check=False)
        told = found / "default/fuzzer_stats"
        if run.returncode != 0 or not told.exists():
            return f"ends with {run.returncode}: {run.stdout[-300:]}"
        stats = dict(re.split(r"\s*: ", line, maxsplit=1) for line in told.read_text(encoding="utf-8").splitlines())
        if int(stats["saved_crashes"]) or int(stats["saved_hangs"]):
            first = next(path for kind in ("crashes", "hangs") for path in sorted((found / "default" / kind).glob("id*")))
            return f"finds {first.name}: {base64.b64encode(first.read_bytes()).decode()}"
        print(f"{name:<28} {stats['execs_done']} executions, {stats['corpus_count']} inputs", flush=True)
        return None


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--seconds", type=int, default=1)
    options.add_argument("--engine", choices=["libfuzzer", "afl"], default="libfuzzer")
    options.add_argument("--sanitizer", choices=SANITIZERS, default="address")
    options.add_argument("--out", type=pathlib.Path, help="a folder to keep; a build in it is gone on with")
    options.add_argument("targets", nargs="*")
    args = options.parse_args()
    wanted = [f"{name.removesuffix('_fuzzer')}_fuzzer" for name in args.targets] or targets()
    if unknown := set(wanted) - set(targets()):
        options.error(f"there is no fuzz target {min(unknown).removesuffix('_fuzzer')}")
    with tempfile.TemporaryDirectory() as scratch:
        base = args.out.resolve() if args.out else pathlib.Path(scratch)
        out, work = base / "out", base / "work"
        work.mkdir(parents=True, exist_ok=True)
        subprocess.run([ROOT / ".clusterfuzzlite/build.sh"], check=True,
                       env={**environment(args.engine, args.sanitizer, out, work), "WSCONFORM_FUZZERS": " ".join(wanted)})
        wrong = 0
        for name in wanted:
            run = afl_run_of if args.engine == "afl" else run_of
            fault = missing_of(name, out) or run(name, out, args.seconds)
            wrong += fault is not None
            print(f"{name:<28} {fault or 'runs'}", flush=True)
        print(f"{len(wanted) - wrong} of {len(wanted)} targets keep the contract ({args.engine}, {args.sanitizer})")
    return 1 if wrong or not wanted else 0


if __name__ == "__main__":
    sys.exit(main())
