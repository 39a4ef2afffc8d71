#!/bin/sh
# bench.sh PROGRAM: measures PROGRAM and its peers on an archive made from the corpus, and writes docs/BENCHMARKS.md.
# PDFS=608 MEGABYTES=50 RUNS=3 set the size of it (a quarter of an hour on two idle processors); the archive stays in out/bench. BENCH_DOCS=60 is a quick look: so many PDFs and little text,
# written to out/bench/quick.md.
set -eu
cd "$(dirname "$0")/.."
tools/deps.sh build bench
result=docs/BENCHMARKS.md
if [ -n "${BENCH_DOCS:-}" ]; then
    PDFS=$BENCH_DOCS MEGABYTES=${MEGABYTES:-4} RUNS=${RUNS:-2} SLOW_PDFS=${SLOW_PDFS:-20} STAGE_MB=${STAGE_MB:-4} result=out/bench/quick.md
    export SLOW_PDFS STAGE_MB
fi
python3 tools/make-archive.py out/bench "${PDFS:-608}" "${MEGABYTES:-50}"
# pdf.js from npm, once; where that cannot be had it is left out
[ -d out/bench/node_modules/pdfjs-dist ] || ! command -v npm >/dev/null ||
    npm install --prefix out/bench --no-audit --no-fund --omit=optional pdfjs-dist@4.10.38 >out/bench/npm.log 2>&1 || true
python3 tools/bench.py "$1" out/bench "${PDFS:-608}" "${RUNS:-3}" "$result"
