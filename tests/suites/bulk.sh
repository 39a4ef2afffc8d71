# Many documents: where outputs go, same bytes, workers that die, interrupts, resuming.
in=$T/bulk-in
mkdir -p "$in/2021" "$in/2022/deep"
for name in 2021/a 2021/b 2022/a 2022/deep/c; do cp tests/input/report.txt "$in/$name.txt"; done
printf 'Nothing to see.\n' >"$in/z.txt"
touch "$in/.hidden.txt"
manifest() { sed 's/,"seconds":[^}]*//' "$1"; }

(cd "$in" && "$D" convert -q -j 1 -o "$T/one" . && "$D" convert -q -j 2 -o "$T/two" . && "$D" convert -q -j 0 -o "$T/zero" . &&
    "$D" convert -q -j 2 -o "$T/again" .) || fail 'convert of a folder'
for run in two zero again; do
    check "same bytes, run $run" diff -r -x manifest.jsonl "$T/one" "$T/$run"
    same "same manifest, run $run" "$(manifest "$T/one/manifest.jsonl")" "$(manifest "$T/$run/manifest.jsonl")"
done
same 'outputs mirror the inputs' './2021/a.txt.json ./2021/b.txt.json ./2022/a.txt.json ./2022/deep/c.txt.json ./manifest.jsonl ./z.txt.json' \
    "$(cd "$T/one" && find . -type f | LC_ALL=C sort | tr '\n' ' ' | sed 's/ $//')"
same 'the manifest is in byte order' './2021/a.txt ./2021/b.txt ./2022/a.txt ./2022/deep/c.txt ./z.txt' \
    "$(sed 's/.*"input":"\([^"]*\)".*/\1/' "$T/one/manifest.jsonl" | tr '\n' ' ' | sed 's/ $//')"
check 'the source path is relative to the input folder' grep -q '"path":"2022/deep/c.txt"' "$T/one/2022/deep/c.txt.json"
"$D" convert -q -o "$T/alone" "$in/2022/deep/c.txt"
check 'a file named alone' test -s "$T/alone/c.txt.json"
printf '%s\n' "$in/2021/a.txt" "$in/z.txt" | "$D" convert -q -o "$T/list" --files-from -
same 'files from a list' 2 "$(wc -l <"$T/list/manifest.jsonl")"

# Two inputs, one output: nothing is written.
status=0
"$D" convert -q -o "$T/meet" "$in/2021/a.txt" "$in/2022/a.txt" 2>"$T/err" || status=$?
same 'inputs that meet: exit status' 2 $status
check 'inputs that meet: nothing is written' test ! -e "$T/meet"
check 'inputs that meet: both are named' grep -q '2021/a.txt and .*2022/a.txt' "$T/err"
mkdir -p "$T/prefix/x.txt.json"
touch "$T/prefix/x.txt" "$T/prefix/x.txt.json/y.txt"
status=0
"$D" convert -q -o "$T/meet" "$T/prefix" 2>"$T/err" || status=$?
same 'an output that another needs as a folder' 2 $status

# Results inside the input folder are no inputs the next time.
cp -r "$in" "$T/inplace"
"$D" convert -q -o "$T/inplace/out" "$T/inplace" && "$D" convert -q -o "$T/inplace/out" "$T/inplace"
same 'the output folder inside the input folder' 5 "$(wc -l <"$T/inplace/out/manifest.jsonl")"
"$D" convert -q -o "$T/inplace" "$T/inplace/2021" && "$D" convert -q -o "$T/inplace/2021" "$T/inplace/2021" &&
    "$D" convert -q -o "$T/inplace/2021" "$T/inplace/2021"
same 'results beside the inputs' 2 "$(wc -l <"$T/inplace/2021/manifest.jsonl")"

# Shards: each input in exactly one.
for i in 1 2 3; do "$D" convert -q -o "$T/shards" --shard $i/3 "$in"; done
check 'shards give the same outputs' diff -r -x 'manifest*' "$T/one" "$T/shards"
same 'shards share the inputs out' 5 "$(cat "$T"/shards/manifest.*-of-3.jsonl | wc -l)"

# Resuming.
cp -rp "$T/one" "$T/resume"
rm "$T/resume/2021/b.txt.json"
printf '{"cut of' >"$T/resume/2022/a.txt.json"
echo 'More: 12 clinics were built.' >>"$in/z.txt"
(cd "$in" && "$D" convert -q --resume -o "$T/resume" .)
statuses() { sed 's/.*"status":"\([a-z]*\)".*/\1/' "$1" | tr '\n' ' ' | sed 's/ $//'; }
same 'resume does what is missing, broken or changed' 'skipped ok ok skipped ok' "$(statuses "$T/resume/manifest.jsonl")"
check 'resume gives the same bytes' diff -r -x 'manifest*' -x z.txt.json "$T/one" "$T/resume"
cp -r rules "$T/other-rules"
printf '# a comment\n' >>"$T/other-rules/$(ls rules | head -n 1)"
(cd "$in" && "$D" convert -q --resume --rules "$T/other-rules" -o "$T/resume" .)
same 'resume begins again with other rules' 'ok ok ok ok ok' "$(statuses "$T/resume/manifest.jsonl")"
# A document that fails now leaves no older output behind.
cp -r "$in" "$T/stale"
"$D" convert -q -o "$T/stale-out" "$T/stale"
: >"$T/stale/2021/a.txt"
"$D" convert -q -o "$T/stale-out" "$T/stale" 2>/dev/null
check 'a failed document leaves no older output' test ! -e "$T/stale-out/2021/a.txt.json"

# Too little memory, too little time: it costs the document alone. 40 MB do not hold the rules and a worker.
# The big document counts its work in seconds, so that a deadline of one cuts it short on any machine.
mkdir "$T/mixed"
cp tests/input/report.txt "$T/mixed/a.txt"
python3 -c "print('覆盖率达到95%，' * 200000)" >"$T/mixed/big.txt"
cp tests/input/report.txt "$T/mixed/c.txt"
"$D" convert -q --deadline 1 -o "$T/mixed-out" "$T/mixed" 2>"$T/err"
same 'deadline: exit status' 1 $?
same 'deadline: the others are there' 'ok failed ok' "$(statuses "$T/mixed-out/manifest.jsonl")"
check 'deadline: the code' grep -q 'big.txt: timeout: ' "$T/err"
if ! nm "$D" 2>/dev/null | grep -q __asan_init; then # sanitizers need all the memory there is
    "$D" convert -q --memory 120 -o "$T/mixed-out" "$T/mixed" 2>"$T/err"
    same 'memory: the others are there' 'ok failed ok' "$(statuses "$T/mixed-out/manifest.jsonl")"
    check 'memory: the code' grep -q 'big.txt: out_of_memory: ' "$T/err"
fi

# An interrupt keeps what is finished. No sleep: it comes when the first output is there.
python3 tests/interrupt.py "$D" "$T/mixed" "$T/interrupted" >"$T/out" 2>&1
same 'interrupt: exit status' 130 $?
check 'interrupt: the finished one is in the manifest' grep -q '"output":"a.txt.json"' "$T/interrupted/manifest.jsonl"
check 'interrupt: the unfinished one is not' bash -c "! grep -q big.txt '$T/interrupted/manifest.jsonl'"
check 'interrupt: nothing half done' test -z "$(find "$T/interrupted" -name '.dabiao-*' -o -name '*.part')"

# Merging shards: the manifest of a run without them. One input fails; with more shards than inputs some have none.
cp -r "$in" "$T/merge-in"
: >"$T/merge-in/empty.txt"
"$D" convert -q -o "$T/merge-1" "$T/merge-in" 2>/dev/null
for n in 1 2 3 4 5 9; do
    for i in $(seq $n); do "$D" convert -q -o "$T/merge-$n" --shard "$i/$n" "$T/merge-in" 2>/dev/null; done
    [ $n -eq 1 ] || "$D" merge "$T/merge-$n" >"$T/out" 2>&1
    same "merge of $n shards: exit status" 0 $?
    same "merge of $n shards: the manifest of a whole run" "$(manifest "$T/merge-1/manifest.jsonl")" "$(manifest "$T/merge-$n/manifest.jsonl")"
done
check 'manifests of shards fit the schema' python3 tests/check_output.py "$T/merge-3"

# Links between documents; what is joined, tests/cases/link shows.
"$D" convert -q -o "$T/links" tests/cases/link/joins/in
check "link writes links.jsonl into the folder" "$D" link "$T/links"
same "as many lines as links" "$(grep -c . tests/cases/link/joins/expected)" "$(grep -c . "$T/links/links.jsonl")"
check "links fit the schema" python3 tests/check_output.py "$T/links"
printf "{}" >"$T/links/other.json"
status=0
"$D" link "$T/links" >"$T/out" 2>"$T/err" || status=$?
same "link with a file that is no output: exit status" 1 $status
check "link names it" grep -q "links/other.json: " "$T/err"
# refuses NAME WANTED-MESSAGE COMMAND: what COMMAND (run in a copy of three shards) breaks, merge names, and writes nothing.
refuses() {
    rm -rf "$T/refuse" && cp -r "$T/merge-3" "$T/refuse" && rm "$T/refuse/manifest.jsonl"
    (cd "$T/refuse" && eval "$3")
    status=0
    "$D" merge "$T/refuse" >"$T/out" 2>"$T/err" || status=$?
    same "merge, $1: exit status" 1 $status
    check "merge, $1: the message" grep -q "$2" "$T/err"
    check "merge, $1: nothing is written" test ! -e "$T/refuse/manifest.jsonl"
}
refuses 'a shard is missing' '1 missing: 2$' 'rm manifest.2-of-3.jsonl'
refuses 'the last shard is missing' '1 missing: 3$' 'rm manifest.3-of-3.jsonl'
refuses 'a shard still runs' '1 still running.*: 1$' 'touch manifest.1-of-3.jsonl.part'
refuses 'a shard was interrupted' '1 cut short, 1 inputs missing.*: 3$' "sed -i '\$d' manifest.3-of-3.jsonl"
refuses 'a line is cut off' 'shard 1: its manifest is cut off' 'truncate -s -9 manifest.1-of-3.jsonl'
refuses 'other rules' 'shard 2 was made with other rules than shard 1' \
    "sed -i 's/\"rules\":\"[0-9a-f]*/&0/' manifest.2-of-3.jsonl"
refuses 'another version' 'shard 3 was made with another version of dabiao than shard 1' \
    "sed -i 's/\"version\":\"/&9/' manifest.3-of-3.jsonl"
refuses 'another list of inputs' 'shard 2 was made with another list of inputs' "sed -i 's/\"of\":6/\"of\":7/' manifest.2-of-3.jsonl"
refuses 'an output is gone' 'shard 1: its output 2021/a.txt.json is missing' 'rm 2021/a.txt.json'
refuses 'shards of two partitions' 'has shards of 3 and of 4' 'cp manifest.1-of-3.jsonl manifest.1-of-4.jsonl'
refuses 'the line of a whole run' 'is of no shard' "sed -i 's/,\"shard\":{[^}]*}//' manifest.1-of-3.jsonl"
refuses 'no shards' 'nothing to merge' 'rm manifest.*'
