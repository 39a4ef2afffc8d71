#!/bin/bash
# Typesets the sample reports again from their sources, each by the program that its name tells:
#   src/NAME.chromium.html    Chromium        src/NAME.weasyprint.html    WeasyPrint
#   src/NAME.fodt             LibreOffice     src/NAME.txt                copied
# `typeset.sh [NAME…]`: those only. The results depend on the versions of these programs and on the fonts; the ones in the
# repository were made on Debian 12.
set -euo pipefail
cd "$(dirname "$0")"
../tools/deps.sh corpus
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

chromium_pdf() {
    chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update \
        --disable-sync --user-data-dir="$scratch/chromium" --no-pdf-header-footer --print-to-pdf="$2" "file://$1" \
        >"$scratch/log" 2>&1 </dev/null
}
libreoffice_pdf() {
    soffice "-env:UserInstallation=file://$scratch/libreoffice" --headless --convert-to pdf --outdir "$(dirname "$2")" "$1" \
        >"$scratch/log" 2>&1 </dev/null
}

for source in open/src/* held/src/*; do
    [ -f "$source" ] || continue
    side=${source%%/*} file=${source##*/}
    name=${file%%.*}
    if [ $# -gt 0 ] && ! printf '%s\n' "$@" | grep -qx "$name"; then continue; fi
    result=$PWD/$side/$name.pdf
    case $file in
    *.chromium.html) chromium_pdf "$PWD/$source" "$result" ;;
    *.weasyprint.html) weasyprint "$source" "$result" >"$scratch/log" 2>&1 </dev/null ;;
    *.fodt) libreoffice_pdf "$PWD/$source" "$result" ;;
    *.txt) result=$PWD/$side/$name.txt && cp "$source" "$result" ;;
    *) continue ;;
    esac || { echo "$source: failed"; cat "$scratch/log"; exit 1; }
    echo "$side/${result##*/}"
done
