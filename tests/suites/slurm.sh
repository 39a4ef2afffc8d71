# Shards on a real Slurm of two nodes on this machine, one of them killed and requeued: tests/slurm/run.sh, which counts for itself.
# It needs root, for the daemons; where these cannot start it says why (status 77).
slurm_missing() { # the programs that are not here
    local program
    for program in munged slurmctld slurmd sbatch; do command -v "$program" >/dev/null || printf ' %s' "$program"; done
}
if [ "$(id -u)" -ne 0 ]; then
    skip 'Slurm' 'its daemons need root'
elif [ -n "$(slurm_missing)" ]; then
    skip 'Slurm' "not here:$(slurm_missing) (tools/deps.sh slurm installs them)"
else
    timeout -k 10 300 tests/slurm/run.sh "$BUILD" >"$T/slurm.log" 2>&1
    status=$?
    counts=$(tail -n 1 "$T/slurm.log" | sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed$/\1 \2/p')
    if [ $status -eq 77 ]; then
        skip 'Slurm' "$(tail -n 1 "$T/slurm.log")"
    elif [ -z "$counts" ]; then
        fail 'Slurm' "status $status" "$(tail -n 20 "$T/slurm.log")"
    else
        passed=$((passed + ${counts% *})) failed=$((failed + ${counts#* }))
        [ $status -eq 0 ] || sed '$d' "$T/slurm.log"
    fi
fi
