#!/bin/bash -eu
# Builds every fuzzer for an engine, by the contract of OSS-Fuzz: $CC, $CXX, $CFLAGS, $CXXFLAGS and $LIB_FUZZING_ENGINE say
# how, $SRC, $WORK and $OUT where. What it depends on is built from $SRC/<name> where that is, else taken from the system.
# For each target: $OUT/<t>, <t>_seed_corpus.zip, <t>.dict, <t>.options, and specs/ with what is known of the stacks.
here=$(cd "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
source=$SRC/tcprove
[[ -d $source ]] || source=$(dirname -- "$here")
deps=$WORK/deps

# dependency NAME OPTION…: builds $SRC/NAME as a static library and installs it in $deps.
dependency() {
  local name=$1
  [[ -d $SRC/$name ]] || return 0
  cmake -S "$SRC/$name" -B "$WORK/$name" -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo -DBUILD_SHARED_LIBS=OFF \
    -DCMAKE_POSITION_INDEPENDENT_CODE=ON -DCMAKE_INSTALL_PREFIX="$deps" "${@:2}"
  cmake --build "$WORK/$name" --target install
}
dependency fmt -DFMT_TEST=OFF -DFMT_DOC=OFF
dependency yaml-cpp -DYAML_CPP_BUILD_TESTS=OFF -DYAML_CPP_BUILD_TOOLS=OFF -DYAML_CPP_BUILD_CONTRIB=OFF
dependency json -DJSON_BuildTests=OFF

lwip=()
if [[ -d $SRC/lwip ]]; then lwip=(-DTCPROVE_LWIP_SOURCE="$SRC/lwip"); fi
cmake -S "$source" -B "$WORK/build" -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCMAKE_PREFIX_PATH="$deps" \
  -DBUILD_TESTING=ON -DTCPROVE_FUZZ=ON -DTCPROVE_FUZZ_ENGINE="$LIB_FUZZING_ENGINE" "${lwip[@]}"

while read -r target dictionary seeds; do
  cmake --build "$WORK/build" --target "$target"
  cp "$WORK/build/$target" "$OUT/$target"
  cp "$source/$dictionary" "$OUT/$target.dict"
  printf '[libfuzzer]\nmax_len = 8208\ntimeout = 25\n' >"$OUT/$target.options"
  # One folder, in which a seed's name says where it is from.
  rm -rf "$WORK/seeds" "$OUT/${target}_seed_corpus.zip"
  mkdir -p "$WORK/seeds"
  for folder in $seeds; do
    find "$source/$folder" -type f -printf '%P\n' | while read -r seed; do
      cp "$source/$folder/$seed" "$WORK/seeds/${seed//\//.}"
    done
  done
  (cd "$WORK/seeds" && find . -type f | sed 's,^\./,,' | LC_ALL=C sort | zip -q -X -@ "$OUT/${target}_seed_corpus.zip")
done <"$WORK/build/fuzz_targets.txt"
# A fuzzer that was taken elsewhere looks beside itself for what is known of its stack.
mkdir -p "$OUT/specs"
cp -r "$source/specs/expected" "$OUT/specs/"
# lwIP is a shared library, so that a reset can restore it; it lies beside the fuzzers.
find "$WORK/build" -name 'libtcprove_lwip_source.so' -exec cp '{}' "$OUT/" ';'
