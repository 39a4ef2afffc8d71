#!/bin/sh
# Draws docs/first-result.png again: a page of a sample report beside its JSON (docs/first-result.html).
# Needs pdftoppm (poppler-utils), chromium and a Chinese font.
set -eu
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
pdftoppm -r 150 -f 1 -l 1 -singlefile -png corpus/open/huaichuan-health-taskstable-2022.pdf "$scratch/first-result-page"
cp docs/first-result.html "$scratch/"
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --no-first-run --disable-sync --disable-background-networking \
    --disable-component-update --user-data-dir="$scratch/profile" --window-size=1480,640 --screenshot="$PWD/docs/first-result.png" \
    "file://$scratch/first-result.html" >/dev/null 2>&1
