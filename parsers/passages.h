/* passages.h: blocks and cells of a layout → passages of normalised text, tables with named columns. */
#ifndef DABIAO_PARSERS_PASSAGES_H
#define DABIAO_PARSERS_PASSAGES_H

#include "dabiao/document.h"

/* Fills text, passages and tables (cell_text; columns still without names). Passages stand in reading order; the cells of
 * a table row by row. */
void dab_passages_read(DabDocument *document);
/* Finds out which rules that are asked about each passage need not be: DabPassage.asks. */
void dab_passages_ask(DabDocument *document, const DabRules *rules);

#endif
