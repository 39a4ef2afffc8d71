#!/bin/bash
# run.sh BUILD [SUITE…]: all tests, or those suites, on the program of that build folder. The last line counts: "N passed, N failed[, N skipped]".
set -u
cd "$(dirname "$0")/.."
BUILD=$(cd "${1:-build}" && pwd)
shift
[ $# -gt 0 ] || set -- units cases rules numbers command_line review hostile ocr bulk cache corpus slurm
D=$BUILD/dabiao
T=$(mktemp -d)
trap 'chmod -R u+rwx "$T" 2>/dev/null; rm -rf "$T"' EXIT
export LC_ALL=C.UTF-8 NO_COLOR=1 DABIAO="$D" DABIAO_RULES="$PWD/rules" DABIAO_CACHE=off
unset COLUMNS
. tests/lib.sh

for part; do
    suite $part
    . tests/suites/$part.sh
done

# What sanitizers had to say, also in worker processes, whose stderr nobody sees.
for report in "$BUILD"/report.*; do
    [ -e "$report" ] && fail "a sanitizer's report" "$(cat "$report")"
done

echo
[ $defects -eq 0 ] || echo "$defects known defects still fail, as expected"
if [ $skipped -gt 0 ]; then
    echo "$passed passed, $failed failed, $skipped skipped"
else
    echo "$passed passed, $failed failed"
fi
[ $failed -eq 0 ]
