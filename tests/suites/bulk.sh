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
"$D" convert -q -o "$T/plans" tests/cases/link/easier-target/in && "$D" link "$T/plans" >/dev/null
same "findings between documents" "$(grep -c . tests/cases/link/easier-target/expected)" "$(grep -c . "$T/plans/findings.jsonl")"
check "they fit the schema" python3 tests/check_output.py "$T/plans"
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
of_a=$(grep -l '"input":"[^"]*2021/a.txt"' "$T"/merge-3/manifest.*-of-3.jsonl | sed 's/.*manifest.\([0-9]\)-of.*/\1/') # a shard that has something
refuses 'a shard is missing' '1 missing: 2$' 'rm manifest.2-of-3.jsonl'
refuses 'the last shard is missing' '1 missing: 3$' 'rm manifest.3-of-3.jsonl'
refuses 'a shard still runs' '1 still running.*: 1$' 'touch manifest.1-of-3.jsonl.part'
refuses 'a shard was interrupted' "1 cut short, 1 inputs missing.*: $of_a\$" "sed -i '\$d' manifest.$of_a-of-3.jsonl"
refuses 'a shard did nothing' "cut short, .* inputs missing.*: .*$of_a" ": > manifest.$of_a-of-3.jsonl"
refuses 'a line stands in two shards' 'a line twice, or one that another shard has' "sed 1q manifest.$of_a-of-3.jsonl >>manifest.$((of_a % 3 + 1))-of-3.jsonl"
refuses 'a line is cut off' "shard $of_a: its manifest is cut off" "truncate -s -9 manifest.$of_a-of-3.jsonl"
refuses 'other rules' 'shard 2 was made with other rules than shard 1' \
    "sed -i 's/\"rules\":\"[0-9a-f]*/&0/' manifest.2-of-3.jsonl"
refuses 'another version' 'shard 3 was made with another version of dabiao than shard 1' \
    "sed -i 's/\"version\":\"/&9/' manifest.3-of-3.jsonl"
refuses 'another list of inputs' 'shard 2 was made with another list of inputs' "sed -i 's/\"of\":6/\"of\":7/' manifest.2-of-3.jsonl"
refuses 'an output is gone' "shard $of_a: its output 2021/a.txt.json is missing" 'rm 2021/a.txt.json'
refuses 'shards of two partitions' 'has shards of 3 and of 4' 'cp manifest.1-of-3.jsonl manifest.1-of-4.jsonl'
refuses 'the line of a whole run' 'is of no shard' "sed -i 's/,\"shard\":{[^}]*}//' manifest.1-of-3.jsonl"
refuses 'no shards' 'nothing to merge' 'rm manifest.*'
# Archives are read like folders. Two members have one name, one wants out, one is hidden, one is nobody's.
mkdir "$T/arch" "$T/arch-flat"
python3 tests/archives.py "$T/arch"
check 'archives: converted' "$D" convert -q -j 2 -o "$T/arch-out" "$T/arch/good.zip" "$T/arch/good.tar" "$T/arch/good.tar.gz" "$T/arch/gbk.zip"
for kind in zip tar tar.gz; do
    for name in 2021/a.txt 2021/b.txt; do
        check "$kind: $name as from a folder" test "$(grep -c '"id":"m' "$T/arch-out/good.$kind/$name.json")" = "$(grep -c '"id":"m' "$T/one/2021/a.txt.json")"
    done
    check "$kind: a second member of a name" test -s "$T/arch-out/good.$kind/~3.json"
    check "$kind: no way up" test -s "$T/arch-out/good.$kind/%2E%2E/%2E%2E/up.txt.json"
    check "$kind: the source names its member" grep -q "\"path\":\"good.$kind/2021/a.txt\"" "$T/arch-out/good.$kind/2021/a.txt.json"
done
check 'archives: nothing outside' test -z "$(find "$T" -name 'up.txt*' -not -path "$T/arch-out/*")"
check 'archives: a name in GBK' test -s "$T/arch-out/gbk.zip/报告.txt.json"
"$D" convert -q -j 1 -o "$T/arch-one" "$T/arch/good.zip" "$T/arch/good.tar" "$T/arch/good.tar.gz" "$T/arch/gbk.zip"
check 'archives: same bytes whatever -j' diff -r -x manifest.jsonl "$T/arch-one" "$T/arch-out"
same 'archives: same manifest whatever -j' "$(manifest "$T/arch-one/manifest.jsonl")" "$(manifest "$T/arch-out/manifest.jsonl")"
"$D" convert -q -o "$T/arch-bad" "$T/arch/cut.tar.gz" "$T/arch/empty.zip" "$T/arch/locked.zip" "$T/arch/text.zip" "$T/arch/document.zip" 2>"$T/err"
same 'broken archives: exit status' 1 $?
check 'an archive that breaks off: its first member' test -s "$T/arch-bad/cut.tar.gz/2021/a.txt.json"
check 'an archive that breaks off fails' grep -q 'cut.tar.gz: damaged: ' "$T/err"
check 'an archive without files' grep -q 'empty.zip: empty: ' "$T/err"
check 'a member with a password' grep -q 'locked.zip/a.txt: encrypted: ' "$T/err"
check 'a text with the name of an archive' test -s "$T/arch-bad/text.zip.json"
check 'a DOCX with the name of an archive' test -s "$T/arch-bad/document.zip.json"

# The same document twice is converted once, and said so.
twice=$T/twice-in
mkdir -p "$twice/x"
cp tests/input/report.txt "$twice/a.txt"
cp tests/input/report.txt "$twice/x/b \"quoted\".txt"
sed 's/1/2/' tests/input/report.txt >"$twice/c.txt"
: >"$twice/empty-1.txt"
: >"$twice/empty-2.txt"
"$D" convert -q -j 2 -o "$T/twice" "$twice" 2>/dev/null
same 'copies: said in the manifest' 1 "$(grep -c '"same_as":"[^"]*twice-in/a.txt"' "$T/twice/manifest.jsonl")"
mkdir "$T/twice-alone"
cp "$twice/x/b \"quoted\".txt" "$T/twice-alone/"
"$D" convert -q -o "$T/twice-alone-out" "$T/twice-alone"
same 'copies: the same as converted alone' "$(sed 's|"path":"x/|"path":"|' "$T/twice/x/b \"quoted\".txt.json")" "$(cat "$T/twice-alone-out/b \"quoted\".txt.json")"
rm "$T/twice/x/b \"quoted\".txt.json"
"$D" convert -q --resume -o "$T/twice" "$twice" 2>/dev/null
same 'copies: resumed' 'skipped skipped failed failed ok' "$(statuses "$T/twice/manifest.jsonl")"
"$D" convert -q --resume -o "$T/twice" "$twice" 2>/dev/null
same 'copies: resumed again' 'skipped skipped failed failed skipped' "$(statuses "$T/twice/manifest.jsonl")"

# Names in any encoding, and lists that end in NUL.
mkdir "$T/names"
cp tests/input/report.txt "$T/names/$(printf '\261\250\270\346').txt"
cp tests/input/report.txt "$T/names/$(printf 'line\nend').txt"
find "$T/names" -type f -print0 | "$D" convert -q -0 -o "$T/names-out" --files-from -
check 'a name that is no UTF-8' test -s "$T/names-out/%B1%A8%B8%E6.txt.json"
check 'a name with a line end' test -s "$T/names-out/line%0Aend.txt.json"
check 'such names: sound' python3 tests/check_output.py "$T/names-out" "$T/twice" "$T/arch-out" "$T/arch-bad"
same '-0 without a list' 2 "$("$D" convert -0 x 2>/dev/null; echo $?)"

# What is said at the end, to people and to machines.
"$D" convert -j 1 -o "$T/said" "$twice" 2>"$T/err"
check 'summary: documents' grep -q '^3 of 5 documents converted, 2 failed in ' "$T/err"
check 'summary: measures' grep -Eq '^  [0-9]+ pages, [1-9][0-9]* measures, [1-9][0-9]* links, [0-9]+ missed targets$' "$T/err"
check 'summary: failures by code' grep -q '^  failed: 2 empty$' "$T/err"
check 'summary: copies' grep -q '^  2 the same as another' "$T/err"
"$D" convert -j 1 -o "$T/said" --log-json - "$twice" 2>"$T/log"
check 'log: every line is JSON' python3 -c 'import json, sys
lines = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8") if "\"event\":\"warning\"" not in line]
assert [l["event"] for l in lines] == ["start"] + 5 * ["document"] + ["end"], lines
assert lines[-1]["ok"] == 3 and lines[-1]["failures"] == {"empty": 2} and lines[-1]["status"] == "done", lines[-1]' "$T/log"
"$D" convert -q -j 1 -o "$T/said" --log-json "$T/log.file" "$twice" 2>/dev/null
same 'log in a file' 5 "$(grep -c '"event":"document"' "$T/log.file")"
mkdir "$T/broken-rules" && echo 'rules: [' >"$T/broken-rules/10-bad.yaml"
cp -r rules "$T/half-rules" && echo 'rules: {no: list}' >"$T/half-rules/99-bad.yaml"
cp README.md "$T/"
for end in "rules_not_loaded --rules $T/broken-rules $twice" "rules_not_loaded --rules $T/half-rules $twice" "wrong_usage $PWD/README.md $T/half-rules/../README.md" \
    "rules_not_loaded --rules $T/no-such-folder $twice"; do
    # shellcheck disable=SC2086 # words
    "$D" convert -q -j 1 -o "$T/said" --log-json "$T/log.early" ${end#* } 2>/dev/null
    same "log: a run that ends early says so (${end%% *})" "${end%% *}" \
        "$(tail -n 1 "$T/log.early" | sed -n 's/.*"event":"end".*"status":"\([a-z_]*\)".*/\1/p')"
done

# The sandbox changes no byte.
"$D" convert -q -j 1 --sandbox=off -o "$T/unboxed" "$in" 
"$D" convert -q -j 1 -o "$T/boxed" "$in" 2>/dev/null
check 'sandbox: same bytes' diff -r -x manifest.jsonl "$T/unboxed" "$T/boxed"
same 'sandbox: wrong word' 2 "$("$D" convert --sandbox=perhaps x 2>/dev/null; echo $?)"
same 'sandbox: nothing to shut in' 2 "$("$D" convert -j 0 --sandbox=require x 2>/dev/null; echo $?)"

# Workers that somebody kills cost no document. A thousand kills in two thousand documents: make torture.
check 'a hundred workers killed: nothing is lost' tests/killed.sh "$D" 200 100

# Without a terminal a short run says nothing but its end.
"$D" convert -j 2 -o "$T/silent" "$in" 2>"$T/err"
same 'no line a document' 0 "$(grep -c '2021/a.txt' "$T/err")"
