#!/bin/sh
# submit.sh [-o OUT] [-j N] [-r RULES] INPUT SHARDS [-- SBATCH-OPTION…]: converts an archive on a Slurm cluster. A job array with one task a
# shard, and a job behind it that joins the shards' manifests when all tasks are done. Prints the two job ids.
# INPUT, OUT, the program and the rules must be on a file system that the nodes share. The program is $DABIAO, or the one on the PATH.
set -eu

usage() {
    echo "usage: submit.sh [-o OUT] [-j N] [-r RULES] INPUT SHARDS [-- SBATCH-OPTION...]" >&2
    exit 2
}

here=$(cd "$(dirname "$0")" && pwd)
OUTPUT=out JOBS=1 RULES=
while getopts o:j:r:h option; do
    case $option in
    o) OUTPUT=$OPTARG ;;
    j) JOBS=$OPTARG ;;
    r) RULES=$(cd "$OPTARG" && pwd) ;;
    *) usage ;;
    esac
done
shift $((OPTIND - 1))
[ $# -ge 2 ] || usage
INPUT=$1 SHARDS=$2
shift 2
[ "${1:-}" != -- ] || shift
case $SHARDS$JOBS in
*[!0-9]* | '') usage ;;
esac
[ "$SHARDS" -ge 1 ] && [ "$JOBS" -ge 1 ] || usage
[ -d "$INPUT" ] || { echo "submit.sh: $INPUT is no folder" >&2; exit 2; }
DABIAO=$(command -v "${DABIAO:-dabiao}") || { echo "submit.sh: no dabiao on the PATH; set DABIAO" >&2; exit 2; }
mkdir -p "$OUTPUT/log"
OUTPUT=$(cd "$OUTPUT" && pwd)
DABIAO=$(cd "$(dirname "$DABIAO")" && pwd)/$(basename "$DABIAO")
export DABIAO INPUT OUTPUT SHARDS JOBS RULES

# Manifests of another partition would stop the merge; say so before the cluster has worked for nothing.
for old in "$OUTPUT"/manifest.*-of-*.jsonl; do
    [ -e "$old" ] || continue
    case $old in
    *-of-"$SHARDS".jsonl) ;;
    *) echo "submit.sh: $old is of a run with another number of shards; remove those, or take another -o" >&2; exit 2 ;;
    esac
done

array=$(sbatch --parsable --requeue --job-name=dabiao --array="1-$SHARDS" --cpus-per-task="$JOBS" --open-mode=append \
    --output="$OUTPUT/log/%a.log" --export=ALL "$@" "$here/job.sh")
array=${array%%;*}
echo "array $array"
[ "$SHARDS" -gt 1 ] || exit 0
merge=$(sbatch --parsable --job-name=dabiao-merge --dependency="afterok:$array" --kill-on-invalid-dep=yes --output="$OUTPUT/log/merge.log" \
    --export=ALL "$@" "$here/merge.sh")
echo "merge ${merge%%;*}"
