/* columns.c: runs → columns in reading order. */
#include "extract/columns.h"

#include <stdlib.h>

#include "base/ranked.h"
#include "extract/bands.h"

#define MAX_CUTS 24  /* columns inside columns */
#define MIN_LINES 3u /* that show how wide a column is */

typedef struct {
    DabLayout *layout;
    guint page;
    const GArray *chars, *rules;
    GArray *stretches, *lines;
    guint column, n_columns; /* those being filled */
    float left, right;       /* of the text of the column being filled */
} Work;

/* The font size of the middle character. */
static float body_size(const DabRun *runs, guint n) {
    float *sizes = g_new(float, n + 1);
    guint k = 0;
    for (guint i = 0; i < n; i++)
        if (runs[i].table < 0 && runs[i].n >= 2) sizes[k++] = runs[i].size;
    if (!k)
        for (guint i = 0; i < n; i++) sizes[k++] = runs[i].size;
    float size = k ? dab_ranked(sizes, k, k / 2) : 10;
    g_free(sizes);
    return MAX(size, 1);
}

static void add_stretch(Work *w, DabRun *runs, guint n) {
    if (!n) return;
    DabStretch s = {w->column, w->n_columns, -1, w->lines->len, 0, DAB_FAR, -DAB_FAR};
    dab_lines_make(w->layout, w->page, w->chars, runs, n, w->lines);
    s.n_lines = w->lines->len - s.first_line;
    for (guint i = 0; i < n; i++) {
        s.left = MIN(s.left, runs[i].box.x0);
        s.right = MAX(s.right, runs[i].box.x1);
    }
    if (s.n_lines < MIN_LINES) { /* a title between two tables: they tell nothing of the column's width, other text does */
        s.left = w->left;
        s.right = w->right;
    }
    g_array_append_val(w->stretches, s);
}

/* Text of one column; tables in it stand between its stretches. */
static void add_column(Work *w, DabRun *runs, guint n) {
    qsort(runs, n, sizeof *runs, dab_runs_by_top);
    w->left = DAB_FAR;
    w->right = -DAB_FAR;
    for (guint i = 0; i < n; i++) {
        if (runs[i].table >= 0) continue;
        w->left = MIN(w->left, runs[i].box.x0);
        w->right = MAX(w->right, runs[i].box.x1);
    }
    guint from = 0;
    for (guint i = 0; i < n; i++) {
        if (runs[i].table < 0) continue;
        add_stretch(w, runs + from, i - from);
        DabStretch s = {w->column, w->n_columns, runs[i].table, w->lines->len, 0, runs[i].box.x0, runs[i].box.x1};
        g_array_append_val(w->stretches, s);
        from = i + 1;
    }
    add_stretch(w, runs + from, n - from);
}

static void cut(Work *w, DabRun *runs, guint n, guint depth);

static void cut_band(Work *w, DabRun *runs, guint n, const float *gutters, guint n_gutters, guint depth) {
    DabRun *column = g_new(DabRun, n);
    guint outer_column = w->column, outer_n = w->n_columns;
    for (guint i = 0; i <= n_gutters; i++) {
        float a = i ? gutters[i - 1] : -DAB_FAR, b = i < n_gutters ? gutters[i] : DAB_FAR;
        guint k = 0;
        for (guint j = 0; j < n; j++) {
            float mid = dab_mid(runs[j].box.x0, runs[j].box.x1);
            if (mid >= a && mid < b) column[k++] = runs[j];
        }
        w->column = i;
        w->n_columns = n_gutters + 1;
        cut(w, column, k, depth + 1);
    }
    w->column = outer_column;
    w->n_columns = outer_n;
    g_free(column);
}

static void cut(Work *w, DabRun *runs, guint n, guint depth) {
    if (!n) return;
    if (n < 4 || depth > MAX_CUTS) {
        add_column(w, runs, n);
        return;
    }
    float em = body_size(runs, n), x0 = DAB_FAR, x1 = -DAB_FAR;
    for (guint i = 0; i < n; i++) {
        x0 = MIN(x0, runs[i].box.x0);
        x1 = MAX(x1, runs[i].box.x1);
    }
    GArray *rows = dab_run_rows_find(runs, n, em);
    DabRunRow *r = (DabRunRow *)rows->data;
    dab_run_rows_rule(rows, w->rules, x0, x1);
    guint done = 0; /* rows given away */
    for (guint i = 0; i < rows->len; i++) {
        if (!dab_run_row_is_split(&r[i]) || dab_run_row_is_headline(&r[i], x0, x1, em) || dab_run_row_is_centred(&r[i], x0, x1, em))
            continue;
        DabColumnBand band = dab_band_grow(rows, done, i, x0, x1, em);
        float gutters[DAB_MAX_STRIPES];
        guint k = dab_band_gutters(&band, r, runs, em, gutters);
        if (!k) continue;
        guint before = r[done].first, start = r[band.first].first, end = r[band.end - 1].first + r[band.end - 1].n;
        if (start > before) add_column(w, runs + before, start - before);
        cut_band(w, runs + start, end - start, gutters, k, depth);
        done = band.end;
        i = band.end - 1;
    }
    if (done < rows->len) add_column(w, runs + r[done].first, n - r[done].first);
    g_array_free(rows, TRUE);
}

void dab_columns_make(DabLayout *layout, guint page, const GArray *chars, const GArray *rules, DabRun *runs, guint n,
                      GArray *stretches, GArray *lines) {
    Work w = {layout, page, chars, rules, stretches, lines, 0, 1, 0, 0};
    cut(&w, runs, n, 0);
}
