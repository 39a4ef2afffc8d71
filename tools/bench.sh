#!/bin/sh
# bench.sh PROGRAM: measures PROGRAM and its peers on an archive made from the corpus, and writes docs/BENCHMARKS.md.
# PDFS=608 MEGABYTES=50 RUNS=3 set the size of it; the archive stays in out/bench.
set -eu
cd "$(dirname "$0")/.."
tools/deps.sh build bench
python3 tools/make-archive.py out/bench "${PDFS:-608}" "${MEGABYTES:-50}"
python3 tools/bench.py "$1" out/bench "${PDFS:-608}" "${RUNS:-3}" docs/BENCHMARKS.md
