/* open_rows.h: lines of words → rows of an open table: those of its header, with names over several columns, and those of its
 * body, where a cell may have several lines. Shared by the steps of open_grid.h. */
#ifndef DABIAO_EXTRACT_OPEN_ROWS_H
#define DABIAO_EXTRACT_OPEN_ROWS_H

#include "extract/open_grid.h"

#define DAB_OPEN_GROUPS 2 /* columns at the left that may hold names of groups of rows */

typedef struct {
    guint c0, c1; /* columns, both included */
    guint row;
} DabSpot;

typedef struct {
    const DabOpenTable *t;
    guint n_columns, n_lines; /* of text */
    guint n_rows, n_header;
    DabSpot *spots;  /* of each word of the table, from that of row `first` on */
    guint *row_of;   /* of each line */
    GArray *storeys; /* float: where rules part the header into rows, whose words know theirs; NULL: its lines make its rows */
    gboolean blocks; /* the room between cells told the rows, each of which has a name of its own */
    /* Set when all rows are known. */
    gboolean *joined; /* row × column: a text goes from this column into the next */
    gboolean *filled; /* row × column */
    guint *group;     /* row × DAB_OPEN_GROUPS: rows of the group that begins in the column; 0: none */
} DabOpenRows;

static inline const DabWordRow *dab_open_line(const DabOpenRows *w, guint i) {
    return dab_word_row(w->t->words, w->t->first + i);
}
static inline DabSpot *dab_open_spot(const DabOpenRows *w, guint word) {
    return &w->spots[word - dab_word_row(w->t->words, w->t->first)->first];
}
static inline float dab_open_line_mid(const DabOpenRows *w, guint i) {
    return dab_mid(dab_open_line(w, i)->y0, dab_open_line(w, i)->y1);
}

/* Gives each word of the line its columns; phrases stay together. */
void dab_open_place_line(DabOpenRows *w, guint line, gboolean header);

/* Header lines make one row until a name over several columns or a rule ends it. */
void dab_open_header_rows(DabPool *pool, DabOpenRows *w);
/* Rows of a header whose storeys rules part, each cell as high as they say. FALSE: they do not tell. The columns are known. */
gboolean dab_open_header_storeys(DabPool *pool, DabOpenRows *w);
void dab_open_body_rows(DabOpenRows *w);
/* Rows of the body, from line `first` on, that more room parts than the lines of their cells. FALSE: it does not tell. */
gboolean dab_open_block_rows(DabOpenRows *w, guint first);
/* Whether the column says two figures or more below each other in lines [first, end), and nothing else. */
gboolean dab_open_is_stack(const DabOpenRows *w, guint column, guint first, guint end);

/* Names in the first columns that stand in the middle of several rows name all of them: fills w->group. */
void dab_open_find_groups(DabOpenRows *w);

#endif
