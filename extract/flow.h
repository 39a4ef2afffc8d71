/* flow.h: the blocks of all pages → the document in reading order: texts that go on over columns, pages, photos and tables, and
 * tables that go on over pages. */
#ifndef DABIAO_EXTRACT_FLOW_H
#define DABIAO_EXTRACT_FLOW_H

#include "extract/work.h"

/* Appends the blocks of `pages` (DabPageWork) with their lines and tables to `layout`. `scratch` is the pages' pool. */
void dab_flow_join(DabPool *scratch, DabLayout *layout, const GPtrArray *pages);

#endif
