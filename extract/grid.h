/* grid.h: the ruling lines of a page → grids of cells with spans. A grid knows where its cells are, not what they say. */
#ifndef DABIAO_EXTRACT_GRID_H
#define DABIAO_EXTRACT_GRID_H

#include "extract/page.h"

typedef struct {
    guint row, column, row_span, col_span;
    DabBox box;
    GArray *lines; /* DabLine, set by cells.c */
} DabGridCell;

/* Characters of the page that stand in a cell. */
typedef struct {
    guint first, n;
    guint cell;
} DabMark;

typedef struct {
    DabBox box;
    GArray *xs, *ys;                /* float: edges of columns and rows, rising; one more than there are columns and rows */
    GArray *cells;                  /* DabGridCell, by row, then column */
    guint *cell_at;                 /* cell of each row × column */
    gboolean open_top, open_bottom; /* no rule closes it there: the page cuts it */
    GArray *marks;                  /* DabMark: what stands where when no rule parts the columns; NULL: the edges tell */
    gboolean by_lines;              /* rows at its end are lines that no rule parts: none is cut by the page's end */
    guint n_header;                 /* rows known to name the columns; 0: not known */
} DabGrid;

static inline guint dab_grid_columns(const DabGrid *g) {
    return g->xs->len - 1;
}
static inline guint dab_grid_rows(const DabGrid *g) {
    return g->ys->len - 1;
}
static inline float dab_grid_x(const DabGrid *g, guint i) {
    return g_array_index(g->xs, float, i);
}
static inline float dab_grid_y(const DabGrid *g, guint i) {
    return g_array_index(g->ys, float, i);
}

/* The grids of the page with two cells or more, top to bottom, lent from `pool`. Merges page->segments. */
GPtrArray *dab_grids_find(DabPool *pool, DabRawPage *page);

/* The cell that holds the point, or -1. */
gint dab_grid_cell_of(const DabGrid *grid, float x, float y);

#endif
