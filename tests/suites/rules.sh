# The examples in the rule files are tests: "N rules, N examples: N passed, N failed".
status=0
"$D" rules test --rules rules >"$T/rules.out" 2>"$T/rules.err" || status=$?
counts=$(sed -n 's/.* examples: \([0-9]*\) passed, \([0-9]*\) failed.*/\1 \2/p' "$T/rules.out")
if [ -z "$counts" ]; then
    fail "dabiao rules test (status $status)" "$(cat "$T/rules.out" "$T/rules.err")"
else
    passed=$((passed + ${counts% *})) failed=$((failed + ${counts#* }))
    [ "${counts#* }" -eq 0 ] || { echo "FAILED  examples of rules"; head -n 60 "$T/rules.err" | sed 's/^/    /'; }
    # The examples must be able to fail: a rule set with a wrong one is told from a right one.
    cp -r rules "$T/rules"
    printf '\nrules:\n  - id: test.wrong\n    stage: context\n    kind: word\n    priority: 1000\n    pattern: "zzz(?<number>[0-9]+)"\n    examples:\n      - not: zzz12\n' \
        >"$T/rules/99-wrong.yaml"
    if "$D" rules test --rules "$T/rules" >"$T/wrong.out" 2>&1; then
        fail "a wrong example is not noticed" "$(tail -n 5 "$T/wrong.out")"
    else
        pass
    fi
fi
