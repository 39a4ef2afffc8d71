#!/bin/sh
# The first result: converts the open half of the corpus and shows what was found.
set -eu
program=$1
ls corpus/open/*.pdf corpus/open/*.txt 2>/dev/null | "$program" convert --quiet -o out --files-from -
"$program" summary out
first=$(ls out/*.json | head -n 1)
echo
echo "Next:  $program inspect $first"
echo "       $program convert -o out YOUR-FOLDER"
