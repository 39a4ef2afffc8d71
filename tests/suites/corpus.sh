# The sample reports: outputs sound, same bytes, gold reached on the half that rules are not tuned on.
# Thresholds are the project's promise, and rise with it.
MIN_F1=${MIN_F1:-0.92} MIN_FULL=${MIN_FULL:-0.85}
reports() { ls corpus/"$1"/*.pdf corpus/"$1"/*.txt 2>/dev/null; }
for half in open held; do
    status=0
    reports $half | "$D" convert -q -j 2 -o "$T/corpus-$half" --files-from - 2>"$T/err" || status=$?
    same "corpus/$half: exit status" 0 $status
    [ $status -eq 0 ] || cat "$T/err"
    reports $half | "$D" convert -q -j 1 -o "$T/corpus-$half-again" --files-from - 2>/dev/null
    check "corpus/$half: same bytes from two runs, -j 1 and -j 2" diff -r -x manifest.jsonl "$T/corpus-$half" "$T/corpus-$half-again"
    while read -r verdict file; do
        case $verdict in
        ok) pass ;;
        FAILED) fail "${file#"$T"/}" "$(python3 tests/check_output.py "$file" | tail -n +2)" ;;
        esac
    done < <(python3 tests/check_output.py "$T/corpus-$half")
    for gold in corpus/$half/gold/*.json; do
        name=${gold##*/} name=${name%.json}
        check "corpus/$half: $name has a report" test -e "corpus/$half/$name.pdf" -o -e "corpus/$half/$name.txt"
    done
done
first=$(grep -l '"verdict"' "$T"/corpus-open/*.json 2>/dev/null | head -n 1)
check 'the checks of outputs can fail' python3 tests/check_output.py --self-test "$first"
status=0
"$D" eval --gold corpus/held/gold --min-f1 "$MIN_F1" --min-full "$MIN_FULL" "$T/corpus-held" >"$T/eval" 2>&1 || status=$?
grep '^ALL' "$T/eval"
same "corpus/held: F1 at least $MIN_F1, full F1 at least $MIN_FULL" 0 $status
[ $status -eq 0 ] || tail -n 3 "$T/eval"
same 'eval: a threshold that is not reached' 1 "$("$D" eval --gold corpus/held/gold --min-f1 1.01 "$T/corpus-held" >/dev/null 2>&1; echo $?)"
# Each verb takes every output.
check 'summary of the corpus' "$D" summary "$T/corpus-open" "$T/corpus-held"
check 'inspect of the corpus' bash -c "'$D' inspect '$T'/corpus-open/*.json '$T'/corpus-held/*.json"
