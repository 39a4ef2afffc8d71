# Counting, for tests/run.sh and the suites it reads. bash.
passed=0 failed=0 skipped=0 defects=0

pass() { passed=$((passed + 1)); }
# fail NAME [DETAIL…]: what went wrong is shown at once.
fail() {
    failed=$((failed + 1))
    echo "FAILED  $1"
    shift
    [ $# -eq 0 ] || printf '%s\n' "$@" | head -n 30 | sed 's/^/    /'
}
skip() {
    skipped=$((skipped + 1))
    echo "skipped $1: $2"
}
# check NAME CONDITION-COMMAND…
check() {
    local name=$1
    shift
    if "$@" >"$T/check.log" 2>&1; then pass; else fail "$name" "$(cat "$T/check.log")"; fi
}
same() { # same NAME WANTED GOT
    if [ "$2" = "$3" ]; then pass; else fail "$1" "wanted: $2" "got:    $3"; fi
}
suite() { echo "--- $1"; }
outcome() { # outcome MANIFEST NAME: of that input: "ok" or its error code
    python3 -c 'import json, sys
for line in open(sys.argv[1], encoding="utf-8"):
    m = json.loads(line)
    if m["input"].rsplit("/", 1)[-1] == sys.argv[2]: print(m["error"]["code"] if m["error"] else m["status"])' "$1" "$2"
}
