/* open_grid.c: rows of words → grid. */
#include "extract/open_grid.h"

#include "dabiao/limits.h"
#include "extract/open_rows.h"

gboolean dab_open_rule_below(const DabOpenTable *t, guint row, float part) {
    float y0 = dab_mid(dab_word_row(t->words, row)->y0, dab_word_row(t->words, row)->y1);
    float y1 = dab_mid(dab_word_row(t->words, row + 1)->y0, dab_word_row(t->words, row + 1)->y1), sum = 0;
    for (guint i = 0; t->rules && i < t->rules->len; i++) {
        const DabSegment *s = &g_array_index(t->rules, DabSegment, i);
        if (s->at > y0 && s->at < y1) sum = MAX(sum, dab_overlap(s->from, s->to, t->box.x0, t->box.x1));
    }
    return sum >= part * (t->box.x1 - t->box.x0);
}

static void set_rows(DabOpenRows *w) {
    for (guint i = w->storeys ? w->t->header - w->t->first : 0; i < w->n_lines; i++)
        for (guint k = dab_open_line(w, i)->first; k < dab_open_line(w, i)->first + dab_open_line(w, i)->n; k++)
            dab_open_spot(w, k)->row = w->row_of[i];
}

static void fill_rows(DabOpenRows *w) {
    guint n = w->n_columns;
    for (guint i = 0; i < w->n_lines; i++) {
        const DabWordRow *row = dab_open_line(w, i);
        for (guint k = row->first; k < row->first + row->n; k++) {
            const DabSpot *s = dab_open_spot(w, k);
            for (guint c = s->c0; c <= s->c1; c++) {
                w->filled[s->row * n + c] = TRUE;
                if (c < s->c1) w->joined[s->row * n + c] = TRUE;
            }
        }
    }
}

/* Whether nothing stands in the columns of that row and nothing reaches into them. */
static gboolean is_free(const DabOpenRows *w, guint row, guint c0, guint c1) {
    const gboolean *joined = &w->joined[row * w->n_columns];
    if ((c0 && joined[c0 - 1]) || joined[c1]) return FALSE;
    for (guint c = c0; c <= c1; c++)
        if (w->filled[row * w->n_columns + c]) return FALSE;
    return TRUE;
}

static void add_cell(const DabOpenRows *w, DabGrid *g, guint row, guint rows, guint c0, guint c1) {
    DabGridCell cell = {
        row, c0, rows, c1 - c0 + 1, {dab_grid_x(g, c0), dab_grid_y(g, row), dab_grid_x(g, c1 + 1), dab_grid_y(g, row + rows)},
        NULL};
    for (guint r = row; r < row + rows; r++)
        for (guint c = c0; c <= c1; c++) g->cell_at[r * w->n_columns + c] = g->cells->len;
    g_array_append_val(g->cells, cell);
}

static void make_cells(const DabOpenRows *w, DabGrid *g) {
    guint n = w->n_columns;
    for (guint i = 0; i < w->n_rows * n; i++) g->cell_at[i] = G_MAXUINT;
    for (guint r = 0; r < w->n_rows; r++)
        for (guint c = 0; c < n; c++) {
            if (g->cell_at[r * n + c] != G_MAXUINT) continue;
            guint end = c, top = r;
            while (end + 1 < n && w->joined[r * n + end]) end++;
            if (r < w->n_header) { /* a name beside names of two storeys is as high as they are */
                guint k = r;
                while (k < w->n_header && is_free(w, k, c, end)) k++;
                if (k < w->n_header && !w->filled[r * n + c]) { /* the name stands below, if it is as wide */
                    guint wide = c;
                    while (wide + 1 < n && w->joined[k * n + wide]) wide++;
                    gboolean same = !(c && w->joined[k * n + c - 1]) && wide == end;
                    for (guint x = r; x < k && same; x++) same = is_free(w, x, c, end);
                    if (same) top = k;
                }
                guint bottom = top;
                while (bottom + 1 < w->n_header && is_free(w, bottom + 1, c, end)) bottom++;
                add_cell(w, g, r, bottom - r + 1, c, end);
            } else {
                guint rows = end == c && c < DAB_OPEN_GROUPS ? w->group[r * DAB_OPEN_GROUPS + c] : 0;
                add_cell(w, g, r, MAX(rows, 1), c, end);
            }
        }
}

static void make_edges(DabPool *pool, const DabOpenRows *w, DabGrid *g) {
    const DabOpenTable *t = w->t;
    g->xs = dab_pool_array(pool, sizeof(float));
    g->ys = dab_pool_array(pool, sizeof(float));
    for (guint c = 0; c <= w->n_columns; c++) {
        float x = c == 0              ? t->box.x0
                  : c == w->n_columns ? t->box.x1
                                      : dab_mid(dab_ink(t->inks, c - 1)->x1, dab_ink(t->inks, c)->x0);
        g_array_append_val(g->xs, x);
    }
    g_array_append_val(g->ys, t->box.y0);
    if (w->storeys) g_array_append_vals(g->ys, w->storeys->data, w->storeys->len);
    for (guint i = 0; i + 1 < w->n_lines; i++) {
        if (w->row_of[i] == w->row_of[i + 1]) continue;
        float y = dab_mid(dab_open_line(w, i)->y1, dab_open_line(w, i + 1)->y0);
        g_array_append_val(g->ys, y);
    }
    g_array_append_val(g->ys, t->box.y1);
}

DabGrid *dab_open_grid_make(DabPool *pool, const DabOpenTable *t) {
    DabOpenRows w = {.t = t, .n_columns = t->inks->len, .n_lines = t->end - t->first};
    if (!w.n_lines || (guint64)w.n_lines * w.n_columns > DAB_MAX_CELLS) return NULL;
    const DabWordRow *last = dab_word_row(t->words, t->end - 1);
    w.spots = dab_pool_alloc(pool, sizeof(DabSpot) * (last->first + last->n - dab_word_row(t->words, t->first)->first));
    w.row_of = dab_pool_alloc(pool, sizeof(guint) * w.n_lines);
    dab_open_header_rows(pool, &w);
    dab_open_body_rows(&w);
    set_rows(&w);
    w.joined = dab_pool_alloc(pool, sizeof(gboolean) * (w.n_rows * w.n_columns + 1));
    w.filled = dab_pool_alloc(pool, sizeof(gboolean) * (w.n_rows * w.n_columns + 1));
    fill_rows(&w);
    w.group = dab_pool_alloc(pool, sizeof(guint) * (w.n_rows + 1) * DAB_OPEN_GROUPS);
    dab_open_find_groups(&w);
    DabGrid *g = dab_pool_new0(pool, DabGrid);
    *g = (DabGrid){.box = t->box, .cells = dab_pool_array(pool, sizeof(DabGridCell)), .n_header = w.n_header};
    g->cell_at = dab_pool_alloc(pool, sizeof(guint) * w.n_rows * w.n_columns);
    g->marks = dab_pool_array(pool, sizeof(DabMark));
    make_edges(pool, &w, g);
    make_cells(&w, g);
    for (guint i = 0; i < w.n_lines; i++)
        for (guint k = dab_open_line(&w, i)->first; k < dab_open_line(&w, i)->first + dab_open_line(&w, i)->n; k++) {
            const DabWord *word = dab_word(t->words, k);
            DabMark m = {word->first, word->n, g->cell_at[dab_open_spot(&w, k)->row * w.n_columns + dab_open_spot(&w, k)->c0]};
            g_array_append_val(g->marks, m);
        }
    return g;
}
