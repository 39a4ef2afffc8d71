# What runs remember: the same bytes with and without, nothing read twice, damage noticed, and a run that is cut off anywhere goes on.
# Inputs are links to files of this project: they are older than the run, as those of a real archive are.
cin=$T/cache-in
mkdir -p "$cin/x"
ln -s "$PWD/tests/input/report.txt" "$cin/a.txt"
ln -s "$PWD/tests/input/report.txt" "$cin/x/copy.txt"
ln -s "$PWD/tests/cases/html/plain.html" "$cin/page.html"
ln -s "$PWD/tests/cases/html/layout-table.html" "$cin/x/table.html"
ln -s "$PWD/$(ls tests/cases/extract/*.pdf | head -n 1)" "$cin/sheet.pdf"
: >"$cin/empty.txt"
mkdir "$T/c-arch"
python3 tests/archives.py "$T/c-arch"
cache=$T/cache
unset DABIAO_CACHE
cp -r rules "$T/c-own" # whoever tunes rules meanwhile disturbs nothing
conv() { "$D" convert -q --rules "$T/c-own" "$@"; }
bare() { sed 's/,"seconds":[^}]*//; s/"skipped"/"ok"/' "$1"; }
alike() { # alike NAME OUT-A OUT-B: the same files with the same bytes; manifests but for times
    check "$1: same bytes" diff -r -x 'manifest*' "$2" "$3"
    same "$1: same manifest" "$(bare "$2/manifest.jsonl")" "$(bare "$3/manifest.jsonl")"
}
kept() { find "$cache/text" -type f 2>/dev/null | LC_ALL=C sort; }
run() { conv -j 2 --cache "$cache" "$@" "$cin" 2>/dev/null; }

conv -j 2 --no-cache -o "$T/c-none" "$cin" 2>/dev/null
for j in 0 1 2; do
    rm -rf "$cache"
    run -j $j -o "$T/c-$j"
    alike "a cache, -j $j" "$T/c-none" "$T/c-$j"
    same "-j $j: a text for each document that can be read" 4 "$(kept | wc -l)"
    run -j $j -o "$T/c-again-$j"
    alike "from texts, -j $j" "$T/c-none" "$T/c-again-$j"
done
same 'the cache is its owner'\''s alone' '700 600' "$(stat -c %a "$cache/text") $(stat -c %a "$(kept | head -n 1)")"

# A program with sanitizers cannot have a library before theirs.
preload=$T/stop_at.so
if nm "$D" 2>/dev/null | grep -q __asan_init || ! ${CC:-cc} -shared -fPIC -D_GNU_SOURCE -o "$preload" tests/stop_at.c -ldl 2>/dev/null; then
    preload=
fi
if [ -z "$preload" ]; then
    skip 'what is read again' 'no compiler, or a program that wants no library before its own'
else
    reads() { rm -f "$T/reads"; LD_PRELOAD=$preload READS=$T/reads run "$@"; touch "$T/reads"; }
    read_again() { grep -cE 'tests/(input|cases)/' "$T/reads"; }
    reads -o "$T/c-reads" -j 0
    check 'the first time, documents are read' test "$(read_again)" -ge 4
    reads -o "$T/c-reads" -j 0
    same 'nothing changed: nothing is read' 0 "$(grep -cE 'tests/(input|cases)/|cache/text/|\.json$' "$T/reads")"
    alike 'nothing changed' "$T/c-none" "$T/c-reads"
    reads -o "$T/c-reads" -j 0 --resume
    same 'nothing changed, --resume: nothing is read' 0 "$(grep -cE 'tests/(input|cases)/|cache/text/|\.json$' "$T/reads")"
    same 'nothing changed, --resume: all are skipped but the one that fails' 5 "$(grep -c '"status":"skipped"' "$T/c-reads/manifest.jsonl")"
    cp -r "$T/c-own" "$T/c-rules" && printf '# a comment\n' >>"$T/c-rules/$(ls rules | head -n 1)"
    reads -o "$T/c-reads" -j 0 --rules "$T/c-rules"
    same 'other rules: texts are read, documents are not' '0 4' "$(read_again) $(grep cache/text/ "$T/reads" | sort -u | wc -l)"
    stamps() { stat -c '%n %i %z' "$T/c-reads/x/"*.json; }
    stamps >"$T/stamps"
    reads -o "$T/c-reads" -j 0 --rules "$T/c-rules"
    same 'other rules, again: nothing is read' 0 "$(grep -cE 'tests/(input|cases)/|cache/text/' "$T/reads")"
    same 'other rules, again: nothing is written, copies neither' "$(cat "$T/stamps")" "$(stamps)"
    conv --no-cache --rules "$T/c-rules" -o "$T/c-other" "$cin" 2>/dev/null
    alike 'other rules' "$T/c-other" "$T/c-reads"
    reads -o "$T/c-reads" -j 0 --no-cache
    check 'without a cache, documents are read' test "$(read_again)" -ge 4
fi

# What stands there is looked at: an output that was changed, taken away or replaced is made again; so is one whose input changed.
rm -rf "$cache"
run -o "$T/c-looks"
echo >>"$T/c-looks/a.txt.json"
rm "$T/c-looks/page.html.json"
cp "$T/c-looks/x/table.html.json" "$T/other.json" && mv "$T/other.json" "$T/c-looks/x/copy.txt.json"
run -o "$T/c-looks"
alike 'outputs that were touched' "$T/c-none" "$T/c-looks"
cp -rL "$cin" "$T/c-moving"
conv --cache "$cache" -o "$T/c-moved" "$T/c-moving" 2>/dev/null
touch -r "$T/c-moving/page.html" "$T/stamp"
sed -i 's/1/7/' "$T/c-moving/page.html"
touch -r "$T/stamp" "$T/c-moving/page.html"
conv --cache "$cache" -o "$T/c-moved" "$T/c-moving" 2>/dev/null
conv --no-cache -o "$T/c-moved-none" "$T/c-moving" 2>/dev/null
alike 'an input of the same size and time' "$T/c-moved-none" "$T/c-moved"

# Damage: never believed, and made good.
damage() { # damage NAME COMMAND: COMMAND breaks the file $f
    rm -rf "$cache" "$T/c-hurt"
    run -o "$T/c-hurt"
    kept | xargs sha256sum >"$T/whole.sums"
    for f in $(eval "$3"); do eval "$2"; done
    rm -rf "$T/c-hurt-again" && run -o "$T/c-hurt-again"
    alike "$1, into another folder" "$T/c-none" "$T/c-hurt-again"
    run -o "$T/c-hurt"
    alike "$1" "$T/c-none" "$T/c-hurt"
    check "$1: texts are whole again" sha256sum -c --quiet "$T/whole.sums"
}
flip() { python3 - "$1" "$2" <<'PY'
import sys
name, at = sys.argv[1], float(sys.argv[2])
data = bytearray(open(name, 'rb').read())
data[min(int(at * len(data)), len(data) - 1)] ^= 0x10
open(name, 'wb').write(data)
PY
}
for at in 0 0.01 0.1 0.2 0.5 0.9 1; do damage "a bit flipped at $at" "flip \$f $at" kept; done
damage 'texts cut off' 'truncate -s -7 $f' kept
damage 'texts cut to nothing' ': >$f' kept
garbage() { python3 -c 'import random, sys; r = random.Random(5000); sys.stdout.buffer.write(bytes(r.randrange(256) for _ in range(5000)))'; }
damage 'garbage for texts' 'garbage >$f' kept
damage 'texts under other names' 'cp "$(kept | head -n 1)" $f' 'kept | tail -n +2'
damage 'a past of garbage' 'garbage >$f' 'ls -d "$cache"/past/*'
damage 'a past that is cut off' 'truncate -s -9 $f' 'ls -d "$cache"/past/*'
damage 'bits flipped in the past' 'for k in 0.1 0.3 0.5 0.7 0.9; do flip $f $k; done' 'ls -d "$cache"/past/*'
rm -rf "$cache" # nobody makes these good, but they stop nothing
run -o "$T/c-hurt"
for f in $(kept); do rm "$f" && mkdir "$f"; done
rm -rf "$T/c-hurt-again" && run -o "$T/c-hurt-again"
alike 'texts that are folders' "$T/c-none" "$T/c-hurt-again"

# Bounded, shown, cleared.
rm -rf "$cache"
run -o "$T/c-small" --cache-size 60K
check 'a small cache stays small' test "$(find "$cache/text" "$cache/past" -type f -printf '%b\n' 2>/dev/null | awk '{n += $1 * 512} END {print n + 0}')" -le 64500
alike 'a small cache' "$T/c-none" "$T/c-small"
rm -rf "$cache"
run -o "$T/c-small"
same 'cache: shown' '  4 texts of documents' "$("$D" cache --cache "$cache" | sed -n '2s/,.*//p')"
touch "$cache/mine" "$cache/text/mine"
check 'cache: cleared' "$D" cache clear --cache "$cache"
same 'cache: what is not its own stays' 'CACHEDIR.TAG mine text text/mine' "$(cd "$cache" && find . -mindepth 1 -printf '%P\n' | LC_ALL=C sort | tr '\n' ' ' | sed 's/ $//')"
check 'cache: nothing to show' "$D" cache --cache "$T/no-such-cache"
check 'cache: showing makes nothing' test ! -e "$T/no-such-cache"
same 'cache: wrong word' 2 "$("$D" cache shine >/dev/null 2>&1; echo $?)"
same 'cache: wrong size' 2 "$("$D" convert --cache-size much x 2>/dev/null; echo $?)"
same 'cache: no place for it' 2 "$("$D" convert --cache "$cin/a.txt/x" -o "$T/c-place" "$cin" 2>/dev/null; echo $?)"

# Which cache: the user's, one that is named, none.
where() { (cd "$T" && HOME=$T/c-home XDG_CACHE_HOME=$T/c-xdg conv -o "$T/c-where" "$@" "$cin/a.txt") && ls -d "$T"/c-xdg/dabiao "$T"/c-named/text 2>/dev/null | sed "s|$T/||" | tr '\n' ' ' && rm -rf "$T/c-xdg" "$T/c-named"; }
same 'the user'\''s cache' 'c-xdg/dabiao ' "$(where)"
same 'a cache that is named' 'c-named/text ' "$(where --cache "$T/c-named")"
same 'a shard has none' '' "$(where --shard 1/1)"
same 'a shard has one that is named' 'c-named/text ' "$(where --shard 1/1 --cache "$T/c-named")"
same 'no cache' '' "$(where --no-cache)"
same 'a cache by variable' 'c-named/text ' "$(DABIAO_CACHE=$T/c-named where)"
same 'no cache by variable' '' "$(DABIAO_CACHE=off where)"

# Cut off at every change it makes to the disk, then run again (in turns with --resume): as if nothing had been. Once from nothing, once
# over what other rules made.
cut_off() { # cut_off NAME BEFORE: BEFORE prepares "$T/c-cut" and "$cache"
    local name=$1 before=$2 n=0 status bad=0 again
    while :; do
        n=$((n + 1))
        rm -rf "$T/c-cut" "$cache"
        eval "$before"
        # the shell says "Killed" on its own stderr
        { LD_PRELOAD=$preload STOP_AT=$n conv -j 1 --cache "$cache" -o "$T/c-cut" "$cin" 2>/dev/null; } 2>/dev/null
        status=$?
        [ $status -eq 137 ] || break
        again=$([ $((n % 2)) -eq 0 ] || echo --resume)
        LD_PRELOAD=$preload STOP_AT=0 conv -j 1 --cache "$cache" -o "$T/c-cut" $again "$cin" 2>/dev/null
        { diff -r -x 'manifest*' "$T/c-none" "$T/c-cut" && diff <(bare "$T/c-none/manifest.jsonl") <(bare "$T/c-cut/manifest.jsonl") &&
            test -z "$(find "$T/c-cut" -name '.dabiao-*' -o -name '*.part')"; } >"$T/c-diff" 2>&1 && continue
        bad=$((bad + 1))
        fail "$name, at change $n" "$(cat "$T/c-diff")" "$(find "$T/c-cut" -name '.dabiao-*' -o -name '*.part')"
    done
    same "$name: undisturbed in the end" 1 $status # one document fails
    check "$name: cut off often enough" test $n -gt 20
    [ $bad -gt 0 ] || pass
}
if [ -n "$preload" ]; then
    rm -r "$cin/x/table.html" "$T/c-none"
    conv --no-cache -o "$T/c-none" "$cin" 2>/dev/null
    LD_PRELOAD=$preload STOP_AT=0 conv -j 1 --cache "$T/c-before-cache" --rules "$T/c-rules" -o "$T/c-cut" "$cin" 2>/dev/null
    cp -r "$T/c-cut" "$T/c-before"
    cut_off 'cut off' :
    cut_off 'cut off over older results' 'cp -r "$T/c-before" "$T/c-cut" && cp -r "$T/c-before-cache" "$cache"'
fi

# Members of archives, and copies among them. An archive that is as new as this is not relied on.
rm -rf "$cache"
archive() { conv -j 2 "$@" "$T/c-arch/good.zip" "$T/c-arch/good.tar.gz" "$T/c-arch/cut.tar.gz" 2>/dev/null; }
archive --no-cache -o "$T/c-arch-none"
archive --cache "$cache" -o "$T/c-arch-out"
alike 'members' "$T/c-arch-none" "$T/c-arch-out"
archive --cache "$cache" -o "$T/c-arch-out"
alike 'members, nothing changed' "$T/c-arch-none" "$T/c-arch-out"
old_enough() { [ $(($(date +%s) - $(stat -c %Z "$T/c-arch/cut.tar.gz"))) -ge 9 ]; }
if [ -n "$preload" ] && old_enough; then
    for _ in 1 2; do # what is preloaded is a circumstance of its own
        rm -f "$T/reads"
        LD_PRELOAD=$preload READS=$T/reads archive --cache "$cache" -o "$T/c-arch-out" -j 0
    done
    same 'nothing changed: of the archives, only the broken one is read' "$T/c-arch/cut.tar.gz" "$(grep c-arch/ "$T/reads" | sort -u)"
    for list in $(grep -lr 'up.txt' "$cache/text"); do sed -i 's/up.txt/ap.txt/' "$list"; done # lists of members, damaged
    archive --cache "$cache" -o "$T/c-arch-out"
    alike 'a damaged list of members' "$T/c-arch-none" "$T/c-arch-out"
else
    skip 'which archives are read again' 'no compiler, a program that wants no library before its own, or archives that are too new'
fi
archive --cache "$cache" -o "$T/c-arch-again"
alike 'members, from texts' "$T/c-arch-none" "$T/c-arch-again"
check 'members: texts are kept' test "$(kept | wc -l)" -gt 0 -o $(($(date +%s) - $(stat -c %Z "$T/c-arch/good.zip"))) -lt 9
archive --cache "$cache" --resume -o "$T/c-arch-out"
check 'members: skipped' grep -q '"status":"skipped"' "$T/c-arch-out/manifest.jsonl"
python3 -W ignore - "$T/c-arch/good.zip" <<'PY'
import sys, zipfile
old = zipfile.ZipFile(sys.argv[1])
members = [(i.filename, old.read(i)) for i in old.infolist()]
with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as z:
    for name, data in members:
        z.writestr(zipfile.ZipInfo(name), data.replace(b'1', b'7'))
PY
rm -rf "$T/c-arch-none"
archive --no-cache -o "$T/c-arch-none"
archive --cache "$cache" -o "$T/c-arch-out"
alike 'members of an archive that was changed' "$T/c-arch-none" "$T/c-arch-out"
export DABIAO_CACHE=off
