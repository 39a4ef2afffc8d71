#!/bin/sh
# Joins the shards when all of them are done. Started by submit.sh, which exports DABIAO and OUTPUT.
exec "$DABIAO" merge "$OUTPUT"
