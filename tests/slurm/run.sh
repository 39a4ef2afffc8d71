#!/bin/bash
# run.sh BUILD: a real Slurm of two nodes on this machine (root; Debian's slurm-wlm and munge), and tools/slurm/submit.sh on it. A task is killed
# in the middle and requeued; what comes out must be the bytes of a local run. Takes half a minute, most of it waiting for daemons, which end with
# this script, however it ends. Exits 77 where they cannot start, and says why in its last line: that is no fault of the program.
set -u
cd "$(dirname "$0")/../.."
BUILD=$(cd "${1:-build}" && pwd)
D=$BUILD/dabiao
[ "$(id -u)" -eq 0 ] || { echo 'slurm-test: needs root, for the daemons'; exit 77; }
T=$(mktemp -d)
chmod 755 "$T"
pids=()
end() {
    [ -z "${SLURM_CONF:-}" ] || timeout 10 sh -c 'squeue -h -o %A | sort -u | xargs -r scancel' 2>/dev/null
    ((${#pids[@]})) && kill "${pids[@]}" 2>/dev/null
    wait 2>/dev/null
    [ -n "${KEEP:-}" ] && echo "kept: $T" || rm -rf "$T"
}
trap end EXIT
export LC_ALL=C.UTF-8
. tests/lib.sh
# until_true SECONDS COMMAND…: whether it held in time.
until_true() {
    local tries=$(($1 * 5))
    shift
    until "$@" >/dev/null 2>&1; do
        ((tries-- > 0)) || return 1
        sleep 0.2
    done
}

# daemon PROGRAM…: in the background; it dies with this script.
daemon() {
    setpriv --pdeathsig KILL "$@" >>"$T/daemons.out" 2>&1 &
    pids+=($!)
}
cannot_start() { # cannot_start WHAT: with the last that it said
    tail -n 3 "$T"/*.log "$T/daemons.out"
    local said=$(cat "$T"/*.log "$T/daemons.out" 2>/dev/null | grep -iE 'error|fatal|fail')
    echo "$1 does not start here: $( (grep -i fatal <<<"$said" || cat <<<"$said") | tail -n 1)"
    exit 77
}
mkdir "$T/state" "$T/spool.n1" "$T/spool.n2"
sed "s|DIR|$T|" tests/slurm/slurm.conf >"$T/slurm.conf"
export SLURM_CONF=$T/slurm.conf
(umask 077 && head -c 1024 /dev/urandom >"$T/munge.key")
daemon munged --foreground --force --key-file="$T/munge.key" --socket="$T/munge.sock" --pid-file="$T/munged.pid" --seed-file="$T/munge.seed" \
    --log-file="$T/munged.log"
until_true 20 test -S "$T/munge.sock" || cannot_start munged
daemon slurmctld -D -f "$SLURM_CONF"
for node in n1 n2; do daemon slurmd -D -N $node -f "$SLURM_CONF"; done
gave_up() { for pid in "${pids[@]}"; do kill -0 "$pid" 2>/dev/null || return 0; done; return 1; }
idle() { [ "$(timeout 10 sinfo -h -N -o %t | grep -c '^idle$')" = 2 ]; }
idle_or_over() { idle || gave_up; }
until_true 60 idle_or_over && idle || cannot_start Slurm

# An archive: 40 documents, each some tenths of a second of work; one fails.
mkdir -p "$T/archive/2021" "$T/archive/2022"
for i in $(seq 20); do
    for year in 2021 2022; do
        { echo "$year / $i" && for _ in $(seq 120); do cat tests/input/report.txt; done; } >"$T/archive/$year/$i.txt"
    done
done
: >"$T/archive/empty.txt"
cd "$T"
"$D" convert -q -j 1 --no-cache -o local archive 2>/dev/null

gone() { [ -z "$(squeue -h 2>&1)" ]; }
export REAL=$D KILLED=$T/killed
DABIAO=$OLDPWD/tests/slurm/killed.sh check 'submit' "$OLDPWD/tools/slurm/submit.sh" -o out archive 4
check 'all jobs end' until_true 180 gone
check 'the task was killed' test -s killed
of_shard=$(wc -l <out/manifest.2-of-4.jsonl)
check 'in the middle' test "$(cat killed)" -lt "$of_shard"
check 'the requeued task went on' grep -q '"status":"skipped"' out/manifest.2-of-4.jsonl
check 'the documents are the bytes of a local run' diff -r -x 'manifest*' -x log local out
# What the killed task had finished the second one skipped; else the manifests are the same but for the seconds.
lines() { sed 's/,"seconds":[^}]*//; s/"status":"skipped"/"status":"ok"/' "$1"; }
check 'merged' test -s out/manifest.jsonl
same 'the manifest is that of a local run' "$(lines local/manifest.jsonl)" "$(lines out/manifest.jsonl)"

# A shard that fails as a whole (its rules do not load) leaves no merged manifest, and the merge job does not wait for ever.
mkdir bad-rules
printf 'rules: [\n' >bad-rules/bad.yaml
DABIAO=$D check 'submit with broken rules' "$OLDPWD/tools/slurm/submit.sh" -o broken -r bad-rules archive 2
check 'all jobs end, broken rules' until_true 60 gone
check 'nothing is merged, broken rules' test ! -e broken/manifest.jsonl
DABIAO=$D "$OLDPWD/tools/slurm/submit.sh" -o out archive 3 >"$T/submit.log" 2>&1
same 'another number of shards is refused' 2 $?

[ $failed -eq 0 ] || tail -n 5 out/log/*.log slurmctld.log
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
