/* header_rows.h: which rows of a table are header: those the layout shows, those whose names the rules know, those whose cells span
 * others above the first figures, and those below a row that is one cell (a band of a form). A row with two figures is data, unless
 * it only numbers the columns. */
#ifndef DABIAO_PARSERS_HEADER_ROWS_H
#define DABIAO_PARSERS_HEADER_ROWS_H

#include "dabiao/document.h"

/* A table with its text by cell. Borrows all it points to. */
typedef struct {
    const DabRules *rules;
    const DabDocument *document;
    const DabDocTable *table;
    const GArray *first_cell; /* guint: where each row begins in `names` */
    const GPtrArray *names;   /* of each cell its text as a name, on one line */
} DabHeaderView;

/* The text of cell `cell` of row `row`, a name on one line. Lent. */
const char *dab_header_text(const DabHeaderView *view, guint row, guint cell);
/* The row under a header that numbers the columns: 1 2 3 …, 栏次 or 甲 乙 before them. */
gboolean dab_header_is_numbering(const DabHeaderView *view, guint row);
/* A row of units below names: 亩, 吨, 万人. */
gboolean dab_header_is_units(const DabHeaderView *view, guint row);
/* The only cell of its row, over all columns. */
gboolean dab_header_is_title(const DabHeaderView *view, guint row);

/* Adds to `bands` (DabBand, without columns) the rows that share a header, by first_row; the first begins at row 0. */
void dab_header_rows_find(const DabHeaderView *view, GArray *bands);

#endif
