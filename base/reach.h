/* reach.h: how far from the end of a text a pattern that ends with $ can begin to match, told from the pattern alone: PCRE2 would
 * try each place from the front. (?:年度|全年)目标(?:为|是)?$ begins at most five characters before the end; [^，。]{1,}$ behind
 * the last comma; (?:达|到|了)+$ behind the last character that is none of these. */
#ifndef DABIAO_BASE_REACH_H
#define DABIAO_BASE_REACH_H

#include "base/pool.h"

typedef struct DabReach DabReach;

/* In `pool`. NULL for a pattern that may end elsewhere, or begin anywhere as far as this can tell. */
const DabReach *dab_reach_find(DabPool *pool, const char *regex);
/* No match in the text begins between byte `start` and this one. */
gsize dab_reach_start(const DabReach *reach, const char *text, gsize len, gsize start);

#endif
