/* open_rest.h: rows at the top of a page that go on with the table which ends the page before. They may be too few to be a table
 * of their own. */
#ifndef DABIAO_EXTRACT_OPEN_REST_H
#define DABIAO_EXTRACT_OPEN_REST_H

#include "extract/unruled_work.h"

/* Adds them to work->found as a table with the columns of the one that they go on with. `rows` are those of the page. */
void dab_open_rest_find(DabUnruled *work, const DabWordRows *rows, const DabPageWork *before);

#endif
