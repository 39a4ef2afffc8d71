# Every tests/unit/test_*.c is a program that says "ok …" or "not ok …" for each of its tests.
for source in tests/unit/test_*.c; do
    [ -e "$source" ] || continue
    name=${source%.c} name=${name##*/}
    status=0
    G_DEBUG=fatal-criticals timeout 300 "$BUILD/tests/unit/$name" --tap >"$T/unit.out" 2>"$T/unit.err" </dev/null || status=$?
    ok=$(grep '^ok ' "$T/unit.out" | grep -vc '# SKIP')
    not_ok=$(grep -c '^not ok ' "$T/unit.out")
    left_out=$(grep -c '^ok .*# SKIP' "$T/unit.out")
    passed=$((passed + ok)) failed=$((failed + not_ok))
    while read -r test reason; do skip "$test" "$reason"; done < <(sed -n 's/^ok [0-9]* \(.*\) # SKIP */\1 /p' "$T/unit.out")
    if [ "$not_ok" -gt 0 ]; then
        echo "FAILED  $name"
        grep -vE '^(ok |1\.\.|#  *(Start|End) of)' "$T/unit.out" | head -n 40 | sed 's/^/    /'
    elif [ $status -ne 0 ]; then
        fail "$name ended with status $status" "$(tail -n 20 "$T/unit.out" "$T/unit.err")"
    elif [ $((ok + left_out)) -eq 0 ]; then
        fail "$name ran no test"
    fi
done
