/* unruled_work.h: what the steps of unruled.h share. */
#ifndef DABIAO_EXTRACT_UNRULED_WORK_H
#define DABIAO_EXTRACT_UNRULED_WORK_H

#include "extract/open_grid.h"
#include "extract/work.h"

#define DAB_UNRULED_ROWS 2000 /* rows of a page that are looked at; no page has more */

typedef struct {
    DabPool *pool;
    DabPageWork *page;
    const DabWordList *words; /* of the page */
    const GArray *drawings;   /* DabBox: places with no tables */
    GArray *rules;            /* DabSegment: horizontal, by place, broken ones whole */
    GPtrArray *found;
} DabUnruled;

/* Takes the table in unless a grid of rules is better. */
void dab_unruled_take(DabUnruled *work, DabOpenTable *table);
/* Tables between rules that end at the same places. */
void dab_unruled_between_rules(DabUnruled *work);

#endif
