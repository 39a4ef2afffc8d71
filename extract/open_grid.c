/* open_grid.c: rows of words → grid. */
#include "extract/open_grid.h"

#include <math.h>
#include <stdlib.h>

#include "dabiao/limits.h"

#define PHRASE_GAP 0.5f  /* of the font size: words nearer than this are one phrase, unless figures */
#define HALF_BESIDE 1.1f /* of the font size: lines nearer than this overlap, as no two lines of one text do */
#define TIGHT_STEP 0.85f /* of the usual step from row to row: a line this near goes on with its row */

typedef struct {
    guint c0, c1; /* columns, both included */
} Spot;

typedef struct {
    const DabOpenTable *t;
    guint n_columns, n_lines; /* of text */
    guint n_rows, n_header;
    Spot *spots;      /* of each word of the table, from that of row `first` on */
    guint *row_of;    /* of each line */
    gboolean *joined; /* row × column: a text goes from this column into the next */
    gboolean *filled; /* row × column */
} Work;

static const DabWordRow *line_at(const Work *w, guint i) {
    return dab_word_row(w->t->words, w->t->first + i);
}
static Spot *spot_of(const Work *w, guint word) {
    return &w->spots[word - dab_word_row(w->t->words, w->t->first)->first];
}
static float line_mid(const Work *w, guint i) {
    return dab_mid(line_at(w, i)->y0, line_at(w, i)->y1);
}

gboolean dab_open_rule_below(const DabOpenTable *t, guint row, float part) {
    float y0 = dab_mid(dab_word_row(t->words, row)->y0, dab_word_row(t->words, row)->y1);
    float y1 = dab_mid(dab_word_row(t->words, row + 1)->y0, dab_word_row(t->words, row + 1)->y1), sum = 0;
    for (guint i = 0; t->rules && i < t->rules->len; i++) {
        const DabSegment *s = &g_array_index(t->rules, DabSegment, i);
        if (s->at > y0 && s->at < y1) sum = MAX(sum, dab_overlap(s->from, s->to, t->box.x0, t->box.x1));
    }
    return sum >= part * (t->box.x1 - t->box.x0);
}

/* The columns whose ink the stretch covers to some part. */
static Spot find_spot(const Work *w, float x0, float x1) {
    Spot s = {G_MAXUINT, 0};
    for (guint c = 0; c < w->n_columns; c++) {
        const DabInk *ink = dab_ink(w->t->inks, c);
        if (dab_overlap(x0, x1, ink->x0, ink->x1) <= MIN(0.3f * MIN(x1 - x0, ink->x1 - ink->x0), 1.5f * w->t->words->em)) continue;
        s.c0 = MIN(s.c0, c);
        s.c1 = c;
    }
    if (s.c0 == G_MAXUINT) s.c0 = s.c1 = dab_gaps_column(w->t->inks, x0, x1);
    return s;
}

/* Each word has its column; phrases stay together. */
static void place_line(Work *w, guint line, gboolean header) {
    const DabWordRow *row = line_at(w, line);
    guint end = row->first + row->n;
    for (guint i = row->first; i < end;) {
        guint k = i + 1;
        float reach = dab_word(w->t->words, i)->box.x1;
        Spot s = find_spot(w, dab_word(w->t->words, i)->box.x0, reach);
        for (; k < end; k++) {
            const DabWord *before = dab_word(w->t->words, k - 1), *next = dab_word(w->t->words, k);
            Spot n = find_spot(w, next->box.x0, next->box.x1);
            gboolean figures = before->figure && next->figure && !header;
            if (next->box.x0 - reach > PHRASE_GAP * next->size || (figures && n.c0 != s.c1)) break;
            reach = MAX(reach, next->box.x1);
            s.c1 = MAX(s.c1, n.c1);
        }
        if (header) s = find_spot(w, dab_word(w->t->words, i)->box.x0, reach);
        for (guint j = i; j < k; j++) *spot_of(w, j) = s;
        i = k;
    }
}

/* The end of the piece of a header line that begins with word `i`. */
static guint piece_end(const Work *w, const DabWordRow *row, guint i) {
    guint k = i + 1;
    while (k < row->first + row->n &&
           dab_word(w->t->words, k)->box.x0 - dab_word(w->t->words, k - 1)->box.x1 <= PHRASE_GAP * dab_word(w->t->words, k)->size)
        k++;
    return k;
}

/* The next header line below: not one that stands half beside it, the name of a column as high as two lines. */
static guint next_line(const Work *w, guint line) {
    guint k = line + 1;
    while (k < w->n_lines && line_mid(w, k) - line_mid(w, line) < HALF_BESIDE * w->t->words->em) k++;
    return k;
}

/* Whether no other piece of the line stands over the rule. */
static gboolean stands_alone(const Work *w, guint line, const DabSegment *rule, float x0, float x1) {
    const DabWordRow *row = line_at(w, line);
    for (guint i = row->first; i < row->first + row->n; i++) {
        const DabBox *b = &dab_word(w->t->words, i)->box;
        float mid = dab_mid(b->x0, b->x1);
        if ((mid < x0 || mid > x1) && mid > rule->from && mid < rule->to) return FALSE;
    }
    return TRUE;
}

/* The rule under a piece of a header tells which columns it names. */
static gboolean spread_by_rule(Work *w, guint line, float x0, float x1, Spot *s) {
    guint below = next_line(w, line);
    if (below >= w->n_lines) return FALSE;
    float y0 = line_mid(w, line), y1 = line_mid(w, below), width = w->t->box.x1 - w->t->box.x0;
    for (guint i = 0; w->t->rules && i < w->t->rules->len; i++) {
        const DabSegment *r = &g_array_index(w->t->rules, DabSegment, i);
        if (r->vertical || r->at <= y0 || r->at >= y1 || r->to - r->from > 0.9f * width) continue;
        if (x0 < r->from - w->t->words->em || x1 > r->to + w->t->words->em || !stands_alone(w, line, r, x0, x1)) continue;
        Spot wide = {G_MAXUINT, 0};
        for (guint c = 0; c < w->n_columns; c++) {
            float mid = dab_mid(dab_ink(w->t->inks, c)->x0, dab_ink(w->t->inks, c)->x1);
            if (mid < r->from || mid > r->to) continue;
            wide.c0 = MIN(wide.c0, c);
            wide.c1 = c;
        }
        if (wide.c0 == G_MAXUINT) continue;
        *s = wide;
        return TRUE;
    }
    return FALSE;
}

/* Whether the next header line says something of its own in each of the columns. */
static gboolean named_below(const Work *w, guint line, guint header_lines, guint c0, guint c1) {
    guint below = next_line(w, line);
    if (below >= header_lines) return FALSE;
    const DabWordRow *row = line_at(w, below);
    for (guint c = c0; c <= c1; c++) {
        gboolean any = FALSE;
        for (guint i = row->first; i < row->first + row->n && !any; i++) any = spot_of(w, i)->c0 == c && spot_of(w, i)->c1 == c;
        if (!any) return FALSE;
    }
    return TRUE;
}

/* A name in the middle over several columns, each of which has a name below. `floor` and `ceiling`: columns that are free. */
static void spread_by_centre(const Work *w, guint line, guint header_lines, float x0, float x1, guint floor, guint ceiling,
                             Spot *s) {
    const DabInk *own = dab_ink(w->t->inks, s->c0);
    float mid = dab_mid(x0, x1), em = w->t->words->em,
          best = fabsf(dab_mid(dab_ink(w->t->inks, s->c0)->x0, dab_ink(w->t->inks, s->c1)->x1) - mid);
    if (s->c0 == s->c1 && (best < 0.6f * em || fabsf(own->x0 - x0) < 0.4f * em || fabsf(own->x1 - x1) < 0.4f * em)) return;
    Spot wide = *s;
    for (guint a = floor; a <= s->c0; a++)
        for (guint b = MAX(s->c1, a + 1); b < ceiling; b++) {
            float off = fabsf(dab_mid(dab_ink(w->t->inks, a)->x0, dab_ink(w->t->inks, b)->x1) - mid);
            if (off >= 0.6f * best || !named_below(w, line, header_lines, a, b)) continue;
            best = off;
            wide = (Spot){a, b};
        }
    *s = wide;
}

static void spread_header(Work *w, guint line, guint header_lines) {
    const DabWordRow *row = line_at(w, line);
    guint floor = 0;
    for (guint i = row->first; i < row->first + row->n;) {
        guint k = piece_end(w, row, i), ceiling = w->n_columns;
        float x0 = dab_word(w->t->words, i)->box.x0, x1 = dab_word(w->t->words, k - 1)->box.x1;
        Spot s = *spot_of(w, i);
        if (k < row->first + row->n) ceiling = MAX(spot_of(w, k)->c0, s.c1 + 1);
        if (!spread_by_rule(w, line, x0, x1, &s)) spread_by_centre(w, line, header_lines, x0, x1, MIN(floor, s.c0), ceiling, &s);
        for (guint j = i; j < k; j++) *spot_of(w, j) = s;
        floor = s.c1 + 1;
        i = k;
    }
}

static gboolean has_wide_spot(const Work *w, guint line) {
    const DabWordRow *row = line_at(w, line);
    for (guint i = row->first; i < row->first + row->n; i++)
        if (spot_of(w, i)->c1 > spot_of(w, i)->c0) return TRUE;
    return FALSE;
}

/* Header lines make one row until a name over several columns or a rule ends it. */
static void make_header_rows(Work *w) {
    guint n = w->t->header - w->t->first;
    for (guint i = 0; i < n; i++) place_line(w, i, TRUE);
    for (guint i = n; i-- > 0;) spread_header(w, i, n);
    for (guint i = 0, base = 0; i < n; i++) {
        gboolean wide = FALSE;
        if (i && i < next_line(w, base)) { /* half beside the line before */
            w->row_of[i] = w->n_rows - 1;
            continue;
        }
        for (guint k = base; k < i && !wide; k++) wide = has_wide_spot(w, k) || dab_open_rule_below(w->t, w->t->first + k, 0.15f);
        if (wide || !i) w->n_rows++;
        w->row_of[i] = w->n_rows - 1;
        base = i;
    }
    w->n_header = w->n_rows;
}

/* A line that a row of its own begins with: figures, or where the table has none, a text in its first column. */
static gboolean is_anchor(const Work *w, guint line, gboolean by_figures) {
    const DabWordRow *row = line_at(w, line);
    for (guint i = row->first; i < row->first + row->n; i++) {
        if (by_figures ? spot_of(w, i)->c0 > 0 && dab_word(w->t->words, i)->figure : spot_of(w, i)->c0 == 0) return TRUE;
    }
    return FALSE;
}

static int by_float(const void *a, const void *b) {
    float x = *(const float *)a, y = *(const float *)b;
    return x < y ? -1 : x > y;
}

typedef struct {
    gboolean *anchor;
    float step;         /* usual, from anchor to anchor next to it; 0 not known */
    gboolean all_ruled; /* rules part all rows */
} Pace;

/* Whether the column says two figures or more below each other in lines [first, end), and nothing else. */
static gboolean is_stack(const Work *w, guint column, guint first, guint end) {
    guint figures = 0;
    for (guint i = first; i < end; i++)
        for (guint k = line_at(w, i)->first; k < line_at(w, i)->first + line_at(w, i)->n; k++) {
            if (spot_of(w, k)->c0 != column) continue;
            if (!dab_word(w->t->words, k)->figure) return FALSE;
            figures++;
        }
    return figures > 1;
}

/* Whether rules part all rows: three bands or more, none of which holds rows of figures. */
static gboolean is_all_ruled(const Work *w, guint first) {
    guint bands = 0;
    for (guint i = first, from = first; i < w->n_lines; i++) {
        if (i + 1 < w->n_lines && !dab_open_rule_below(w->t, w->t->first + i, 0.5f)) continue;
        for (guint c = 1; c < w->n_columns; c++)
            if (is_stack(w, c, from, i + 1)) return FALSE;
        bands++;
        from = i + 1;
    }
    return bands >= 3;
}

static void find_pace(const Work *w, guint first, Pace *p) {
    guint n = 0, with_figures = 0, last = G_MAXUINT;
    g_autofree float *steps = g_new(float, w->n_lines + 1);
    for (guint i = first; i < w->n_lines; i++) with_figures += is_anchor(w, i, TRUE);
    gboolean by_figures = with_figures * 3 >= w->n_lines - first;
    for (guint i = first; i < w->n_lines; i++) {
        p->anchor[i] = is_anchor(w, i, by_figures);
        if (!p->anchor[i]) continue;
        if (last + 1 == i) steps[n++] = line_mid(w, i) - line_mid(w, last);
        last = i;
    }
    qsort(steps, n, sizeof *steps, by_float);
    p->step = n ? steps[n / 2] : 0;
    p->all_ruled = is_all_ruled(w, first);
}

/* The only column that the line says something in, or -1. */
static gint only_column(const Work *w, guint line) {
    const DabWordRow *row = line_at(w, line);
    Spot s = *spot_of(w, row->first);
    for (guint i = row->first; i < row->first + row->n; i++)
        if (spot_of(w, i)->c0 != s.c0 || spot_of(w, i)->c1 != s.c1) return -1;
    return s.c0 == s.c1 ? (gint)s.c0 : -1;
}

/* Where the line's text in the column ends. */
static float end_in(const Work *w, guint line, guint column) {
    const DabWordRow *row = line_at(w, line);
    float end = -G_MAXFLOAT;
    for (guint i = row->first; i < row->first + row->n; i++)
        if (spot_of(w, i)->c0 == column) end = MAX(end, dab_word(w->t->words, i)->box.x1);
    return end;
}

/* Whether line i + 1 goes on with the row of line i. */
static gboolean goes_on(const Work *w, const Pace *p, guint i) {
    if (dab_open_rule_below(w->t, w->t->first + i, 0.5f)) return FALSE;
    float step = line_mid(w, i + 1) - line_mid(w, i), em = w->t->words->em;
    if (p->all_ruled) return TRUE;
    if (p->step > 0 && step < TIGHT_STEP * p->step) return TRUE;
    if (p->step <= 0) return step < 1.7f * em;
    gint column = only_column(w, i + 1);
    if (p->anchor[i + 1] || column < 0 || step > 1.25f * p->step) return FALSE;
    /* the text before ran to the end of its column */
    return end_in(w, i, (guint)column) > dab_ink(w->t->inks, (guint)column)->x1 - 1.2f * em &&
           end_in(w, i + 1, (guint)column) < end_in(w, i, (guint)column);
}

static void make_body_rows(Work *w) {
    guint first = w->t->header - w->t->first;
    g_autofree gboolean *anchors = g_new0(gboolean, w->n_lines + 1);
    Pace p = {.anchor = anchors};
    for (guint i = first; i < w->n_lines; i++) place_line(w, i, FALSE);
    find_pace(w, first, &p);
    gboolean anchored = FALSE;
    for (guint i = first; i < w->n_lines; i++) {
        gboolean same = i > first && goes_on(w, &p, i - 1) && (p.all_ruled || !(anchored && anchors[i]));
        /* the first line of a label whose last has the figures belongs to what follows, if that is nearer */
        if (same && !p.all_ruled && !anchors[i] && i + 1 < w->n_lines && goes_on(w, &p, i) &&
            !dab_open_rule_below(w->t, w->t->first + i, 0.5f) &&
            line_mid(w, i + 1) - line_mid(w, i) < 0.95f * (line_mid(w, i) - line_mid(w, i - 1)))
            same = FALSE;
        if (!same) {
            w->n_rows++;
            anchored = FALSE;
        }
        anchored = anchored || anchors[i];
        w->row_of[i] = w->n_rows - 1;
    }
}

static void fill_rows(Work *w) {
    guint n = w->n_columns;
    for (guint i = 0; i < w->n_lines; i++) {
        const DabWordRow *row = line_at(w, i);
        for (guint k = row->first; k < row->first + row->n; k++) {
            const Spot *s = spot_of(w, k);
            for (guint c = s->c0; c <= s->c1; c++) {
                w->filled[w->row_of[i] * n + c] = TRUE;
                if (c < s->c1) w->joined[w->row_of[i] * n + c] = TRUE;
            }
        }
    }
}

/* Whether nothing stands in the columns of that row and nothing reaches into them. */
static gboolean is_free(const Work *w, guint row, guint c0, guint c1) {
    const gboolean *joined = &w->joined[row * w->n_columns];
    if ((c0 && joined[c0 - 1]) || joined[c1]) return FALSE;
    for (guint c = c0; c <= c1; c++)
        if (w->filled[row * w->n_columns + c]) return FALSE;
    return TRUE;
}

static void add_cell(const Work *w, DabGrid *g, guint row, guint rows, guint c0, guint c1) {
    DabGridCell cell = {
        row, c0, rows, c1 - c0 + 1, {dab_grid_x(g, c0), dab_grid_y(g, row), dab_grid_x(g, c1 + 1), dab_grid_y(g, row + rows)},
        NULL};
    for (guint r = row; r < row + rows; r++)
        for (guint c = c0; c <= c1; c++) g->cell_at[r * w->n_columns + c] = g->cells->len;
    g_array_append_val(g->cells, cell);
}

static void make_cells(const Work *w, DabGrid *g) {
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
                add_cell(w, g, r, 1, c, end);
            }
        }
}

static void make_edges(DabPool *pool, const Work *w, DabGrid *g) {
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
    for (guint i = 0; i + 1 < w->n_lines; i++) {
        if (w->row_of[i] == w->row_of[i + 1]) continue;
        float y = dab_mid(line_at(w, i)->y1, line_at(w, i + 1)->y0);
        g_array_append_val(g->ys, y);
    }
    g_array_append_val(g->ys, t->box.y1);
}

DabGrid *dab_open_grid_make(DabPool *pool, const DabOpenTable *t) {
    Work w = {.t = t, .n_columns = t->inks->len, .n_lines = t->end - t->first};
    if (!w.n_lines || (guint64)w.n_lines * w.n_columns > DAB_MAX_CELLS) return NULL;
    const DabWordRow *last = dab_word_row(t->words, t->end - 1);
    w.spots = dab_pool_alloc(pool, sizeof(Spot) * (last->first + last->n - dab_word_row(t->words, t->first)->first));
    w.row_of = dab_pool_alloc(pool, sizeof(guint) * w.n_lines);
    make_header_rows(&w);
    make_body_rows(&w);
    w.joined = dab_pool_alloc(pool, sizeof(gboolean) * (w.n_rows * w.n_columns + 1));
    w.filled = dab_pool_alloc(pool, sizeof(gboolean) * (w.n_rows * w.n_columns + 1));
    fill_rows(&w);
    DabGrid *g = dab_pool_new0(pool, DabGrid);
    *g = (DabGrid){.box = t->box, .cells = dab_pool_array(pool, sizeof(DabGridCell)), .n_header = w.n_header};
    g->cell_at = dab_pool_alloc(pool, sizeof(guint) * w.n_rows * w.n_columns);
    g->marks = dab_pool_array(pool, sizeof(DabMark));
    make_edges(pool, &w, g);
    make_cells(&w, g);
    for (guint i = 0; i < w.n_lines; i++)
        for (guint k = line_at(&w, i)->first; k < line_at(&w, i)->first + line_at(&w, i)->n; k++) {
            const DabWord *word = dab_word(t->words, k);
            DabMark m = {word->first, word->n, g->cell_at[w.row_of[i] * w.n_columns + spot_of(&w, k)->c0]};
            g_array_append_val(g->marks, m);
        }
    return g;
}
