/* ranked.h: the middle of many numbers, or any other rank, without sorting them all. */
#ifndef DABIAO_BASE_RANKED_H
#define DABIAO_BASE_RANKED_H

#include <glib.h>

/* What would stand at `rank` (from 0, below n) if the n values were sorted, which are reordered for it. In linear time for all but
 * contrived values, and never worse than sorting them. */
float dab_ranked(float *values, gsize n, gsize rank);

#endif
