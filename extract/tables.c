/* tables.c: grids → tables over pages. */
#include "extract/tables.h"

#include <math.h>

#include "extract/cells.h"

#define SAME_COLUMN 4.0f /* points that a column's edge may move from page to page */
#define MAX_HEADER 6
#define MAX_ROW_SPAN 2000 /* a cell over more rows exists only in hostile files */

typedef struct {
    DabCell cell;
    GArray *lines; /* DabLine */
    float width;   /* that its text may have */
} Cell;

struct DabDraft {
    DabPool *pool;
    const DabLayout *layout;
    GArray *xs;
    GPtrArray *rows; /* GArray of Cell, by column */
    GArray *boxes;
    guint first_page, last_page;
    guint repeated; /* rows at the top that following pages say again */
    gboolean open_bottom;
    float bottom;
    guint n_header; /* known to name the columns; 0: not known */
    gboolean ruled;
    gboolean by_lines; /* its last row is a line of a cell that holds several rows */
};

static GArray *row_at(const GPtrArray *rows, guint i) {
    return g_ptr_array_index(rows, i);
}

static GPtrArray *rows_of(DabPool *pool, guint page, const DabGrid *grid) {
    GPtrArray *rows = dab_pool_ptr_array(pool);
    for (guint i = 0; i < dab_grid_rows(grid); i++) g_ptr_array_add(rows, dab_pool_array(pool, sizeof(Cell)));
    const float *widths = dab_cells_text_width(pool, grid);
    for (guint i = 0; i < grid->cells->len; i++) {
        const DabGridCell *from = &g_array_index(grid->cells, DabGridCell, i);
        Cell cell = {
            {.column = from->column, .row_span = from->row_span, .col_span = from->col_span, .page = page, .box = from->box},
            from->lines,
            widths[i]};
        g_array_append_val(row_at(rows, from->row), cell);
    }
    return rows;
}

DabDraft *dab_draft_new(DabPool *pool, const DabLayout *layout, guint page, const DabGrid *grid) {
    DabDraft *d = dab_pool_new0(pool, DabDraft);
    *d = (DabDraft){pool,
                    layout,
                    grid->xs,
                    rows_of(pool, page, grid),
                    dab_pool_array(pool, sizeof(DabBox)),
                    page,
                    page,
                    0,
                    grid->open_bottom,
                    grid->box.y1,
                    grid->n_header,
                    !grid->marks,
                    grid->by_lines};
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
        for (guint i = 0; i < row_at(rows, r)->len; i++) {
            DabCell *cell = &g_array_index(row_at(rows, r), Cell, i).cell;
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

static const DabGlyph *next_visible(const DabLayout *layout, const GArray *lines, guint *line, guint *glyph) {
    for (; *line < lines->len; ++*line, *glyph = 0) {
        const DabLine *l = &g_array_index(lines, DabLine, *line);
        while (*glyph < l->n_glyphs) {
            const DabGlyph *g = &g_array_index(layout->glyphs, DabGlyph, l->first_glyph + (*glyph)++);
            if (g->ch != ' ') return g;
        }
    }
    return NULL;
}

static gboolean same_text(const DabLayout *layout, const GArray *a, const GArray *b) {
    guint la = 0, ga = 0, lb = 0, gb = 0;
    for (;;) {
        const DabGlyph *x = next_visible(layout, a, &la, &ga), *y = next_visible(layout, b, &lb, &gb);
        if (!x || !y) return x == y;
        if (x->ch != y->ch) return FALSE;
    }
}

static gboolean same_row(const DabLayout *layout, const GArray *a, const GArray *b) {
    gboolean any = FALSE;
    if (a->len != b->len) return FALSE;
    for (guint i = 0; i < a->len; i++) {
        const Cell *x = &g_array_index(a, Cell, i), *y = &g_array_index(b, Cell, i);
        if (x->cell.column != y->cell.column || !same_text(layout, x->lines, y->lines)) return FALSE;
        any = any || x->lines->len;
    }
    return any;
}

/* How many rows at the top of the new part say again what rows of the draft from `at` on said. */
static guint count_repeated(const DabDraft *d, guint at, const GPtrArray *rows) {
    guint n = 0;
    while (n < MAX_HEADER && at + n < d->rows->len && n < rows->len &&
           same_row(d->layout, row_at(d->rows, at + n), row_at(rows, n)))
        n++;
    return n;
}

/* The cell that holds `column` in the draft's last row, be it begun rows above. */
static Cell *last_cell(const DabDraft *d, guint column, guint *row) {
    for (guint up = 0; up < d->rows->len && up < MAX_ROW_SPAN; up++) {
        GArray *cells = row_at(d->rows, d->rows->len - 1 - up);
        for (guint i = 0; i < cells->len; i++) {
            Cell *c = &g_array_index(cells, Cell, i);
            if (c->cell.column <= column && column < c->cell.column + c->cell.col_span && c->cell.row_span > up) {
                *row = d->rows->len - 1 - up;
                return c;
            }
        }
    }
    return NULL;
}

/* The text of the cell reaches its bottom edge and stops there in mid-sentence. */
static gboolean is_cut(const DabDraft *d, const Cell *cell, gboolean *reaches) {
    const DabLine *last = cell->lines->len ? &g_array_index(cell->lines, DabLine, cell->lines->len - 1) : NULL;
    *reaches = last && d->bottom - last->box.y1 < 1.8f * last->size;
    return *reaches && !dab_line_ends_sentence(d->layout, last) && cell->width - (last->box.x1 - last->box.x0) < 1.6f * last->size;
}

/* Whether the first row of the new page is the rest of the draft's last row: a new row says something in each column that
 * the last one did, the rest of a cut one only where text ran over. */
static gboolean row_goes_on(const DabDraft *d, const GArray *row, gboolean open) {
    guint filled = 0, fits = 0, cut = 0, left_empty = 0;
    gboolean key_empty = FALSE, key_seen = FALSE;
    for (guint i = 0; i < row->len; i++) {
        const Cell *c = &g_array_index(row, Cell, i);
        guint at;
        const Cell *above = last_cell(d, c->cell.column, &at);
        if (!above || above->cell.column != c->cell.column || above->cell.col_span != c->cell.col_span) return FALSE;
        gboolean reaches = FALSE, in_sentence = is_cut(d, above, &reaches), group = above->cell.row_span > 1;
        if (!group && above->lines->len && !key_seen) {
            key_seen = TRUE;
            key_empty = !c->lines->len;
        }
        if (!c->lines->len) {
            left_empty += above->lines->len > 0 && !group;
            continue;
        }
        filled++;
        fits += reaches || !above->lines->len;
        cut += in_sentence;
    }
    if (open) return TRUE;
    if (!filled || !left_empty) return FALSE;
    return (key_empty && left_empty > filled) || (fits == filled && (cut || left_empty >= filled));
}

static void append_lines(Cell *to, const Cell *from) {
    g_array_append_vals(to->lines, from->lines->data, from->lines->len);
    to->width = MAX(to->width, from->width);
}

/* Adds what the row holds to the cells above it: the cut row is whole again. */
static void join_row(DabDraft *d, const GArray *row) {
    for (guint i = 0; i < row->len; i++) {
        const Cell *c = &g_array_index(row, Cell, i);
        guint at;
        Cell *above = last_cell(d, c->cell.column, &at);
        append_lines(above, c);
        above->cell.row_span += c->cell.row_span - 1;
    }
}

/* Leading cells that the page leaves empty belong to the group begun before it. */
static void extend_groups(DabDraft *d, GArray *row, gboolean open) {
    for (guint i = 0; i < row->len;) {
        const Cell *c = &g_array_index(row, Cell, i);
        guint at;
        Cell *above = last_cell(d, c->cell.column, &at);
        gboolean same = above && above->cell.column == c->cell.column && above->cell.col_span == c->cell.col_span;
        if (c->lines->len || !same || !(open || above->cell.row_span > 1 || c->cell.row_span > 1)) break;
        open = TRUE; /* what the group holds goes on with it */
        above->cell.row_span += c->cell.row_span;
        g_array_remove_index(row, i);
    }
}

static guint visible_glyphs(const DabLayout *layout, const Cell *c) {
    guint n = 0, line = 0, glyph = 0;
    while (next_visible(layout, c->lines, &line, &glyph)) n++;
    return n;
}

/* A row of names: most columns have one, all are short, none is a bare number. */
static gboolean looks_like_header(const DabDraft *d, const GArray *row) {
    guint filled = 0, columns = 0;
    for (guint i = 0; i < row->len; i++) {
        const Cell *c = &g_array_index(row, Cell, i);
        guint n = visible_glyphs(d->layout, c);
        if (!n) continue;
        if (n > 24) return FALSE;
        gboolean digits = TRUE;
        for (guint k = 0; k < c->lines->len && digits; k++)
            digits = dab_line_is_digits(d->layout, &g_array_index(c->lines, DabLine, k));
        if (digits) return FALSE;
        filled++;
        columns += c->cell.col_span;
    }
    return filled >= 2 && columns * 2 > d->xs->len - 1;
}

/* Repeated headers of the new part. They stand at the table's top, or, where forms have a table within, further down. */
static guint skip_headers(DabDraft *d, const GPtrArray *rows) {
    guint n = count_repeated(d, 0, rows);
    if (n) d->repeated = MAX(d->repeated, n);
    for (guint at = 1; !n && rows->len && at < d->rows->len && at < 40; at++)
        if (looks_like_header(d, row_at(d->rows, at))) n = MIN(1, count_repeated(d, at, rows));
    return n;
}

gboolean dab_draft_join(DabDraft *d, guint page, const DabGrid *grid, gboolean sure) {
    if (page != d->last_page + 1 || (!sure && grid->xs->len != d->xs->len)) return FALSE;
    GPtrArray *rows = rows_of(d->pool, page, grid);
    if (!match_columns(d, rows, grid)) return FALSE;
    guint skip = skip_headers(d, rows);
    if (!sure && !skip) return FALSE;
    gboolean open = !d->by_lines && (d->open_bottom || (grid->open_top && !skip));
    if (skip < rows->len) {
        GArray *first = row_at(rows, skip);
        if (!d->by_lines && row_goes_on(d, first, open)) {
            join_row(d, first);
            skip++;
        } else {
            extend_groups(d, first, FALSE);
        }
    }
    for (guint i = skip; i < rows->len; i++) g_ptr_array_add(d->rows, row_at(rows, i));
    g_array_append_val(d->boxes, grid->box);
    d->last_page = page;
    d->open_bottom = grid->open_bottom;
    d->by_lines = grid->by_lines;
    d->bottom = grid->box.y1;
    return TRUE;
}

/* Header cells that span rows or columns tell how deep the header is. */
static guint count_headers(const DabDraft *d) {
    if (d->n_header) return MIN(d->n_header, d->rows->len - 1);
    if (d->repeated) return d->repeated;
    if (d->rows->len < 2 || !looks_like_header(d, row_at(d->rows, 0))) return 0;
    guint depth = 1;
    gboolean spans_columns = FALSE;
    for (guint i = 0; i < row_at(d->rows, 0)->len; i++) {
        const DabCell *c = &g_array_index(row_at(d->rows, 0), Cell, i).cell;
        spans_columns = spans_columns || c->col_span > 1;
    }
    if (spans_columns)
        for (guint i = 0; i < row_at(d->rows, 0)->len; i++)
            depth = MAX(depth, MIN(g_array_index(row_at(d->rows, 0), Cell, i).cell.row_span, MAX_HEADER));
    return MIN(depth, d->rows->len - 1);
}

void dab_draft_finish(DabDraft *d, DabLayout *layout) {
    DabTable *t = dab_pool_new0(layout->pool, DabTable);
    *t = (DabTable){.n_columns = d->xs->len - 1,
                    .n_header_rows = count_headers(d),
                    .first_page = d->first_page,
                    .last_page = d->last_page,
                    .boxes = dab_pool_array(layout->pool, sizeof(DabBox)),
                    .rows = dab_pool_array(layout->pool, sizeof(DabRow)),
                    .ruled = d->ruled};
    g_array_append_vals(t->boxes, d->boxes->data, d->boxes->len);
    for (guint r = 0; r < d->rows->len; r++) {
        DabRow row = {dab_pool_array(layout->pool, sizeof(DabCell))};
        for (guint i = 0; i < row_at(d->rows, r)->len; i++) {
            Cell *c = &g_array_index(row_at(d->rows, r), Cell, i);
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
