/* cells.h: which characters stand in which cell of a page's grids, and the lines they make there. */
#ifndef DABIAO_EXTRACT_CELLS_H
#define DABIAO_EXTRACT_CELLS_H

#include "extract/work.h"

/* For each character of the page the number of its cell, counted over all grids in order, or -1. Lent from `pool`; NULL
 * when the page has no grid. */
gint *dab_cells_place(DabPool *pool, const DabPageWork *work);

/* Makes the lines of all cells from the runs that stand in them. */
void dab_cells_fill(DabPool *pool, DabLayout *layout, DabPageWork *work);

/* How wide the text of each of the grid's cells may be: the cell without the margins its column keeps, and not much more
 * than the widest line of a column that wraps. Lent from `pool`. */
float *dab_cells_text_width(DabPool *pool, const DabGrid *grid);

#endif
