/* side_by_side.h: two tables without rules that stand beside each other have their rows at the same heights: one table, to all that
 * looks at rows. */
#ifndef DABIAO_EXTRACT_SIDE_BY_SIDE_H
#define DABIAO_EXTRACT_SIDE_BY_SIDE_H

#include "extract/open_table.h"

/* Where the table, whose columns and header are known, is two: before a column of texts behind figures, when a title stands over
 * each part, or one of them has more rows. 0: it is one. Points from the page's left edge. */
float dab_tables_part(const DabOpenTable *table);

#endif
