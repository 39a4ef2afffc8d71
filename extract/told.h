/* told.h: tables without rules whose cells are texts. Their look alone tells them from no list, so they are taken only where the
 * structure tree of a tagged PDF says that a table stands on the page, and only when what is there has its shape. */
#ifndef DABIAO_EXTRACT_TOLD_H
#define DABIAO_EXTRACT_TOLD_H

#include "extract/open_table.h"
#include "extract/pdf.h"

/* The grids that fit what the tree says, lent from `pool`; none where `taken` (DabGrid) holds a table already. The tree is read
 * only when rows of the page look like a table at all. */
GPtrArray *dab_told_find(DabPool *pool, DabPdf *pdf, guint page, const DabWordRows *words, const GPtrArray *taken);

#endif
