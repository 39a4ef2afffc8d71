/* draft.h: a table in the making, between the files that put its parts together: tables.c, cut_rows.c (rows that a page's end
 * cuts), draft_header.c (headers said again on each page). */
#ifndef DABIAO_EXTRACT_DRAFT_H
#define DABIAO_EXTRACT_DRAFT_H

#include "extract/tables.h"

typedef struct {
    DabCell cell;
    GArray *lines; /* DabLine */
    float width;   /* that its text may have, points */
} DabDraftCell;

struct DabDraft {
    DabPool *pool;
    const DabLayout *layout;
    GArray *xs;
    GPtrArray *rows; /* GArray of DabDraftCell, by column */
    GArray *boxes;
    guint first_page, last_page;
    guint repeated; /* rows at the top that following pages say again */
    gboolean open_bottom;
    float bottom;
    guint n_header; /* known to name the columns; 0: not known */
    gboolean ruled;
    gboolean by_lines; /* its last row is a line of a cell that holds several rows */
};

static inline GArray *dab_draft_row(const GPtrArray *rows, guint i) {
    return g_ptr_array_index(rows, i);
}

/* ---- cut_rows.c: `row` is the first of the new page, which goes on with the table ---- */

/* Whether it is the rest of the draft's last row: a new row says something in each column that the last one did, the rest of a cut
 * one only where text ran over. `open`: the grid has no line between the two. */
gboolean dab_draft_row_goes_on(const DabDraft *d, const GArray *row, gboolean open);
/* Adds what it holds to the cells above it: the cut row is whole again. Only for a row that goes on. */
void dab_draft_join_row(DabDraft *d, const GArray *row);
/* Leading cells that the page leaves empty belong to the group begun before it: taken out of the row, added to that. */
void dab_draft_extend_groups(DabDraft *d, GArray *row);

/* ---- draft_header.c ---- */

/* How many of `rows`, those of a new page, are the header again. It stands at the table's top, or, where forms have a table within,
 * further down. */
guint dab_draft_skip_headers(DabDraft *d, const GPtrArray *rows);
/* Rows of the whole table that are header, by what is known of it, what pages repeat, or its looks. */
guint dab_draft_count_headers(const DabDraft *d);

#endif
