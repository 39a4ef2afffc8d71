/* open_grid.h: rows of words whose columns are known → a grid: lines of one row brought together, header cells over the
 * columns they name. For tables whose columns no rule parts. */
#ifndef DABIAO_EXTRACT_OPEN_GRID_H
#define DABIAO_EXTRACT_OPEN_GRID_H

#include "extract/gaps.h"
#include "extract/grid.h"

typedef struct {
    const DabWordRows *words;
    guint first, header, end; /* rows of words: header rows from `first`, others from `header`, up to `end` */
    const GArray *inks;       /* DabInk: the columns */
    const GArray *rules;      /* DabSegment, horizontal, by place: those of the table, over all of it or a part */
    DabBox box;
} DabOpenTable;

/* Lent from `pool`; NULL when it has too many cells. */
DabGrid *dab_open_grid_make(DabPool *pool, const DabOpenTable *table);

/* Whether a rule over at least the share `part` of the table stands between the row of words and the next. */
gboolean dab_open_rule_below(const DabOpenTable *table, guint row, float part);

#endif
