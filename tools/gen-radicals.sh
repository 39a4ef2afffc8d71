#!/bin/sh
# Writes parsers/radicals.inc: CJK radicals and strokes and the ideographs they look like.
# Source: EquivalentUnifiedIdeograph.txt of the Unicode Character Database (UAX #44), in Debian's package unicode-data.
#   tools/gen-radicals.sh [EquivalentUnifiedIdeograph.txt] > parsers/radicals.inc
set -eu
src=${1:-/usr/share/unicode/EquivalentUnifiedIdeograph.txt}
[ -r "$src" ] || { echo "gen-radicals.sh: no $src; install unicode-data" >&2; exit 2; }
version=$(sed -n '1s/^# EquivalentUnifiedIdeograph-\(.*\)\.txt.*/\1/p' "$src")
echo "/* Made by tools/gen-radicals.sh from EquivalentUnifiedIdeograph.txt of Unicode ${version:-?} (© Unicode, Inc.,"
echo " * https://www.unicode.org/license.txt). First and last code point, and the unified ideograph they stand for. */"
grep -v '^#' "$src" | awk '
    { split($0, parts, "#"); n = split(parts[1], f, ";"); if (n < 2) next
      gsub(/[ \t]/, "", f[1]); gsub(/[ \t]/, "", f[2])
      if (split(f[1], r, "[.][.]") == 1) r[2] = r[1]
      printf "{0x%s, 0x%s, 0x%s},\n", r[1], r[2], f[2] }'
