#!/bin/sh
# lint.sh SOURCES… -- HEADERS… -- FLAGS…: format, static analysis, house rules. Says everything before it fails.
set -u
sources= headers= flags= part=1
for argument; do
    if [ "$argument" = -- ]; then
        part=$((part + 1))
    elif [ $part = 1 ]; then
        sources="$sources $argument"
    elif [ $part = 2 ]; then
        headers="$headers $argument"
    else
        flags="$flags $argument"
    fi
done
status=0
check() {
    echo "lint: $1"
    shift
    "$@" || status=1
}
# shellcheck disable=SC2086 # lists of words
{
    check 'clang-format' clang-format --dry-run -Werror $sources $headers
    check 'include direction' tools/check-includes.sh
    check 'no Chinese in C' tools/check-chinese.sh $(printf '%s\n' $sources $headers | grep -v '^tests/')
    check 'cppcheck' cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
        --suppress=missingIncludeSystem --suppress=unknownMacro --library=gtk '-DG_DEFINE_QUARK(a,b)=' '-DG_GNUC_PRINTF(a,b)=' --suppress=nullPointerRedundantCheck $flags \
        $(printf '%s\n' $sources | grep -v '^tests/')
}
exit $status
