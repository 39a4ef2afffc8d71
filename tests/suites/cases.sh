# A case is a folder tests/cases/STAGE/NAME with
#   args               what follows `dabiao`, run in the folder as a shell would read it ($T is a scratch folder), or
#   cmd                a whole shell command, in which $DABIAO is the program
#   expected           what it must print; expected.err: on stderr, too; expected.status: its exit status, 0 where missing
#   known-defect       says what is wrong: the case is expected to fail, and counted apart
run_case() {
    local folder=$1 status=0 wanted=0 difference=
    [ ! -e "$folder/expected.status" ] || wanted=$(tr -d ' \n' <"$folder/expected.status")
    rm -rf "$T/case" && mkdir "$T/case"
    if [ -e "$folder/cmd" ]; then
        (cd "$folder" && T=$T/case timeout 120 bash ./cmd) >"$T/out" 2>"$T/err" </dev/null || status=$?
    else
        (cd "$folder" && T=$T/case && eval "timeout 120 \"\$DABIAO\" $(cat args)") >"$T/out" 2>"$T/err" </dev/null || status=$?
    fi
    [ "$status" = "$wanted" ] || difference="exit status $status, expected $wanted"$'\n'"$(tail -n 5 "$T/err")"
    if [ -e "$folder/expected" ]; then difference+=$(diff -u "$folder/expected" "$T/out"); fi
    if [ -e "$folder/expected.err" ]; then difference+=$(diff -u "$folder/expected.err" "$T/err"); fi
    if [ -e "$folder/known-defect" ]; then
        if [ -n "$difference" ]; then
            defects=$((defects + 1))
        else
            fail "$folder holds now: remove its known-defect"
        fi
    elif [ -n "$difference" ]; then
        fail "$folder" "$difference"
    else
        pass
    fi
}
while read -r file; do run_case "${file%/*}"; done < <(find tests/cases -name args -o -name cmd | LC_ALL=C sort)
