/* open_body.c: the lines of a table's body → its rows. */
#include "extract/open_rows.h"

#include <math.h>

#include "base/ranked.h"

#define PHRASE_GAP 0.5f  /* of the font size: words nearer than this are one phrase, unless figures */
#define TIGHT_STEP 0.85f /* of the usual step from row to row: a line this near goes on with its row */

/* The columns whose ink the stretch covers to some part. */
static DabSpot find_spot(const DabOpenRows *w, float x0, float x1) {
    DabSpot s = {.c0 = G_MAXUINT};
    for (guint c = 0; c < w->n_columns; c++) {
        const DabInk *ink = dab_ink(w->t->inks, c);
        if (dab_overlap(x0, x1, ink->x0, ink->x1) <= MIN(0.3f * MIN(x1 - x0, ink->x1 - ink->x0), 1.5f * w->t->words->em)) continue;
        s.c0 = MIN(s.c0, c);
        s.c1 = c;
    }
    if (s.c0 == G_MAXUINT) s.c0 = s.c1 = dab_gaps_column(w->t->inks, x0, x1);
    return s;
}

void dab_open_place_line(DabOpenRows *w, guint line, gboolean header) {
    const DabWordRow *row = dab_open_line(w, line);
    guint end = row->first + row->n;
    for (guint i = row->first; i < end;) {
        guint k = i + 1;
        float reach = dab_word(w->t->words, i)->box.x1;
        DabSpot s = find_spot(w, dab_word(w->t->words, i)->box.x0, reach);
        for (; k < end; k++) {
            const DabWord *before = dab_word(w->t->words, k - 1), *next = dab_word(w->t->words, k);
            DabSpot n = find_spot(w, next->box.x0, next->box.x1);
            gboolean figures = before->figure && next->figure && !header;
            gboolean parted = n.c0 > s.c1 && header && before->wide && next->wide;
            if (next->box.x0 - reach > PHRASE_GAP * next->size || (figures && n.c0 != s.c1) || parted) break;
            reach = MAX(reach, next->box.x1);
            s.c1 = MAX(s.c1, n.c1);
        }
        if (header) s = find_spot(w, dab_word(w->t->words, i)->box.x0, reach);
        for (guint j = i; j < k; j++) *dab_open_spot(w, j) = s;
        i = k;
    }
}

/* A text alone in the middle over all columns heads the rows below it: Number (in thousands). */
static void spread_heading(DabOpenRows *w, guint line) {
    const DabWordRow *row = dab_open_line(w, line);
    const DabOpenTable *t = w->t;
    if (row->n_pieces != 1 || row->n_figures || w->n_columns < 3 || row->x0 < dab_ink(t->inks, 0)->x1) return;
    if (fabsf(dab_mid(row->x0, row->x1) - dab_mid(t->box.x0, t->box.x1)) > w->t->words->em) return;
    for (guint k = row->first; k < row->first + row->n; k++) {
        const DabSpot *s = dab_open_spot(w, k);
        const DabInk *ink = dab_ink(t->inks, s->c0);
        if (s->c0 == s->c1 && ink->figures * 10 < ink->filled * 8) return; /* it may stand in a column of texts */
    }
    for (guint k = row->first; k < row->first + row->n; k++) *dab_open_spot(w, k) = (DabSpot){.c0 = 0, .c1 = w->n_columns - 1};
}

/* A line that a row of its own begins with: figures, or where the table has none, a text in its first column. */
static gboolean is_anchor(const DabOpenRows *w, guint line, gboolean by_figures) {
    const DabWordRow *row = dab_open_line(w, line);
    for (guint i = row->first; i < row->first + row->n; i++) {
        if (by_figures ? dab_open_spot(w, i)->c0 > 0 && dab_word(w->t->words, i)->figure : dab_open_spot(w, i)->c0 == 0)
            return TRUE;
    }
    return FALSE;
}

typedef struct {
    gboolean *anchor;
    float step;         /* usual, from anchor to anchor next to it; 0 not known */
    gboolean all_ruled; /* rules part all rows */
} Pace;

gboolean dab_open_is_stack(const DabOpenRows *w, guint column, guint first, guint end) {
    guint figures = 0;
    for (guint i = first; i < end; i++)
        for (guint k = dab_open_line(w, i)->first; k < dab_open_line(w, i)->first + dab_open_line(w, i)->n; k++) {
            if (dab_open_spot(w, k)->c0 != column) continue;
            if (!dab_word(w->t->words, k)->figure) return FALSE;
            figures++;
        }
    return figures > 1;
}

/* Whether rules part all rows: three bands or more, none of which holds rows of figures. */
static gboolean is_all_ruled(const DabOpenRows *w, guint first) {
    guint bands = 0;
    for (guint i = first, from = first; i < w->n_lines; i++) {
        if (i + 1 < w->n_lines && !dab_open_rule_below(w->t, w->t->first + i, 0.5f)) continue;
        for (guint c = 1; c < w->n_columns; c++)
            if (dab_open_is_stack(w, c, from, i + 1)) return FALSE;
        bands++;
        from = i + 1;
    }
    return bands >= 3;
}

static void find_pace(const DabOpenRows *w, guint first, Pace *p) {
    guint n = 0, with_figures = 0, last = G_MAXUINT;
    g_autofree float *steps = g_new(float, w->n_lines + 1);
    for (guint i = first; i < w->n_lines; i++) with_figures += is_anchor(w, i, TRUE);
    gboolean by_figures = with_figures * 3 >= w->n_lines - first;
    for (guint i = first; i < w->n_lines; i++) {
        p->anchor[i] = is_anchor(w, i, by_figures);
        if (!p->anchor[i]) continue;
        if (last != G_MAXUINT && last + 1 == i) steps[n++] = dab_open_line_mid(w, i) - dab_open_line_mid(w, last);
        last = i;
    }
    p->step = n ? dab_ranked(steps, n, n / 2) : 0;
    p->all_ruled = is_all_ruled(w, first);
}

/* The only column that the line says something in, or -1. */
static gint only_column(const DabOpenRows *w, guint line) {
    const DabWordRow *row = dab_open_line(w, line);
    DabSpot s = *dab_open_spot(w, row->first);
    for (guint i = row->first; i < row->first + row->n; i++)
        if (dab_open_spot(w, i)->c0 != s.c0 || dab_open_spot(w, i)->c1 != s.c1) return -1;
    return s.c0 == s.c1 ? (gint)s.c0 : -1;
}

/* Where the line's text in the column ends. */
static float end_in(const DabOpenRows *w, guint line, guint column) {
    const DabWordRow *row = dab_open_line(w, line);
    float end = -G_MAXFLOAT;
    for (guint i = row->first; i < row->first + row->n; i++)
        if (dab_open_spot(w, i)->c0 == column) end = MAX(end, dab_word(w->t->words, i)->box.x1);
    return end;
}

/* Whether line i + 1 begins left of where line i does in the column, and is not set in the middle with it: a heading below an
 * indented row. */
static gboolean steps_back(const DabOpenRows *w, guint i, guint column) {
    const DabWordRow *next = dab_open_line(w, i + 1), *row = dab_open_line(w, i);
    float x0 = G_MAXFLOAT, x1 = end_in(w, i, column), em = w->t->words->em;
    for (guint k = row->first; k < row->first + row->n; k++)
        if (dab_open_spot(w, k)->c0 == column) x0 = MIN(x0, dab_word(w->t->words, k)->box.x0);
    return next->x0 < x0 - 0.5f * em && next->x1 < dab_mid(x0, x1) + (dab_mid(x0, x1) - next->x0) - em;
}

/* Whether line i + 1 goes on with the row of line i. */
static gboolean goes_on(const DabOpenRows *w, const Pace *p, guint i) {
    if (dab_open_rule_below(w->t, w->t->first + i, 0.5f)) return FALSE;
    float step = dab_open_line_mid(w, i + 1) - dab_open_line_mid(w, i), em = w->t->words->em;
    if (p->all_ruled) return TRUE;
    if (p->step > 0 && step < TIGHT_STEP * p->step) return TRUE;
    if (p->step <= 0) return step < 1.7f * em;
    gint column = only_column(w, i + 1);
    if (p->anchor[i + 1] || column < 0 || step > 1.25f * p->step) return FALSE;
    /* the text before ran to the end of its column */
    return !steps_back(w, i, (guint)column) && end_in(w, i, (guint)column) > dab_ink(w->t->inks, (guint)column)->x1 - 1.2f * em &&
           end_in(w, i + 1, (guint)column) < end_in(w, i, (guint)column);
}

void dab_open_body_rows(DabOpenRows *w) {
    guint first = w->t->header - w->t->first;
    g_autofree gboolean *anchors = g_new0(gboolean, w->n_lines + 1);
    Pace p = {.anchor = anchors};
    for (guint i = first; i < w->n_lines; i++) {
        dab_open_place_line(w, i, FALSE);
        spread_heading(w, i);
    }
    find_pace(w, first, &p);
    if (!p.all_ruled && dab_open_block_rows(w, first)) return;
    gboolean anchored = FALSE;
    for (guint i = first; i < w->n_lines; i++) {
        gboolean same = i > first && goes_on(w, &p, i - 1) && (p.all_ruled || !(anchored && anchors[i]));
        /* the first line of a label whose last has the figures belongs to what follows, if that is nearer */
        if (same && !p.all_ruled && !anchors[i] && i + 1 < w->n_lines && goes_on(w, &p, i) &&
            !dab_open_rule_below(w->t, w->t->first + i, 0.5f) &&
            dab_open_line_mid(w, i + 1) - dab_open_line_mid(w, i) < 0.95f * (dab_open_line_mid(w, i) - dab_open_line_mid(w, i - 1)))
            same = FALSE;
        if (!same) {
            w->n_rows++;
            anchored = FALSE;
        }
        anchored = anchored || anchors[i];
        w->row_of[i] = w->n_rows - 1;
    }
}
