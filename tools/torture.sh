#!/bin/bash
# torture.sh PROGRAM N [SEED]: converts N broken copies of the sample PDFs (mutate.py). The run must end by itself with status 0 or
# 1, with a manifest line for each, a whole and sound result for each that was converted, and nothing half done. A worker may
# fail; what made one crash, hang or run out of memory is named and kept. Then a thousand workers are killed in a run of two thousand documents.
set -euo pipefail
export DABIAO_CACHE=off
cd "$(dirname "$0")/.."
program=$1 n=$2 seed=${3:-1}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
keep=$(dirname "$program")/torture
python3 tools/mutate.py "$folder/in" "$n" "$seed" corpus/open/*.pdf tests/cases/extract/*.pdf
status=0
timeout 3600 "$program" convert -q --deadline "${DEADLINE:-60}" -j "$(nproc)" -o "$folder/out" "$folder/in" >"$folder/log" 2>&1 || status=$?
failed=0
complain() {
    failed=1
    echo "torture: $*"
}
[ $status -le 1 ] || complain "the run ended with status $status: $(tail -n 3 "$folder/log")"
[ "$(wc -l <"$folder/out/manifest.jsonl")" -eq "$n" ] || complain "$n documents, $(wc -l <"$folder/out/manifest.jsonl") manifest lines"
[ -z "$(find "$folder/out" -name '.dabiao-*' -o -name '*.part')" ] || complain 'something half done is left'
# The schema takes a tenth of a second a document: every result is read below, four hundred of them are checked in full.
mkdir "$folder/sample"
find "$folder/out" -name '*.pdf.json' | LC_ALL=C sort | awk -v n="$n" 'NR % int(n / 400 + 1) == 0' | xargs -r ln -t "$folder/sample"
python3 tests/check_output.py "$folder/sample" >"$folder/checked" || { grep -v "^ok" "$folder/checked" | head -n 20 >&2; false; } || complain 'a result is not sound'
python3 - "$folder/out" "$folder/in" "$keep" <<'PY' || failed=1
import collections, json, os, shutil, sys
out, source, keep = sys.argv[1:]
counts, bad, wrong, seconds = collections.Counter(), [], [], []
names = set(os.listdir(source))
for line in open(os.path.join(out, 'manifest.jsonl'), encoding='utf-8'):
    m = json.loads(line)
    name = os.path.basename(m['input'])
    names.discard(name)
    code = m['error']['code'] if m['error'] else m['status']
    counts[code] += 1
    seconds.append((m['seconds'] or 0, name))
    result = os.path.join(out, name + '.json')
    if code == 'ok' and os.path.exists(result):
        with open(result, encoding='utf-8') as f:
            json.load(f)  # whole
    if (code == 'ok') != os.path.exists(result):
        print('torture: result and manifest disagree:', name)
        wrong.append(name)
    if code in ('crashed', 'timeout', 'out_of_memory'):
        print(f'torture: {code}: {name}')
        bad.append(name)
for name in bad + wrong:
    os.makedirs(keep, exist_ok=True)
    shutil.copy(os.path.join(source, name), keep)
print('torture:', ', '.join(f'{n} {code}' for code, n in counts.most_common()), '· slowest %.1f s: %s' % max(seconds))
sys.exit(bool(names or wrong))
PY
tests/killed.sh "$program" 2000 1000 || complain 'killed workers: something is lost'
exit $failed
