/* open_rest.c: the rest of a table on the next page. */
#include "extract/open_rest.h"

#include "extract/open_table.h"

#define FOOT 0.92f    /* share of the page's height below which its number stands */
#define HEAD 0.12f    /* … and above which a running head does, or a line that says that a table goes on */
#define MAX_ABOVE 3u  /* rows of that kind */
#define MAX_NAMES 2u  /* rows of names said again */
#define MAX_STEP 1.5f /* of the usual step of the table's rows */
#define SLACK 2.0f    /* points that a text may reach over the edge of its column */

/* The table that ends the page and that no rule parts into columns, or NULL. */
static const DabGrid *last_grid(const DabPageWork *page) {
    const DabGrid *last = page && page->grids->len ? page->grids->pdata[page->grids->len - 1] : NULL;
    if (!last || !last->marks) return NULL;
    for (guint i = 0; i < page->runs->len; i++) {
        const DabRun *run = &g_array_index(page->runs, DabRun, i);
        float y = dab_mid(run->box.y0, run->box.y1);
        if (run->place < 0 && !run->turned && y > last->box.y1 && y < FOOT * page->raw.height) return NULL;
    }
    return last;
}

/* Whether each piece of the row stands in a column of its own, in nearly all of them. */
static gboolean fits(const DabWordRows *w, guint row, const DabGrid *g, gboolean names) {
    const DabWordRow *r = dab_word_row(w, row);
    guint columns = dab_grid_columns(g), filled = 0, c = 0;
    gboolean begun = FALSE;
    for (guint i = r->first; i < r->first + r->n; i++) {
        const DabBox *b = &dab_word(w, i)->box;
        for (; c < columns && dab_mid(b->x0, b->x1) > dab_grid_x(g, c + 1); c++) begun = FALSE;
        if (c == columns || b->x0 < dab_grid_x(g, c) - SLACK || b->x1 > dab_grid_x(g, c + 1) + SLACK) return FALSE;
        filled += !begun;
        begun = TRUE;
    }
    if (r->leader || filled + 1 < columns || r->n_pieces < 2) return FALSE;
    return names ? !r->n_figures : r->n_figures && r->n_figures * 2 + 1 >= filled;
}

/* What stands between the edges of the columns. */
static GArray *inks_of(DabPool *pool, const DabWordRows *w, guint first, guint end, const DabGrid *g) {
    GArray *inks = dab_pool_array(pool, sizeof(DabInk));
    for (guint c = 0; c < dab_grid_columns(g); c++) {
        float left = dab_grid_x(g, c), right = dab_grid_x(g, c + 1), middle = dab_mid(left, right);
        DabInk ink = {.x0 = middle, .x1 = middle};
        for (guint i = dab_word_row(w, first)->first; i < dab_word_row(w, end - 1)->first + dab_word_row(w, end - 1)->n; i++) {
            const DabBox *b = &dab_word(w, i)->box;
            if (dab_mid(b->x0, b->x1) < left || dab_mid(b->x0, b->x1) > right) continue;
            ink.x0 = ink.filled ? MIN(ink.x0, b->x0) : b->x0;
            ink.x1 = ink.filled ? MAX(ink.x1, b->x1) : b->x1;
            ink.filled++;
        }
        g_array_append_val(inks, ink);
    }
    return inks;
}

void dab_open_rest_find(DabUnruled *work, const DabWordRows *w, const DabPageWork *before) {
    const DabGrid *last = last_grid(before);
    guint n = w->rows->len, i = 0, body, end;
    if (!last || dab_grid_columns(last) < 3) return;
    float step = (last->box.y1 - last->box.y0) / (float)dab_grid_rows(last);
    for (; i < n && !fits(w, i, last, TRUE) && !fits(w, i, last, FALSE); i++)
        if (i == MAX_ABOVE || dab_word_row(w, i)->y1 > HEAD * work->page->raw.height) return;
    for (body = i; body < n && body < i + MAX_NAMES && fits(w, body, last, TRUE);) body++;
    for (end = body; end < n && fits(w, end, last, FALSE);) {
        if (++end < n && dab_row_mid(w, end) - dab_row_mid(w, end - 1) > MAX_STEP * step) break;
    }
    if (end == body) return;
    DabOpenTable t = {.words = w, .first = i, .header = body, .end = end, .rules = work->rules, .box = last->box};
    t.box.y0 = dab_word_row(w, i)->y0;
    t.box.y1 = dab_word_row(w, end - 1)->y1;
    for (guint k = 0; k < work->page->grids->len + work->found->len; k++) {
        const DabGrid *other =
            k < work->page->grids->len ? work->page->grids->pdata[k] : work->found->pdata[k - work->page->grids->len];
        if (other->box.y0 < t.box.y1) return; /* the page begins with another one, or with these rows and more */
    }
    t.inks = inks_of(work->pool, w, i, end, last);
    dab_open_table_set_box(&t);
    DabGrid *grid = dab_open_grid_make(work->pool, &t);
    if (grid) g_ptr_array_add(work->found, grid);
}
