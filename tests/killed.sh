#!/bin/bash
# killed.sh PROGRAM DOCUMENTS KILLS: converts short text reports while workers are killed, and compares with an undisturbed run: every input
# has its line in the manifest, none has failed, and the outputs are the same bytes. Exits 1 and says what is wrong.
set -u
cd "$(dirname "$0")/.."
program=$1 n=$2 kills=$3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/in"
awk -v n="$n" -v folder="$folder/in" '{ text = text $0 "\n" } END {
    for (i = 1; i <= n; i++) { name = sprintf("%s/%04d.txt", folder, i); printf "%s%d座。\n", text, i > name; close(name) } }' tests/input/report.txt
"$program" convert -q -j 1 -o "$folder/whole" "$folder/in" || { echo 'the undisturbed run fails'; exit 1; }
python3 tests/kill.py "$program" "$folder/in" "$folder/out" "$kills" || { echo "the run ended with status $?"; exit 1; }
lines() { sed 's/,"seconds":[^}]*//' "$1"; }
diff -rq -x manifest.jsonl "$folder/whole" "$folder/out" | head || exit 1
diff <(lines "$folder/whole/manifest.jsonl") <(lines "$folder/out/manifest.jsonl") | head -n 5
diff -rq -x manifest.jsonl "$folder/whole" "$folder/out" >/dev/null && cmp -s <(lines "$folder/whole/manifest.jsonl") <(lines "$folder/out/manifest.jsonl")
