/* columns.c: runs → columns in reading order. */
#include "extract/columns.h"

#include <math.h>
#include <stdlib.h>

#include "base/ranked.h"

#define MAX_CUTS 24     /* columns inside columns */
#define MAX_GAPS 48     /* gaps of one row that are looked at */
#define MAX_BESIDE 200  /* runs of a row that one may stand beside; no page has so many columns */
#define MIN_GUTTER 0.8f /* of the font size */
#define MIN_COLUMN 5.0f /* of the font size: narrower columns are those of a table */
#define HEADLINE 1.2f   /* of the font size */
#define SET_OFF 0.25f   /* of the font size: lines side by side stand no further below each other, those of one column do */
#define MIN_LINES 3u    /* that show how wide a column is */
#define FAR 1e6f

typedef struct {
    float a, b;
    guint evidence; /* rows with text on both sides */
} Gap;

typedef struct {
    Gap gaps[MAX_GAPS];
    guint n;
} Gaps;

typedef struct {
    guint first, n; /* runs */
    float x0, x1, y0, y1, size;
    float ink, large; /* width of its pieces, and of those larger than the body */
    guint lines;      /* how many lines high it is: columns set off against each other make one tall row */
    gboolean table;
    gboolean ruled; /* a line across the region stands above it */
    Gaps free;      /* between its pieces, and left and right of them */
} Row;

typedef struct {
    DabLayout *layout;
    guint page;
    const GArray *chars, *rules;
    GArray *stretches, *lines;
    guint column, n_columns; /* those being filled */
    float left, right;       /* of the text of the column being filled */
} Work;

static int by_core_top(const void *a, const void *b) {
    const DabRun *p = a, *q = b;
    float x = dab_core_y0(p->box, p->size), y = dab_core_y0(q->box, q->size);
    if (x != y) return x < y ? -1 : 1;
    return p->first < q->first ? -1 : p->first > q->first;
}
static int by_left(const void *a, const void *b) {
    const DabRun *p = a, *q = b;
    return p->box.x0 < q->box.x0 ? -1 : p->box.x0 > q->box.x0;
}
static int by_float(const void *a, const void *b) {
    float x = *(const float *)a, y = *(const float *)b;
    return x < y ? -1 : x > y;
}

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

static void add_gap(Gaps *g, float a, float b, guint evidence) {
    if (g->n < MAX_GAPS) g->gaps[g->n++] = (Gap){a, b, evidence};
}

/* `runs` of the row are sorted by their left edge here. */
static void find_free(Row *row, DabRun *runs, float em) {
    qsort(runs, row->n, sizeof *runs, by_left);
    float reach = runs[0].box.x0;
    add_gap(&row->free, -FAR, reach, 0);
    for (guint i = 0; i < row->n; i++) {
        if (runs[i].box.x0 - reach >= MIN_GUTTER * em) add_gap(&row->free, reach, runs[i].box.x0, row->lines);
        reach = MAX(reach, runs[i].box.x1);
    }
    add_gap(&row->free, reach, FAR, 0);
    row->x0 = runs[0].box.x0;
    row->x1 = reach;
}

/* Whether the run stands beside the end of the row, and not below it: columns of different line feeds take turns. */
static gboolean stands_beside(const DabRun *runs, guint first, const DabRun *run, const Row *row, float em) {
    float y0 = dab_core_y0(run->box, run->size);
    if (y0 > row->y1 + SET_OFF * em) return FALSE;
    for (const DabRun *r = run; r-- > runs + first && r + MAX_BESIDE > run;) {
        if (dab_core_y1(r->box, r->size) < y0 - 0.15f * em) continue;
        if (dab_overlap(r->box.x0, r->box.x1, run->box.x0, run->box.x1) > -MIN_GUTTER * em) return FALSE;
    }
    return TRUE;
}

static GArray *find_rows(DabRun *runs, guint n, float em) {
    GArray *rows = g_array_new(FALSE, TRUE, sizeof(Row));
    qsort(runs, n, sizeof *runs, by_core_top);
    for (guint i = 0; i < n;) {
        Row row = {.first = i, .y0 = dab_core_y0(runs[i].box, runs[i].size), .y1 = dab_core_y1(runs[i].box, runs[i].size)};
        guint k = i;
        float slack = 0.15f * em;
        for (; k < n; k++) {
            if (k > i && dab_core_y0(runs[k].box, runs[k].size) >= row.y1 - slack && !stands_beside(runs, i, &runs[k], &row, em))
                break;
            row.y1 = MAX(row.y1, dab_core_y1(runs[k].box, runs[k].size));
            row.ink += runs[k].box.x1 - runs[k].box.x0;
            row.table = row.table || runs[k].table >= 0;
            if (runs[k].table >= 0) continue;
            row.size = MAX(row.size, runs[k].size);
            if (runs[k].size >= HEADLINE * em) row.large += runs[k].box.x1 - runs[k].box.x0;
        }
        row.n = k - i;
        row.lines = (guint)CLAMP((row.y1 - row.y0) / (1.5f * em), 1, 1000);
        find_free(&row, runs + i, em);
        g_array_append_val(rows, row);
        i = k;
    }
    return rows;
}

static void find_ruled(GArray *rows, const GArray *rules, float x0, float x1) {
    for (guint i = 0; rules && i < rules->len; i++) {
        const DabSegment *s = &g_array_index(rules, DabSegment, i);
        if (s->vertical || dab_overlap(s->from, s->to, x0, x1) < 0.7f * (x1 - x0)) continue;
        for (guint k = 1; k < rows->len; k++) {
            Row *row = &g_array_index(rows, Row, k);
            if (s->at >= g_array_index(rows, Row, k - 1).y1 - 1 && s->at <= row->y0 + 1) row->ruled = TRUE;
        }
    }
}

/* What stays free in both. Evidence grows by the row's lines where it has text on both sides of the gap. */
static Gaps intersect(const Gaps *band, const Row *row, float em) {
    Gaps out = {.n = 0};
    for (guint i = 0; i < band->n; i++)
        for (guint k = 0; k < row->free.n; k++) {
            float a = MAX(band->gaps[i].a, row->free.gaps[k].a), b = MIN(band->gaps[i].b, row->free.gaps[k].b);
            if (b - a >= 0.75f * MIN_GUTTER * em) add_gap(&out, a, b, band->gaps[i].evidence + row->free.gaps[k].evidence);
        }
    return out;
}

static gboolean closes_gutter(const Gaps *before, const Gaps *after) {
    for (guint i = 0; i < before->n; i++) {
        if (before->gaps[i].evidence < 2) continue;
        gboolean open = FALSE;
        for (guint k = 0; k < after->n && !open; k++)
            open = after->gaps[k].a >= before->gaps[i].a - 0.01f && after->gaps[k].b <= before->gaps[i].b + 0.01f;
        if (!open) return TRUE;
    }
    return FALSE;
}

static gboolean is_split(const Row *row) {
    return row->free.n > 2;
}

/* Stands in the middle of all columns: a title, or the writers' names below it. */
static gboolean is_centred(const Row *row, float x0, float x1, float em) {
    if (row->lines > 1 || row->table || fabsf(dab_mid(row->x0, row->x1) - dab_mid(x0, x1)) > 1.2f * em) return FALSE;
    for (guint i = 0; i < row->free.n; i++)
        if (row->free.gaps[i].evidence && row->free.gaps[i].b - row->free.gaps[i].a > 2.5f * em) return FALSE;
    return row->x0 - x0 > 2 * em && x1 - row->x1 > 2 * em;
}

/* A headline over columns whose gutters it happens not to close: larger, alone at its height, at the left edge or in the
 * middle. A small line may stand beside it. */
static gboolean is_headline(const Row *row, float x0, float x1, float em) {
    if (row->table || row->size < HEADLINE * em || row->lines > 3 || row->large < 0.5f * row->ink) return FALSE;
    for (guint i = 0; i < row->free.n; i++) /* pieces far apart are columns with headlines of their own */
        if (row->free.gaps[i].evidence && row->free.gaps[i].b - row->free.gaps[i].a > 2.5f * row->size) return FALSE;
    return row->x0 - x0 < 1.5f * em || fabsf(dab_mid(row->x0, row->x1) - dab_mid(x0, x1)) < em;
}

typedef struct {
    guint first, end; /* rows */
    Gaps free;
} Band;

/* The columns that begin at row `first`: down to the row that closes a gutter, and up over rows that respect them. */
static Band grow_band(const GArray *rows, guint floor_row, guint first, float x0, float x1, float em) {
    Row *r = (Row *)rows->data;
    Band band = {first, first + 1, r[first].free};
    for (; band.end < rows->len; band.end++) {
        if (r[band.end].ruled || is_headline(&r[band.end], x0, x1, em)) break;
        Gaps next = intersect(&band.free, &r[band.end], em);
        if (closes_gutter(&band.free, &next)) break;
        band.free = next;
    }
    while (band.first > floor_row && !r[band.first].ruled && !is_headline(&r[band.first - 1], x0, x1, em) &&
           !is_centred(&r[band.first - 1], x0, x1, em)) {
        Gaps next = intersect(&band.free, &r[band.first - 1], em);
        if (closes_gutter(&band.free, &next)) break;
        band.free = next;
        band.first--;
    }
    return band;
}

/* Whether what stands between two gutters reads as a column of text and not as a column of a table. */
static gboolean is_text_column(const DabRun *runs, guint n, float a, float b, float em) {
    float x0 = FAR, x1 = -FAR, ink = 0, y0 = FAR, y1 = -FAR;
    guint count = 0;
    for (guint i = 0; i < n; i++) {
        float mid = dab_mid(runs[i].box.x0, runs[i].box.x1);
        if (mid < a || mid > b) continue;
        if (runs[i].table >= 0) return TRUE;
        x0 = MIN(x0, runs[i].box.x0);
        x1 = MAX(x1, runs[i].box.x1);
        y0 = MIN(y0, dab_core_y0(runs[i].box, runs[i].size));
        y1 = MAX(y1, dab_core_y1(runs[i].box, runs[i].size));
        ink += runs[i].box.x1 - runs[i].box.x0;
        count++;
    }
    if (!count || x1 - x0 < MIN_COLUMN * em) return FALSE;
    /* lines of running text fill a column; at 1.2 to 2.2 times the size from line to line that is a share of its height */
    return ink * em * 2.4f >= 0.45f * (x1 - x0) * MAX(y1 - y0, em);
}

/* Keeps the gaps that are gutters, left to right, in `out`. */
static guint choose_gutters(const Band *band, const Row *rows, const DabRun *runs, float em, float *out) {
    guint first = rows[band->first].first, end = rows[band->end - 1].first + rows[band->end - 1].n, k = 0;
    float at[MAX_GAPS];
    for (guint i = 0; i < band->free.n; i++)
        if (band->free.gaps[i].evidence >= 2) at[k++] = dab_mid(band->free.gaps[i].a, band->free.gaps[i].b);
    if (!k) return 0;
    qsort(at, k, sizeof *at, by_float);
    guint evidence = 0, n = 0;
    for (guint i = 0; i < band->free.n; i++) evidence += band->free.gaps[i].evidence >= 2 ? band->free.gaps[i].evidence : 0;
    if (evidence < 3) return 0;
    float left = -FAR;
    for (guint i = 0; i < k; i++) {
        float right = i + 1 < k ? at[i + 1] : FAR;
        if (!is_text_column(runs + first, end - first, left, at[i], em)) continue;
        if (i + 1 == k && !is_text_column(runs + first, end - first, at[i], right, em)) continue;
        left = out[n++] = at[i];
    }
    return n;
}

static void add_stretch(Work *w, DabRun *runs, guint n) {
    if (!n) return;
    DabStretch s = {w->column, w->n_columns, -1, w->lines->len, 0, FAR, -FAR};
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
    qsort(runs, n, sizeof *runs, by_core_top);
    w->left = FAR;
    w->right = -FAR;
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
        float a = i ? gutters[i - 1] : -FAR, b = i < n_gutters ? gutters[i] : FAR;
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
    float em = body_size(runs, n), x0 = FAR, x1 = -FAR;
    for (guint i = 0; i < n; i++) {
        x0 = MIN(x0, runs[i].box.x0);
        x1 = MAX(x1, runs[i].box.x1);
    }
    GArray *rows = find_rows(runs, n, em);
    Row *r = (Row *)rows->data;
    find_ruled(rows, w->rules, x0, x1);
    guint done = 0; /* rows given away */
    for (guint i = 0; i < rows->len; i++) {
        if (!is_split(&r[i]) || is_headline(&r[i], x0, x1, em) || is_centred(&r[i], x0, x1, em)) continue;
        Band band = grow_band(rows, done, i, x0, x1, em);
        float gutters[MAX_GAPS];
        guint k = choose_gutters(&band, r, runs, em, gutters);
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
