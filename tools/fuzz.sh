#!/bin/bash
# fuzz.sh FOLDER SECONDS [TARGET…]: runs each fuzzer of FOLDER/fuzzers for so many seconds, one a processor at a time, from a corpus that starts with the
# cases and rules of this project and grows in FOLDER/corpus. What breaks a target stays in FOLDER/findings; once mended, it goes
# to tests/fuzz/found/TARGET, from where it is run first, every time. Exits 1 if anything was found.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$1 seconds=$2
shift 2
[ $# -gt 0 ] || set -- $(cd "$folder/fuzzers" && ls | grep -v '\.')
export DABIAO_RULES=$PWD/rules UBSAN_OPTIONS=print_stacktrace=1
export ASAN_OPTIONS=detect_leaks=1 LSAN_OPTIONS=suppressions=$PWD/tests/lsan.supp:print_suppressions=0
[ -d /dev/shm ] && export TMPDIR=/dev/shm

# One target, when this script calls itself.
run() {
    local target=$1 seeds found corpus findings log options runs cover
    seeds=$folder/seeds/$target found=tests/fuzz/found/$target corpus=$folder/corpus/$target findings=$folder/findings/$target
    mkdir -p "$seeds" "$corpus" "$findings"
    options=(-rss_limit_mb=2048 -timeout=20 -max_len=4096)
    case $target in rules | docx | json) options+=(-max_len=16384) ;; esac
    [ -e tests/fuzz/words.dict ] && options+=(-dict=tests/fuzz/words.dict)
    log=$folder/$target.log
    if [ -d "$found" ] && ! "$folder/fuzzers/$target" "${options[@]}" "$found"/* >"$log" 2>&1; then
        echo "$target: what was mended once is broken again"
        tail -n 30 "$log"
        return 1
    fi
    if "$folder/fuzzers/$target" "${options[@]}" -max_total_time="$seconds" -print_final_stats=1 -artifact_prefix="$findings/" \
        "$corpus" "$seeds" >"$log" 2>&1; then
        runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
        cover=$(grep -o 'cov: [0-9]*' "$log" | tail -n 1)
        echo "$target: $runs inputs, $cover, nothing found"
    else
        echo "$target: FOUND, see $findings and $log"
        grep -m 5 -E 'ERROR|runtime error|SUMMARY|ERROR:.*assertion' "$log" || tail -n 15 "$log"
        return 1
    fi
}
if [ -n "${FUZZ_ONE:-}" ]; then
    run "$1"
    exit
fi
python3 tests/fuzz/seeds.py "$folder/seeds"
printf '%s\n' "$@" | FUZZ_ONE=1 xargs -P "$(nproc)" -I{} tools/fuzz.sh "$folder" "$seconds" {} || exit 1
