/* unruled.h: tables whose columns no rule parts: between horizontal rules (three-line tables), or in no rules at all. What
 * stands in columns because it is running text, a list, a drawing or a table of contents is no table.
 *
 * The idea is that of the best methods without training (Nurminen, Algorithmic Extraction of Data in Tables in PDF
 * Documents, 2013): rules that end at the same places bound a table, blank stripes that go through its rows part its
 * columns, and figures tell it from text. */
#ifndef DABIAO_EXTRACT_UNRULED_H
#define DABIAO_EXTRACT_UNRULED_H

#include "extract/words.h"
#include "extract/work.h"

/* Adds the page's tables of this kind to work->grids, which keeps its order, top to bottom; a grid of the page's rules that
 * knows fewer columns than the table it is part of gives way. `words` are those of the whole page; `drawings`
 * (DabBox) are places with no tables. `before` is the page before, or NULL: its last table may go on. */
void dab_unruled_find(DabPool *pool, DabPageWork *work, const DabPageWork *before, const DabWordList *words,
                      const GArray *drawings);

#endif
