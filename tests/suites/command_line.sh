# Verbs, options, exit statuses.
report=tests/input/report.txt
status_of() { "$@" >"$T/out" 2>"$T/err" </dev/null; echo $?; }

same 'no verb' 2 "$(status_of "$D")"
same '--help' 0 "$(status_of "$D" --help)"
check '--help names convert' grep -q 'dabiao convert' "$T/out"
same '--version' 0 "$(status_of "$D" --version)"
check '--version is a version' grep -Eqx 'dabiao [0-9]+\.[0-9]+\.[0-9]+' "$T/out"
same 'unknown verb' 2 "$(status_of "$D" convret)"
check 'unknown verb: nearest' grep -q 'did you mean "convert"' "$T/err"
for verb in 'rules profile' 'export --sqlite'; do
    # shellcheck disable=SC2086
    same "$verb: later" 2 "$(status_of "$D" $verb x)"
    check "$verb says so" grep -q 'not in this version yet' "$T/err"
done
for verb in convert inspect text layout numbers rules eval summary review export diff link merge cache 'rules test' 'rules lint' 'rules explain' 'rules coverage'; do
    # shellcheck disable=SC2086
    same "$verb --help" 0 "$(status_of "$D" $verb --help)"
    check "$verb --help is on stdout" test -s "$T/out"
    same "$verb --no-such-option" 2 "$(status_of "$D" $verb --no-such-option)"
done
for arguments in convert 'convert -j x a' 'convert -j -1 a' 'convert --shard 0/2 a' 'convert --shard 3/2 a' 'convert --shard 1 a' \
    'convert --ocr perhaps a' "convert -o $report $report" 'convert --files-from /no/such/list' inspect text 'text a b' layout 'layout a b' eval \
    "eval $T" summary diff 'diff tests' 'diff tests /no/such' "diff tests $report" "export $T" "export --csv $T/x" "export --csv $T/x --jsonl $T/y $T"; do
    # shellcheck disable=SC2086
    same "dabiao $arguments" 2 "$(status_of "$D" $arguments)"
done
mkdir "$T/no-rules" "$T/bad-rules"
echo 'rules: [' >"$T/bad-rules/a.yaml"
for verb in convert text; do
    same "$verb: rules that do not load" 3 "$(status_of "$D" $verb --rules "$T/bad-rules" $report)"
    check "$verb: the error names file and line" grep -Eq 'a\.yaml:[0-9]+:[0-9]+: ' "$T/err"
    same "$verb: no rules there" 3 "$(status_of "$D" $verb --rules "$T/no/such/folder" $report)"
done
same 'text of a missing file' 1 "$(status_of "$D" text /no/such/file.pdf)"
check 'text: the code' grep -q 'not_found' "$T/err"
same 'inspect of what is no JSON' 1 "$(status_of "$D" inspect $report)"
same 'inspect of other JSON' 1 "$(status_of "$D" inspect docs/dabiao.schema.json)"
same 'inspect of a folder' 1 "$(status_of "$D" inspect tests)"
same 'text to a full disk' 1 "$( ("$D" text $report >/dev/full) 2>/dev/null; echo $?)"

# The manual's synopsis has the options that the program has, each verb's, and no others.
cat >"$T/manual.py" <<'PY'
import re, subprocess, sys
program, manual = sys.argv[1], open("docs/dabiao.1", encoding="utf-8").read()
synopsis = manual[manual.index(".Sh SYNOPSIS") : manual.index(".Sh DESCRIPTION")]
told = {re.match(r"\.Cm ([a-z ]+)\n", part).group(1): part for part in synopsis.split(".Nm\n")[1:]}
verbs = re.findall(r"^  (\w+) +", subprocess.run([program, "--help"], capture_output=True, text=True).stdout.split("Verbs:")[1].split("\n\n")[0], re.M)
verbs += ["rules " + v for v in ("test", "lint", "explain", "coverage")]
verbs.remove("rules")
assert set(verbs) == set(told), set(verbs) ^ set(told)
for verb in verbs:
    options = subprocess.run([program, *verb.split(), "--help"], capture_output=True, text=True).stdout.split("Options:")[1].split("\n\n")[0]
    short, known = {}, set()
    for s, name in re.findall(r"^  (?:-(\w), )?--([a-z0-9-]+)", options, re.M):
        known.add(name)
        short[s] = name
    named = set(re.findall(r"Fl -([a-z0-9-]+)", told[verb])) | {short[s] for s in re.findall(r"Fl (\w)\b", told[verb])}
    assert named == known - {"help"}, (verb, named ^ (known - {"help"}))
PY
check 'the manual has the options that there are' python3 "$T/manual.py" "$D"
# A list of files as an editor on Windows leaves it.
printf '\xef\xbb\xbf%s\r\n' "$report" >"$T/list.txt"
same 'convert: a list with CR LF and a byte order mark' 0 "$(status_of "$D" convert -o "$T/listed" --files-from "$T/list.txt")"
cp $report "$T/odd"$'\r'
printf '%s\r\n' "$T/odd" >"$T/list.txt"
same 'convert: a CR that belongs to the name' 0 "$(status_of "$D" convert -o "$T/listed" --files-from "$T/list.txt")"

# Colours: never in a pipe, and on a terminal not with NO_COLOR.
"$D" convert -q -o "$T/look" $report
check 'inspect: no colour in a pipe' bash -c "! env -u NO_COLOR TERM=xterm '$D' inspect '$T/look/report.txt.json' | grep -q \$'\\033'"
if command -v script >/dev/null 2>&1; then
    check 'inspect: colours on a terminal' bash -c "env -u NO_COLOR TERM=xterm script -qec \"'$D' inspect '$T/look/report.txt.json'\" /dev/null </dev/null | grep -q \$'\\033\\['"
    check 'inspect: NO_COLOR' bash -c "! NO_COLOR=1 TERM=xterm script -qec \"'$D' inspect '$T/look/report.txt.json'\" /dev/null </dev/null | grep -q \$'\\033\\['"
else
    skip 'colours on a terminal' 'no script(1) here'
fi
# An escape sequence inside a report must not reach the terminal.
sed 's/"title":"[^"]*"/"title":"a\\u001b[31mb"/' "$T/look/report.txt.json" >"$T/look/escape.json"
check 'inspect: the title is shown' bash -c "'$D' inspect '$T/look/escape.json' | grep -q 'a.*\[31mb'"
check 'inspect: control characters' bash -c "! '$D' inspect '$T/look/escape.json' | grep -q \$'\\033'"
