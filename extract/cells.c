/* cells.c: characters → cells → lines of cells. */
#include "extract/cells.h"

#include <stdlib.h>

/* Where a grid knows its words, they tell. */
static void mark_places(const DabPageWork *work, gint *places) {
    guint base = 0;
    for (guint k = 0; k < work->grids->len; k++) {
        const DabGrid *grid = g_ptr_array_index(work->grids, k);
        for (guint m = 0; grid->marks && m < grid->marks->len; m++) {
            const DabMark *mark = &g_array_index(grid->marks, DabMark, m);
            for (guint i = mark->first; i < mark->first + mark->n; i++) places[i] = (gint)(base + mark->cell);
        }
        base += grid->cells->len;
    }
}

gint *dab_cells_place(DabPool *pool, const DabPageWork *work) {
    if (!work->grids->len) return NULL;
    guint n = work->raw.chars->len;
    gint *places = dab_pool_alloc(pool, sizeof(gint) * (n + 1));
    for (guint i = 0; i < n; i++) {
        const DabChar *c = &g_array_index(work->raw.chars, DabChar, i);
        float x = dab_mid(c->glyph.box.x0, c->glyph.box.x1), y = dab_mid(c->glyph.box.y0, c->glyph.box.y1);
        gint base = 0;
        places[i] = -1;
        if (c->style & DAB_CHAR_TURNED) continue;
        for (guint k = 0; k < work->grids->len && places[i] < 0; k++) {
            const DabGrid *grid = g_ptr_array_index(work->grids, k);
            gint cell = grid->marks ? -1 : dab_grid_cell_of(grid, x, y);
            if (cell >= 0) places[i] = base + cell;
            base += (gint)grid->cells->len;
        }
    }
    mark_places(work, places);
    return places;
}

static int by_place(const void *a, const void *b) {
    const DabRun *p = a, *q = b;
    if (p->place != q->place) return p->place - q->place;
    return p->first < q->first ? -1 : p->first > q->first;
}

void dab_cells_fill(DabPool *pool, DabLayout *layout, DabPageWork *work) {
    DabRun *runs = (DabRun *)work->runs->data;
    guint n = work->runs->len, i = 0;
    if (!work->grids->len) return;
    if (n) qsort(runs, n, sizeof *runs, by_place); /* free text, -1, comes first and keeps its order */
    while (i < n && runs[i].place < 0) i++;
    gint base = 0;
    for (guint k = 0; k < work->grids->len; k++) {
        const DabGrid *grid = g_ptr_array_index(work->grids, k);
        for (guint c = 0; c < grid->cells->len; c++) {
            DabGridCell *cell = &g_array_index(grid->cells, DabGridCell, c);
            guint first = i;
            cell->lines = dab_pool_array(pool, sizeof(DabLine));
            while (i < n && runs[i].place == base + (gint)c) i++;
            if (i > first) dab_lines_make(layout, work->raw.page, work->raw.chars, runs + first, i - first, cell->lines);
        }
        base += (gint)grid->cells->len;
    }
}

/* What the lines of a column's cells tell of the room for text in it. */
typedef struct {
    float left, right; /* the smallest margins kept */
    float widest, size;
    gboolean wraps;
} Room;

static void measure(const DabGridCell *cell, Room *first, Room *last) {
    for (guint k = 0; k < cell->lines->len; k++) {
        const DabLine *l = &g_array_index(cell->lines, DabLine, k);
        first->left = MIN(first->left, l->box.x0 - cell->box.x0);
        last->right = MIN(last->right, cell->box.x1 - l->box.x1);
        if (cell->col_span > 1) continue;
        first->widest = MAX(first->widest, l->box.x1 - l->box.x0);
        first->size = MAX(first->size, l->size);
        first->wraps = first->wraps || cell->lines->len > 1;
    }
}

float *dab_cells_text_width(DabPool *pool, const DabGrid *grid) {
    guint n = dab_grid_columns(grid);
    Room *rooms = dab_pool_alloc(pool, sizeof(Room) * n);
    float *widths = dab_pool_alloc(pool, sizeof(float) * grid->cells->len);
    for (guint i = 0; i < n; i++) rooms[i].left = rooms[i].right = G_MAXFLOAT;
    for (guint i = 0; i < grid->cells->len; i++) {
        const DabGridCell *c = &g_array_index(grid->cells, DabGridCell, i);
        measure(c, &rooms[c->column], &rooms[c->column + c->col_span - 1]);
    }
    for (guint i = 0; i < grid->cells->len; i++) {
        const DabGridCell *c = &g_array_index(grid->cells, DabGridCell, i);
        const Room *a = &rooms[c->column], *b = &rooms[c->column + c->col_span - 1];
        float left = G_MAXFLOAT, right = G_MAXFLOAT;
        for (guint k = 0; k < c->lines->len; k++) {
            const DabLine *l = &g_array_index(c->lines, DabLine, k);
            left = MIN(left, l->box.x0 - c->box.x0);
            right = MIN(right, c->box.x1 - l->box.x1);
        }
        float margin = c->lines->len ? MAX(MAX(0, MIN(a->left, b->right)), MIN(left, right)) : 0;
        widths[i] = c->box.x1 - c->box.x0 - 2 * margin;
        if (c->col_span == 1 && a->wraps) widths[i] = MIN(widths[i], a->widest + 0.5f * a->size);
    }
    return widths;
}
