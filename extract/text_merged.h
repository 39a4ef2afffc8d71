/* text_merged.h: in a table saved as text the place of a merged cell is an empty one. Tells which empty cells of the header belong
 * to the name before or above them, and which of the first columns to the group above. */
#ifndef DAB_EXTRACT_TEXT_MERGED_H
#define DAB_EXTRACT_TEXT_MERGED_H

#include "dabiao/layout.h"

/* Sets n_header_rows, and lets cells span the empty ones that belong to them, which are taken away. `whole`: each row of the table
 * is a row of it, not a line of a longer one, so that an empty cell below a name goes on with it. */
void dab_text_table_merge(const DabLayout *layout, DabTable *table, gboolean whole);

#endif
