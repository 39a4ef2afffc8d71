/* tables.h: grids of pages → tables: parts on following pages joined, repeated headers dropped, rows cut by a page whole. */
#ifndef DABIAO_EXTRACT_TABLES_H
#define DABIAO_EXTRACT_TABLES_H

#include "extract/work.h"

typedef struct DabDraft DabDraft; /* a table in the making */

/* The table of one grid. `page` is the grid's. Lent from `pool`. */
DabDraft *dab_draft_new(DabPool *pool, const DabLayout *layout, guint page, const DabGrid *grid);
/* Adds the grid at the top of the next page if it goes on from the draft, which ends the page before: TRUE then. When the place
 * does not make it sure (a line of text stands between), it must repeat the draft's header. */
gboolean dab_draft_join(DabDraft *draft, guint page, const DabGrid *grid, gboolean sure);
/* Appends the cells' lines to layout->lines and the table to layout->tables. */
void dab_draft_finish(DabDraft *draft, DabLayout *layout);

#endif
