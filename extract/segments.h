/* segments.h: ruling pieces as they were drawn → whole lines, and groups of lines that touch. */
#ifndef DABIAO_EXTRACT_SEGMENTS_H
#define DABIAO_EXTRACT_SEGMENTS_H

#include "extract/page.h"

#define DAB_TOUCH 3.0f /* points: lines this near meet; borders of neighbouring cells are drawn up to this far apart */

/* Joins doubled, overlapping and abutting pieces in place; what stays shorter than a character is dropped. */
void dab_segments_merge(GArray *segments);

/* For each segment the number of the group of crossing or touching lines it belongs to. Lent from `pool`; *n_groups counts them. */
guint *dab_segments_group(DabPool *pool, const GArray *segments, guint *n_groups);

#endif
