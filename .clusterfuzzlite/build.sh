#!/bin/bash -eu
# Builds every fuzz target by the contract of OSS-Fuzz and ClusterFuzzLite: CC, CXX, CFLAGS, CXXFLAGS and
# LIB_FUZZING_ENGINE say how, and $OUT gets of each target NAME the program, NAME_seed_corpus.zip, NAME.dict and
# NAME.options, and in lib/ the libraries that the image they run in does not have. $SRC/wsconform has the sources
# (default: this clone), $WORK takes the build (default: a temporary folder).
sources=${SRC:+$SRC/wsconform}
[[ -n $sources && -d $sources ]] || sources=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=${WORK:-$(mktemp -d)}
build=$work/wsconform-build
: "${OUT:?the folder for the targets}" "${LIB_FUZZING_ENGINE:?what the targets are linked with}"
mkdir -p "$OUT/lib"

# The distribution's C++ libraries are made with libstdc++, and so is what calls them.
export CXXFLAGS=${CXXFLAGS//-stdlib=libc++/}
cmake -S "$sources" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=None -DWSCONFORM_FUZZ=ON -DWSCONFORM_TESTS=OFF \
  -DCMAKE_UNITY_BUILD=ON -DCMAKE_UNITY_BUILD_BATCH_SIZE=16 -DCMAKE_BUILD_RPATH="\$ORIGIN/lib"
read -ra wanted <<<"${WSCONFORM_FUZZERS:-fuzzers}"  # or some of them, by name
cmake --build "$build" --target "${wanted[@]}" -j "${WSCONFORM_BUILD_JOBS:-$(nproc)}"

for program in "$build"/fuzz/*_fuzzer; do
  name=$(basename "$program")
  target=${name%_fuzzer}
  cp "$program" "$OUT/$name"
  ldd "$program" | awk '$2 == "=>" && $3 ~ /^\// { print $3 }' |
    grep -vE '/(libc|libm|libdl|librt|libpthread|libresolv)\.so' | xargs -r cp -Lnt "$OUT/lib"
  rm -f "$OUT/${name}_seed_corpus.zip"
  (cd "$sources/fuzz/corpus/$target" && find . -type f | LC_ALL=C sort | zip -q -X -@ "$OUT/${name}_seed_corpus.zip")
  cp "$sources/fuzz/$target.dict" "$OUT/$name.dict"
  printf '[libfuzzer]\nmax_len = 65536\ntimeout = 10\nrss_limit_mb = 1024\n' >"$OUT/$name.options"
done
