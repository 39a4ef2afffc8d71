#!/bin/sh
# One shard of an array job: converts part SLURM_ARRAY_TASK_ID of SHARDS. Started by submit.sh, which exports DABIAO, INPUT, OUTPUT,
# SHARDS, JOBS and (maybe empty) RULES. A task that is killed and requeued goes on where it was: --resume.
set -u
set -- convert --quiet --resume --jobs "$JOBS" --shard "$SLURM_ARRAY_TASK_ID/$SHARDS" --output "$OUTPUT" ${RULES:+--rules "$RULES"} -- "$INPUT"
"$DABIAO" "$@"
status=$?
# 1: some documents failed; each stands in the manifest, the shard is whole. What did not write a manifest has failed itself.
manifest=$OUTPUT/manifest.$SLURM_ARRAY_TASK_ID-of-$SHARDS.jsonl
[ "$SHARDS" -gt 1 ] || manifest=$OUTPUT/manifest.jsonl
if [ $status -eq 1 ] && [ -e "$manifest" ] && [ ! -e "$manifest.part" ]; then exit 0; fi
exit $status
