/* refine.h: what the text in a grid of rules tells of cells that no rule parts: rows whose columns are drawn only in the
 * header, rows of figures set below each other in one cell. */
#ifndef DABIAO_EXTRACT_REFINE_H
#define DABIAO_EXTRACT_REFINE_H

#include "extract/grid.h"
#include "extract/words.h"

/* Cuts cells of the grid in place. `words` are those within its box. `goes_on`: it goes on from a grid whose cells were cut
 * into lines, so that less evidence will do. */
void dab_grid_refine(DabPool *pool, DabGrid *grid, const DabWordRows *words, gboolean goes_on);

/* How many cells of the grid hold a word. */
guint dab_grid_count_filled(DabPool *pool, const DabGrid *grid, const DabWordRows *words);

#endif
