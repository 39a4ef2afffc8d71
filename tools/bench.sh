#!/bin/sh
# bench.sh PROGRAM: how fast the corpus is converted, by one worker and by all processors: best of five runs, each over
# every report ten times under different names.
set -eu
program=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
for copy in 0 1 2 3 4 5 6 7 8 9; do
    mkdir -p "$scratch/in/$copy"
    cp corpus/open/*.pdf corpus/held/*.pdf "$scratch/in/$copy/"
done
n=$(find "$scratch/in" -name '*.pdf' | wc -l)
for jobs in 1 "$(nproc)"; do
    best=
    for _ in 1 2 3 4 5; do
        rm -rf "$scratch/out"
        start=$(date +%s%N)
        "$program" convert --quiet -j "$jobs" -o "$scratch/out" "$scratch/in"
        took=$((($(date +%s%N) - start) / 1000000))
        if [ -z "$best" ] || [ "$took" -lt "$best" ]; then best=$took; fi
    done
    echo "convert -j $jobs: $n reports in $best ms: $((n * 1000 / (best > 0 ? best : 1))) a second"
done
