#!/bin/sh
# valgrind.sh PROGRAM [FILE…]: converts each document in one process under valgrind; default: the open corpus. Fails on
# any error and any definite leak.
set -eu
export DABIAO_CACHE=off
program=$1
shift
command -v valgrind >/dev/null 2>&1 || {
    echo "valgrind is missing (on Debian: apt-get install valgrind)" >&2
    exit 2
}
[ $# -gt 0 ] || set -- corpus/open/*.pdf corpus/open/*.txt
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0 passed=0
for file; do
    [ -e "$file" ] || continue
    status=0
    valgrind --quiet --leak-check=full --errors-for-leak-kinds=definite --show-leak-kinds=definite --error-exitcode=99 \
        "$program" convert --quiet -j 0 -o "$scratch" "$file" >"$scratch/log" 2>&1 || status=$?
    if [ $status -eq 99 ] || [ $status -gt 1 ]; then
        failed=$((failed + 1))
        echo "FAILED  $file (status $status)"
        sed 's/^/    /' "$scratch/log" | head -n 40
    else
        passed=$((passed + 1))
        echo "ok      $file"
    fi
done
echo "$passed documents clean, $failed not"
[ $failed -eq 0 ]
