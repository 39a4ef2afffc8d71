/* refine.c: text in a grid of rules → finer cells. */
#include "extract/refine.h"

#include "dabiao/limits.h"

#define EDGE_SLACK 1.5f    /* points that a word may reach over the edge of its column */
#define STRIPE_WIDTH 14.0f /* points: a column without any text that is no wider is none */
#define PHRASE_GAP 0.5f    /* of the font size */
#define MIN_STACK 3        /* figures below each other that are rows of their own */

/* The cell of each word, or -1. */
static gint *cells_of_words(DabPool *pool, const DabGrid *g, const DabWordRows *w) {
    gint *cells = dab_pool_alloc(pool, sizeof(gint) * (w->words->len + 1));
    for (guint i = 0; i < w->words->len; i++) {
        const DabBox *b = &dab_word(w, i)->box;
        cells[i] = dab_grid_cell_of(g, dab_mid(b->x0, b->x1), dab_mid(b->y0, b->y1));
    }
    return cells;
}

guint dab_grid_count_filled(DabPool *pool, const DabGrid *g, const DabWordRows *w) {
    const gint *cells = cells_of_words(pool, g, w);
    g_autofree gboolean *filled = g_new0(gboolean, g->cells->len + 1);
    guint n = 0;
    for (guint i = 0; i < w->words->len; i++) {
        if (cells[i] < 0 || filled[cells[i]]) continue;
        filled[cells[i]] = TRUE;
        n++;
    }
    return n;
}

static guint column_at(const DabGrid *g, float x) {
    guint c = 0;
    while (c + 1 < dab_grid_columns(g) && x >= dab_grid_x(g, c + 1)) c++;
    return c;
}

/* What the words of one cell over several columns say of the edges under it. */
typedef struct {
    guint words, columns, figures, last_column;
    float last_x1;
    gboolean last_figure, crosses;
} Trace;

static void trace_word(const DabGrid *g, const DabWord *word, Trace *t) {
    guint a = column_at(g, word->box.x0 + EDGE_SLACK), b = column_at(g, word->box.x1 - EDGE_SLACK);
    if (a != b) t->crosses = TRUE;
    if (t->words && a != t->last_column && word->box.x0 - t->last_x1 < PHRASE_GAP * word->size && !(t->last_figure && word->figure))
        t->crosses = TRUE;
    if (!t->words || a != t->last_column) t->columns++;
    t->words++;
    t->figures += word->figure;
    t->last_column = a;
    t->last_x1 = word->box.x1;
    t->last_figure = word->figure;
}

static gboolean is_open_row(const Trace *t) {
    return t->columns >= 2 && !t->crosses && t->figures;
}

/* Marks cells in whose kind (same columns, one row) most respect the edges of columns that the header draws. */
static guint mark_open(const DabGrid *g, const DabWordRows *w, const gint *cells, gboolean *open) {
    g_autofree Trace *traces = g_new0(Trace, g->cells->len + 1);
    guint marked = 0;
    for (guint i = 0; i < w->words->len; i++)
        if (cells[i] >= 0 && g_array_index(g->cells, DabGridCell, cells[i]).col_span > 1)
            trace_word(g, dab_word(w, i), &traces[cells[i]]);
    for (guint i = 0; i < g->cells->len; i++) {
        const DabGridCell *c = &g_array_index(g->cells, DabGridCell, i);
        if (open[i] || c->col_span < 2 || c->row_span > 1 || !is_open_row(&traces[i])) continue;
        guint good = 0, all = 0;
        for (guint k = 0; k < g->cells->len; k++) {
            const DabGridCell *d = &g_array_index(g->cells, DabGridCell, k);
            if (d->column != c->column || d->col_span != c->col_span || d->row_span != 1 || !traces[k].words) continue;
            all++;
            good += is_open_row(&traces[k]);
        }
        if (good < 2 || good * 10 < all * 6) continue;
        for (guint k = i; k < g->cells->len; k++) {
            const DabGridCell *d = &g_array_index(g->cells, DabGridCell, k);
            if (open[k] || d->column != c->column || d->col_span != c->col_span || d->row_span != 1 || !is_open_row(&traces[k]))
                continue;
            open[k] = TRUE;
            marked++;
        }
    }
    return marked;
}

/* Numbers the grid's squares anew after its cells have changed. */
static void renumber(DabPool *pool, DabGrid *g, GArray *cells) {
    guint n = dab_grid_rows(g) * dab_grid_columns(g);
    g->cells = cells;
    g->cell_at = dab_pool_alloc(pool, sizeof(guint) * (n + 1));
    for (guint i = 0; i < cells->len; i++) {
        DabGridCell *c = &g_array_index(cells, DabGridCell, i);
        c->box = (DabBox){dab_grid_x(g, c->column), dab_grid_y(g, c->row), dab_grid_x(g, c->column + c->col_span),
                          dab_grid_y(g, c->row + c->row_span)};
        for (guint r = c->row; r < c->row + c->row_span; r++)
            for (guint x = c->column; x < c->column + c->col_span; x++) g->cell_at[r * dab_grid_columns(g) + x] = i;
    }
}

static void cut_open(DabPool *pool, DabGrid *g, const DabWordRows *w) {
    const gint *cells = cells_of_words(pool, g, w);
    g_autofree gboolean *open = g_new0(gboolean, g->cells->len + 1);
    if (!mark_open(g, w, cells, open)) return;
    GArray *out = dab_pool_array(pool, sizeof(DabGridCell));
    for (guint i = 0; i < g->cells->len; i++) {
        DabGridCell c = g_array_index(g->cells, DabGridCell, i);
        guint pieces = open[i] ? c.col_span : 1;
        if (open[i]) c.col_span = 1;
        for (guint k = 0; k < pieces; k++, c.column++) g_array_append_val(out, c);
    }
    renumber(pool, g, out);
}

/* The rows of words in row `r` of the grid: the first, and how many. */
static guint lines_in(const DabGrid *g, const DabWordRows *w, guint r, guint *first) {
    guint n = 0;
    for (guint i = 0; i < w->rows->len; i++) {
        float y = dab_mid(dab_word_row(w, i)->y0, dab_word_row(w, i)->y1);
        if (y < dab_grid_y(g, r) || y >= dab_grid_y(g, r + 1)) continue;
        if (!n++) *first = i;
    }
    return n;
}

/* Whether the row's lines are rows of their own: two columns or more hold a figure in nearly each line and nothing else, and
 * the first says something in each. */
static gboolean is_stack(const DabGrid *g, const DabWordRows *w, guint r, guint first, guint n) {
    guint columns = dab_grid_columns(g), stacks = 0, labels = 0;
    g_autofree guint *lines = g_new0(guint, columns), *words = g_new0(guint, columns), *figures = g_new0(guint, columns);
    for (guint c = 0; c < columns; c++)
        if (g_array_index(g->cells, DabGridCell, g->cell_at[r * columns + c]).row_span > 1) return FALSE;
    for (guint i = first; i < first + n; i++) {
        const DabWordRow *row = dab_word_row(w, i);
        guint last = G_MAXUINT;
        for (guint k = row->first; k < row->first + row->n; k++) {
            guint c = column_at(g, dab_mid(dab_word(w, k)->box.x0, dab_word(w, k)->box.x1));
            lines[c] += c != last;
            words[c]++;
            figures[c] += dab_word(w, k)->figure;
            if (c == 0 && last == G_MAXUINT) labels++;
            last = c;
        }
    }
    for (guint c = 1; c < columns; c++) stacks += lines[c] * 10 >= n * 7 && words[c] == lines[c] && figures[c] == lines[c];
    return stacks >= 2 && labels * 10 >= n * 8;
}

/* Gives each line of row `r` a row of its own. */
static void cut_stack(DabPool *pool, DabGrid *g, const DabWordRows *w, guint r, guint first, guint n) {
    GArray *cells = dab_pool_array(pool, sizeof(DabGridCell)), *ys = dab_pool_array(pool, sizeof(float));
    for (guint i = 0; i <= r; i++) g_array_append_val(ys, g_array_index(g->ys, float, i));
    for (guint i = first; i + 1 < first + n; i++) {
        float y = dab_mid(dab_word_row(w, i)->y1, dab_word_row(w, i + 1)->y0);
        g_array_append_val(ys, y);
    }
    for (guint i = r + 1; i < g->ys->len; i++) g_array_append_val(ys, g_array_index(g->ys, float, i));
    for (guint i = 0; i < g->cells->len; i++) {
        DabGridCell c = g_array_index(g->cells, DabGridCell, i);
        if (c.row < r) g_array_append_val(cells, c);
    }
    for (guint k = 0; k < n; k++)
        for (guint i = 0; i < g->cells->len; i++) {
            DabGridCell c = g_array_index(g->cells, DabGridCell, i);
            if (c.row != r) continue;
            c.row = r + k;
            g_array_append_val(cells, c);
        }
    for (guint i = 0; i < g->cells->len; i++) {
        DabGridCell c = g_array_index(g->cells, DabGridCell, i);
        if (c.row <= r) continue;
        c.row += n - 1;
        g_array_append_val(cells, c);
    }
    g->ys = ys;
    renumber(pool, g, cells);
}

static void cut_stacks(DabPool *pool, DabGrid *g, const DabWordRows *w, guint least) {
    for (guint r = 0; r < dab_grid_rows(g); r++) {
        guint first = 0, n = lines_in(g, w, r, &first);
        g->by_lines = FALSE;
        if (n < least || (guint64)(dab_grid_rows(g) + n) * dab_grid_columns(g) > DAB_MAX_CELLS || !is_stack(g, w, r, first, n))
            continue;
        cut_stack(pool, g, w, r, first, n);
        g->by_lines = TRUE;
        r += n - 1;
    }
}

/* The stripe between the two lines of a double rule is no column. */
static void drop_stripes(DabPool *pool, DabGrid *g, const DabWordRows *w) {
    guint columns = dab_grid_columns(g), out = 1, kept = 0;
    g_autofree guint *words = g_new0(guint, columns), *map = g_new0(guint, columns + 1);
    for (guint i = 0; i < w->words->len; i++) {
        const DabBox *b = &dab_word(w, i)->box;
        for (guint c = column_at(g, b->x0); c < columns && dab_grid_x(g, c) < b->x1; c++) words[c]++;
    }
    for (guint c = 0; c < columns; c++) /* where each left edge goes */
        map[c] = !words[c] && dab_grid_x(g, c + 1) - dab_grid_x(g, c) < STRIPE_WIDTH ? G_MAXUINT : kept++;
    if (kept == columns || kept < 2) return;
    map[columns] = kept;
    for (guint c = columns; c-- > 0;)
        if (map[c] == G_MAXUINT) map[c] = map[c + 1];
    GArray *xs = dab_pool_array(pool, sizeof(float)), *cells = dab_pool_array(pool, sizeof(DabGridCell));
    g_array_append_val(xs, g_array_index(g->xs, float, 0));
    for (guint c = 1; c <= columns; c++)
        if (map[c] == out) {
            g_array_append_val(xs, g_array_index(g->xs, float, c));
            out++;
        }
    for (guint i = 0; i < g->cells->len; i++) {
        DabGridCell c = g_array_index(g->cells, DabGridCell, i);
        guint end = map[c.column + c.col_span];
        c.column = map[c.column];
        c.col_span = end - c.column;
        if (c.col_span) g_array_append_val(cells, c);
    }
    g->xs = xs;
    renumber(pool, g, cells);
}

void dab_grid_refine(DabPool *pool, DabGrid *g, const DabWordRows *w, gboolean goes_on) {
    guint least = goes_on ? 2 : MIN_STACK;
    gboolean spans = FALSE;
    drop_stripes(pool, g, w);
    for (guint i = 0; i < g->cells->len && !spans; i++) spans = g_array_index(g->cells, DabGridCell, i).col_span > 1;
    if (spans && g->cells->len < 4000) cut_open(pool, g, w);
    /* a row with lines enough for a stack is rarer than one without; only such are looked at */
    if (w->rows->len >= dab_grid_rows(g) + least - 1) cut_stacks(pool, g, w, least);
}
