# Hostile inputs: each ends as it should, none crashes, hangs or leaves half a file.
mkdir "$T/hostile"
python3 tests/hostile/make.py "$T/hostile"
cp tests/hostile/encrypted.pdf "$T/hostile/"
status=0
"$D" convert --deadline 100 -q -o "$T/hostile-out" "$T/hostile" >"$T/out" 2>"$T/err" || status=$?
same 'hostile: exit status' 1 $status
expected='
blank.txt=empty bomb.pdf=ok,too_large brackets.txt=ok combining.txt=ok deep.pdf=ok digits.txt=ok empty.pdf=empty,damaged
empty.txt=empty encrypted.pdf=encrypted form-in-a-circle.pdf=ok
glyph-in-a-circle.pdf=ok,empty font-in-a-circle.pdf=ok,empty cmap-in-a-circle.pdf=damaged good.pdf=ok header-only.pdf=damaged huge-numbers.pdf=ok,empty
many-lines.pdf=ok marks.txt=ok negative-count.pdf=ok,damaged newlines.txt=empty no-catalog.pdf=damaged no-text.pdf=empty
not-a-pdf.pdf=unsupported_type,damaged not-utf8.txt=unsupported_type,ok nul-bytes.txt=unsupported_type,ok numerals.txt=ok
one-long-line.txt=ok pages-in-a-circle.pdf=damaged,empty percent.txt=ok picture.png=damaged,unsupported_type
ten-thousand-declared.pdf=ok,damaged,too_large ten-thousand-real.pdf=too_large truncated.pdf=damaged zero-pages.pdf=damaged,empty
zip.docx=unsupported_type good.docx=ok truncated.docx=damaged no-main.docx=damaged bomb.docx=too_large bomb-of-paragraphs.docx=too_large
bomb-of-styles.docx=too_large deep.docx=too_large laughs.docx=damaged outside.docx=damaged endless-style.docx=ok locked.docx=encrypted
chunks.docx=too_large no-page.mht=empty
old.doc=unsupported_type good.html=ok deep.html=ok,too_large unclosed.html=ok,too_large wide.html=ok no-text.html=empty laughs.html=ok
half-gigabyte.html=too_large'
for pair in $expected; do
    name=${pair%%=*} got=$(outcome "$T/hostile-out/manifest.jsonl" "${pair%%=*}")
    case ",${pair#*=}," in
    *",$got,"*) pass ;;
    *) fail "hostile: $name" "wanted: ${pair#*=}" "got:    $got" ;;
    esac
    if [ "$got" = ok ]; then check "hostile: $name has its output" test -s "$T/hostile-out/$name.json"; fi
    if [ "$got" != ok ]; then check "hostile: $name has no output" test ! -e "$T/hostile-out/$name.json"; fi
done
same 'hostile: a line for each input' "$(find "$T/hostile" -type f | wc -l)" "$(wc -l <"$T/hostile-out/manifest.jsonl")"
check 'hostile: every failure is named on stderr' test "$(grep -vc 'not fully shut in' "$T/err")" -eq "$(grep -c '"failed"' "$T/hostile-out/manifest.jsonl")"
check 'hostile: what came out is sound' python3 tests/check_output.py "$T/hostile-out"
check 'hostile: nothing half done is left' test -z "$(find "$T/hostile-out" -name '.dabiao-*' -o -name '*.part')"

# A truncated file at every length: none may crash.
mkdir "$T/cut"
size=$(wc -c <"$T/hostile/good.pdf")
for n in $(seq 1 37 "$size"); do head -c "$n" "$T/hostile/good.pdf" >"$T/cut/$n.pdf"; done
"$D" convert -q -o "$T/cut-out" "$T/cut" >/dev/null 2>&1
same 'truncated at every length: a line for each' "$(ls "$T/cut" | wc -l)" "$(wc -l <"$T/cut-out/manifest.jsonl")"
check 'truncated at every length: no crash' bash -c "! grep -E 'crashed|timeout|out_of_memory' '$T/cut-out/manifest.jsonl'"

# What is no file at all.
mkdir "$T/odd" "$T/odd/empty-folder"
mkfifo "$T/odd/fifo.pdf"
ln -s /no/such/target "$T/odd/dangling.pdf"
ln -s . "$T/odd/circle"
ln -s /dev/zero "$T/odd/endless.txt"
status=0
timeout 60 "$D" convert -q -o "$T/odd-out" "$T/odd" >/dev/null 2>&1 || status=$?
same 'odd files: exit status' 1 $status
same 'a FIFO' unreadable "$(outcome "$T/odd-out/manifest.jsonl" fifo.pdf)"
same 'a link to nowhere' not_found "$(outcome "$T/odd-out/manifest.jsonl" dangling.pdf)"
same 'an endless device' unreadable "$(outcome "$T/odd-out/manifest.jsonl" endless.txt)"
same 'a circle of links' 3 "$(wc -l <"$T/odd-out/manifest.jsonl")"
status=0
"$D" convert -q -o "$T/odd-out" "$T/odd/empty-folder" || status=$?
same 'an empty folder' 0 $status
same 'an empty folder: an empty manifest' 0 "$(wc -c <"$T/odd-out/manifest.jsonl")"
status=0
"$D" convert -q -o "$T/odd-out" "$T/no-such-file.pdf" 2>"$T/err" || status=$?
same 'a missing file' 1 $status
check 'a missing file is named' grep -q 'no-such-file.pdf: not_found' "$T/err"

# No permission: as another user, where root runs this.
cp tests/input/report.txt "$T/secret.txt"
chmod 000 "$T/secret.txt"
mkdir -m 777 "$T/open" && chmod 755 "$T"
as_nobody() { if [ "$(id -u)" -eq 0 ]; then setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; else "$@"; fi; }
if as_nobody "$D" --version >/dev/null 2>&1 && as_nobody test -r "$PWD/rules" 2>/dev/null; then
    status=0
    as_nobody "$D" convert -q -o "$T/open/o" --rules "$PWD/rules" "$T/secret.txt" >"$T/out" 2>"$T/err" || status=$?
    same 'no permission: exit status' 1 $status
    same 'no permission: code' unreadable "$(outcome "$T/open/o/manifest.jsonl" secret.txt)"
    mkdir -m 555 "$T/closed"
    status=0
    as_nobody "$D" convert -q -o "$T/closed/o" --rules "$PWD/rules" tests/input/report.txt >"$T/out" 2>"$T/err" || status=$?
    same 'output folder not writable: exit status' 1 $status
    check 'output folder not writable: code' grep -q write_failed "$T/err"
else
    skip 'no permission' 'another user cannot reach the program here'
fi

# A full disk: a limit on the size of files stands for it, and as root a tiny file system.
status=0
(ulimit -f 1 && "$D" convert -q -o "$T/limit" tests/input/report.txt) >"$T/out" 2>"$T/err" || status=$?
same 'file size limit: exit status' 1 $status
check 'file size limit: code' grep -q write_failed "$T/err"
check 'file size limit: no output' test ! -e "$T/limit/report.txt.json"
mkdir "$T/tiny"
if [ "$(id -u)" -eq 0 ] && mount -t tmpfs -o size=4k tmpfs "$T/tiny" 2>/dev/null; then
    status=0
    "$D" convert -q -o "$T/tiny" tests/input/report.txt >"$T/out" 2>"$T/err" || status=$?
    same 'full disk: exit status' 1 $status
    check 'full disk: code' grep -q write_failed "$T/err"
    check 'full disk: no output' test ! -e "$T/tiny/report.txt.json"
    check 'full disk: nothing half done' test -z "$(find "$T/tiny" -name '.dabiao-*')"
    umount "$T/tiny"
else
    skip 'full disk' 'no tmpfs can be mounted here'
fi
