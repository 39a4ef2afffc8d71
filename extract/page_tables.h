/* page_tables.h: the tables of one page: grids of rules, made finer by their text, and tables that no rule parts. */
#ifndef DABIAO_EXTRACT_PAGE_TABLES_H
#define DABIAO_EXTRACT_PAGE_TABLES_H

#include "extract/work.h"

/* Sets page->grids and page->runs. `before` is the page before, or NULL: a table may go on from it. */
void dab_page_tables_find(DabPool *pool, DabPageWork *page, const DabPageWork *before);

#endif
