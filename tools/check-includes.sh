#!/bin/sh
# The architecture: which folder may include which. base ← nothing of ours; extract, parsers, engine, output ← the public
# types, base and themselves; bulk ← output too; cli ← everything. Prints what breaks it; exits 1 if anything does.
set -eu
status=0
allowed() {
    case $1 in
    base) echo 'base/|dabiao/error.h|dabiao/limits.h' ;;
    include) echo 'dabiao/|base/' ;;
    extract | parsers | engine | output) echo "dabiao/|base/|$1/" ;;
    join) echo 'dabiao/|base/|output/|join/' ;;
    bulk) echo 'dabiao/|base/|output/|bulk/' ;;
    cli) echo '' ;;
    esac
}
for folder in base include extract parsers engine output join bulk cli; do
    pattern=$(allowed "$folder")
    bad=$(grep -rnE --include='*.[ch]' '^#include "' "$folder" | grep -vE "#include \"($pattern)" || true)
    if [ -n "$bad" ]; then
        echo "$bad" | sed "s|^|$folder/ may not include this: |"
        status=1
    fi
done
# Each foreign library in one file.
one_file() {
    n=$(grep -rlE --include='*.[ch]' "#include <$1" base include extract parsers engine output join bulk cli | wc -l)
    if [ "$n" -gt 1 ]; then
        echo "$1 is included in $n files:" $(grep -rlE --include='*.[ch]' "#include <$1" base include extract parsers engine output join bulk cli)
        status=1
    fi
}
for library in 'cjson/' 'yaml' 'pcre2' 'utf8proc' 'poppler' 'qpdf' 'archive' 'libxml/' 'seccomp'; do one_file "$library"; done
exit $status
