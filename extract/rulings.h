/* rulings.h: a page's rules → the horizontal ones that bound and part tables without vertical ones. */
#ifndef DABIAO_EXTRACT_RULINGS_H
#define DABIAO_EXTRACT_RULINGS_H

#include "extract/page.h"

/* The page's horizontal rules, by place (DabSegment), lent from `pool`. The edges of shaded rows are rules too. `whole`: those
 * drawn column by column as one. */
GArray *dab_rulings_find(DabPool *pool, const DabRawPage *page, gboolean whole);

#endif
