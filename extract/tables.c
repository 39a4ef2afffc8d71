/* tables.c: grids → tables over pages. */
#include "extract/tables.h"

#include <math.h>

#include "extract/cells.h"
#include "extract/draft.h"

#define SAME_COLUMN 4.0f /* points that a column's edge may move from page to page */

static GPtrArray *rows_of(DabPool *pool, guint page, const DabGrid *grid) {
    GPtrArray *rows = dab_pool_ptr_array(pool);
    for (guint i = 0; i < dab_grid_rows(grid); i++) g_ptr_array_add(rows, dab_pool_array(pool, sizeof(DabDraftCell)));
    const float *widths = dab_cells_text_width(pool, grid);
    for (guint i = 0; i < grid->cells->len; i++) {
        const DabGridCell *from = &g_array_index(grid->cells, DabGridCell, i);
        DabDraftCell cell = {.cell = {.column = from->column,
                                      .row_span = from->row_span,
                                      .col_span = from->col_span,
                                      .page = page,
                                      .box = from->box},
                             .lines = from->lines,
                             .width = widths[i]};
        g_array_append_val(dab_draft_row(rows, from->row), cell);
    }
    return rows;
}

DabDraft *dab_draft_new(DabPool *pool, const DabLayout *layout, guint page, const DabGrid *grid) {
    DabDraft *d = dab_pool_new0(pool, DabDraft);
    *d = (DabDraft){.pool = pool,
                    .layout = layout,
                    .xs = grid->xs,
                    .rows = rows_of(pool, page, grid),
                    .boxes = dab_pool_array(pool, sizeof(DabBox)),
                    .first_page = page,
                    .last_page = page,
                    .open_bottom = grid->open_bottom,
                    .bottom = grid->box.y1,
                    .n_header = grid->n_header,
                    .ruled = !grid->marks,
                    .by_lines = grid->by_lines};
    g_array_append_val(d->boxes, grid->box);
    return d;
}

/* Where each edge of `few` stands in `many`; FALSE when one has no fellow or the outer ones differ. */
static gboolean map_edges(const GArray *few, const GArray *many, guint *map) {
    guint k = 0;
    for (guint i = 0; i < few->len; i++) {
        float x = g_array_index(few, float, i);
        while (k < many->len && g_array_index(many, float, k) < x - SAME_COLUMN) k++;
        if (k == many->len || fabsf(g_array_index(many, float, k) - x) > SAME_COLUMN) return FALSE;
        map[i] = k;
    }
    return map[0] == 0 && map[few->len - 1] == many->len - 1;
}

static void move_columns(const GPtrArray *rows, const guint *map) {
    for (guint r = 0; r < rows->len; r++)
        for (guint i = 0; i < dab_draft_row(rows, r)->len; i++) {
            DabCell *cell = &g_array_index(dab_draft_row(rows, r), DabDraftCell, i).cell;
            guint end = map[cell->column + cell->col_span];
            cell->column = map[cell->column];
            cell->col_span = end - cell->column;
        }
}

/* Columns found from their text do not begin and end at the same points on each page. */
static gboolean alike_columns(const GArray *a, const GArray *b) {
    if (a->len != b->len) return FALSE;
    for (guint i = 0; i < a->len; i++) {
        float x = g_array_index(a, float, i), room = G_MAXFLOAT;
        if (i) room = x - g_array_index(a, float, i - 1);
        if (i + 1 < a->len) room = MIN(room, g_array_index(a, float, i + 1) - x);
        if (fabsf(x - g_array_index(b, float, i)) > 0.6f * room) return FALSE;
    }
    return TRUE;
}

/* Brings both parts to the same columns. */
static gboolean match_columns(DabDraft *d, GPtrArray *rows, const DabGrid *grid) {
    GArray *xs = grid->xs;
    if (!d->ruled && grid->marks) return alike_columns(d->xs, xs);
    guint *map = g_new0(guint, MAX(d->xs->len, xs->len));
    gboolean good = TRUE;
    if (xs->len <= d->xs->len && map_edges(xs, d->xs, map)) {
        move_columns(rows, map);
    } else if (xs->len > d->xs->len && map_edges(d->xs, xs, map)) {
        move_columns(d->rows, map);
        d->xs = xs;
    } else {
        good = FALSE;
    }
    g_free(map);
    return good;
}

gboolean dab_draft_join(DabDraft *d, guint page, const DabGrid *grid, gboolean sure) {
    if (page != d->last_page + 1 || (!sure && grid->xs->len != d->xs->len)) return FALSE;
    GPtrArray *rows = rows_of(d->pool, page, grid);
    if (!match_columns(d, rows, grid)) return FALSE;
    guint skip = dab_draft_skip_headers(d, rows);
    if (!sure && !skip) return FALSE;
    gboolean open = !d->by_lines && (d->open_bottom || (grid->open_top && !skip));
    if (skip < rows->len) {
        GArray *first = dab_draft_row(rows, skip);
        if (!d->by_lines && dab_draft_row_goes_on(d, first, open)) {
            dab_draft_join_row(d, first);
            skip++;
        } else {
            dab_draft_extend_groups(d, first);
        }
    }
    for (guint i = skip; i < rows->len; i++) g_ptr_array_add(d->rows, dab_draft_row(rows, i));
    g_array_append_val(d->boxes, grid->box);
    d->last_page = page;
    d->open_bottom = grid->open_bottom;
    d->by_lines = grid->by_lines;
    d->bottom = grid->box.y1;
    return TRUE;
}

void dab_draft_finish(DabDraft *d, DabLayout *layout) {
    DabTable *t = dab_pool_new0(layout->pool, DabTable);
    *t = (DabTable){.n_columns = d->xs->len - 1,
                    .n_header_rows = dab_draft_count_headers(d),
                    .first_page = d->first_page,
                    .last_page = d->last_page,
                    .boxes = dab_pool_array(layout->pool, sizeof(DabBox)),
                    .rows = dab_pool_array(layout->pool, sizeof(DabRow)),
                    .ruled = d->ruled};
    g_array_append_vals(t->boxes, d->boxes->data, d->boxes->len);
    for (guint r = 0; r < d->rows->len; r++) {
        DabRow row = {dab_pool_array(layout->pool, sizeof(DabCell))};
        const GArray *cells = dab_draft_row(d->rows, r);
        for (guint i = 0; i < cells->len; i++) {
            DabDraftCell *c = &g_array_index(cells, DabDraftCell, i);
            dab_paragraphs_in_cell(layout, (DabLine *)c->lines->data, c->lines->len, c->width);
            c->cell.first_line = layout->lines->len;
            c->cell.n_lines = c->lines->len;
            g_array_append_vals(layout->lines, c->lines->data, c->lines->len);
            g_array_append_val(row.cells, c->cell);
        }
        g_array_append_val(t->rows, row);
    }
    g_ptr_array_add(layout->tables, t);
}
