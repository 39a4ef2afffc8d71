/* duplicates.h: inputs of the same bytes. */
#ifndef DABIAO_BULK_DUPLICATES_H
#define DABIAO_BULK_DUPLICATES_H

#include "bulk/inputs.h"
#include "bulk/recall.h"
#include "bulk/workers.h"

/* Sets sha256 of the inputs whose bytes another has, and same_as of those whose bytes an input before has. Only inputs whose size
 * another has are read for it, in workers like `like`, and not those that `recall` knows. To be called for all inputs of a run,
 * before they are shared out, so that each shard says the same. FALSE: interrupted. */
gboolean dab_duplicates_find(GPtrArray *inputs, const DabWorkers *like, DabRecall *recall);

/* Of each input the next one with the same sha256, or G_MAXUINT; *first: of each the first one, itself where there is none. Both
 * GArrays of guint. What has no sha256 is alone. */
GArray *dab_duplicates_chain(const GPtrArray *inputs, GArray **first);

#endif
