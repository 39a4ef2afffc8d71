/* open_climb.c: the names above a table that no rule bounds, storey by storey. What tells them from a caption or a unit above the
 * table: names of groups stand over the middle of columns that have names of their own below. */
#include "extract/open_table.h"

#include <math.h>

#define MAX_LINES 9      /* of words in a header; names of two lines beside names of three stand at five heights */
#define MAX_LABELS 2u    /* rows of one text between the names and the first row of figures */
#define TIGHT_STEP 1.4f  /* of the font size: lines of one name */
#define BESIDE_STEP 0.7f /* of the font size: no two lines of one text stand so near */
#define NEAR_STEP 2.6f   /* of the font size: names above the first row of the body */
#define OFF_MIDDLE 1.5f  /* of the font size: that a name of a group may stand off the middle of its columns */

/* How far what names a column reaches. */
typedef struct {
    gboolean any;
    float x0, x1;
} Reach;

typedef struct {
    const DabOpenTable *t;
    float pitch;   /* the usual step from row to row */
    float centre;  /* of the text of the page */
    gboolean sure; /* rows that may be names stand below: one row must have a name for each column */
    Reach *names;  /* of each column, in the rows taken so far */
} Climb;

/* What the pieces of a row are. */
typedef struct {
    guint n, singles, groups; /* pieces; over one column; over the middle of several */
    guint fresh;              /* over columns that have no name yet */
    guint c0, c1;             /* columns of the first piece */
} Pieces;

static guint count_named(const Climb *w, guint from, guint end) {
    guint n = 0;
    for (guint c = from; c < end; c++) n += w->names[c].any;
    return n;
}

/* Columns that the piece stands over the middle of, each of which has a name. */
static gboolean is_group(const Climb *w, float x0, float x1, guint *c0, guint *c1) {
    const GArray *inks = w->t->inks;
    float em = w->t->words->em, best = OFF_MIDDLE * em;
    gboolean found = FALSE;
    for (guint a = 0; a < inks->len; a++)
        for (guint b = a; b < inks->len && w->names[b].any; b++) {
            float left = dab_ink(inks, a)->x0, right = dab_ink(inks, b)->x1, mid = dab_mid(x0, x1);
            float by_names = fabsf(dab_mid(w->names[a].x0, w->names[b].x1) - mid),
                  off = MIN(fabsf(dab_mid(left, right) - mid), by_names);
            left = MIN(left, w->names[a].x0);
            right = MAX(right, w->names[b].x1);
            if (b == a || off > best || x0 < left - em || x1 > right + em) continue;
            best = off;
            found = TRUE;
            *c0 = a;
            *c1 = b;
        }
    return found;
}

/* Where the piece that begins with word `i` of a row ends: words nearer than that are one. */
static guint piece_end(const DabWordRows *w, const DabWordRow *row, guint i) {
    guint k = i + 1;
    for (; k < row->first + row->n; k++) {
        const DabWord *before = dab_word(w, k - 1), *next = dab_word(w, k);
        if (next->box.x0 - before->box.x1 > (before->wide || next->wide ? 0.5f : 0.8f) * next->size) break;
    }
    return k;
}

/* FALSE: a piece stands over several columns and names no group of them. */
static gboolean read_pieces(const Climb *w, guint row, Pieces *p, Reach *over) {
    const DabWordRows *words = w->t->words;
    const DabWordRow *r = dab_word_row(words, row);
    *p = (Pieces){0};
    for (guint i = r->first, k; i < r->first + r->n; i = k) {
        k = piece_end(words, r, i);
        float x0 = dab_word(words, i)->box.x0, x1 = dab_word(words, k - 1)->box.x1;
        guint c0 = G_MAXUINT, c1 = 0;
        for (guint c = 0; c < w->t->inks->len; c++) {
            const DabInk *ink = dab_ink(w->t->inks, c);
            if (dab_overlap(x0, x1, ink->x0, ink->x1) <= 0.3f * words->em) continue;
            c0 = MIN(c0, c);
            c1 = c;
        }
        if (c0 == G_MAXUINT) c0 = c1 = dab_gaps_column(w->t->inks, x0, x1);
        guint a = c0, b = c1;
        gboolean group = is_group(w, x0, x1, &a, &b) && a <= c0 && b >= c1;
        if (!group && c0 < c1) return FALSE;
        if (!p->n++) {
            p->c0 = group ? a : c0;
            p->c1 = group ? b : c1;
        }
        p->groups += group;
        p->singles += c0 == c1;
        if (c0 == c1) {
            p->fresh += !w->names[c0].any;
            over[c0] = (Reach){TRUE, over[c0].any ? MIN(over[c0].x0, x0) : x0, over[c0].any ? MAX(over[c0].x1, x1) : x1};
        }
    }
    return TRUE;
}

/* Whether a row of one piece, which stands at a height of its own, is a name and no caption: over some of the columns. */
static gboolean is_lone_name(const Climb *w, const Pieces *p, guint row, gboolean tight) {
    const DabWordRow *r = dab_word_row(w->t->words, row);
    guint last = w->t->inks->len - 1;
    if (!p->c0) return FALSE;
    if (!p->groups) return tight && w->names[p->c0].any;
    float all = dab_mid(dab_ink(w->t->inks, 0)->x0, dab_ink(w->t->inks, last)->x1), em = w->t->words->em;
    return fabsf(dab_mid(r->x0, r->x1) - all) > 1.5f * em && fabsf(dab_mid(r->x0, r->x1) - w->centre) > 1.5f * em;
}

/* Whether no word of one row stands above one of the other. */
static gboolean are_apart(const DabWordRows *w, guint a, guint b) {
    const DabWordRow *p = dab_word_row(w, a), *q = dab_word_row(w, b);
    for (guint i = p->first; i < p->first + p->n; i++)
        for (guint k = q->first; k < q->first + q->n; k++)
            if (dab_overlap(dab_word(w, i)->box.x0, dab_word(w, i)->box.x1, dab_word(w, k)->box.x0, dab_word(w, k)->box.x1) > 0)
                return FALSE;
    return TRUE;
}

/* Whether row `middle` holds names as high as the lines above and below it together: it stands half way between them. */
static gboolean is_half_way(const Climb *w, guint middle, guint body) {
    const DabWordRows *words = w->t->words;
    if (!middle || middle + 1 >= body) return FALSE;
    float above = dab_row_mid(words, middle) - dab_row_mid(words, middle - 1);
    float below = dab_row_mid(words, middle + 1) - dab_row_mid(words, middle), both = above + below;
    return both < MAX(1.15f * w->pitch, 1.7f * words->em) && fabsf(above - below) < 0.2f * both &&
           are_apart(words, middle, middle - 1) && are_apart(words, middle, middle + 1);
}

static gboolean is_name_row(const Climb *w, guint row, guint body, Reach *over) {
    const DabOpenTable *t = w->t;
    const DabWordRow *r = dab_word_row(t->words, row);
    guint n = t->inks->len;
    float step = dab_row_mid(t->words, row + 1) - dab_row_mid(t->words, row), em = MAX(t->words->em, r->size);
    gboolean first = row + 1 == body, tight = step < TIGHT_STEP * em;
    gboolean beside = (!first && step < BESIDE_STEP * em) || (row && is_half_way(w, row - 1, body)) || is_half_way(w, row, body) ||
                      is_half_way(w, row + 1, body);
    if (r->leader || r->n_figures * 2 > r->n ||
        step > (first ? MAX(NEAR_STEP * em, 1.2f * w->pitch) : MAX(1.15f * w->pitch, 1.7f * em)))
        return FALSE;
    Pieces p;
    if (!read_pieces(w, row, &p, over)) return FALSE;
    if (beside) return TRUE;
    if (p.n == 1 || r->n_pieces == 1) return !first && is_lone_name(w, &p, row, tight);
    if (first) return TRUE;
    if (count_named(w, 1, n) < n - 1) return p.fresh || tight || p.groups == p.n;
    return p.groups == p.n || p.n + 1 >= n || tight || (!w->names[0].any && p.fresh);
}

/* Whether the rows hold names of one line and two, set in the middle. */
static gboolean is_one_row(const DabOpenTable *t, guint first, guint end) {
    guint most = 0;
    for (guint i = first; i < end; i++) most = MAX(most, dab_word_row(t->words, i)->n_pieces);
    if (first + 1 == end) return most == t->inks->len;
    return most + 1 >= t->inks->len && dab_row_mid(t->words, end - 1) - dab_row_mid(t->words, first) < 1.8f * t->words->em;
}

/* Rows of names above row `body`; `first` is set to the highest. FALSE: not all columns are named. */
static gboolean climb(Climb *w, guint body, guint *first) {
    guint n = w->t->inks->len;
    guint row = body;
    for (guint c = 0; c < n; c++) w->names[c] = (Reach){0};
    while (row > 0 && body - row < MAX_LINES) {
        g_autofree Reach *over = g_memdup2(w->names, n * sizeof *over);
        if (!is_name_row(w, row - 1, body, over)) break;
        memcpy(w->names, over, n * sizeof *over);
        row--;
    }
    *first = row;
    if (w->sure) return row < body && count_named(w, 0, n) == n && is_one_row(w->t, row, body);
    return row < body && count_named(w, 1, n) + (n > 5) >= n - 1;
}

/* Whether the row is the name of a group of rows, in the first column or in the middle over all. */
static gboolean is_label(const DabOpenTable *t, guint row) {
    const DabWordRow *r = dab_word_row(t->words, row);
    float left = dab_ink(t->inks, 0)->x0, right = dab_ink(t->inks, t->inks->len - 1)->x1, em = t->words->em;
    if (r->n_pieces != 1 || r->leader) return FALSE;
    if (r->x0 > dab_ink(t->inks, 0)->x1 && fabsf(dab_mid(r->x0, r->x1) - dab_mid(left, right)) < em)
        return TRUE; /* over all columns */
    return r->x1 < dab_ink(t->inks, 1)->x0 && fabsf(r->x0 - t->box.x0) < 3 * em;
}

gboolean dab_open_table_climb(DabOpenTable *t, float pitch) {
    if (t->inks->len < 3) return FALSE;
    g_autofree Reach *names = g_new0(Reach, t->inks->len);
    float x0 = G_MAXFLOAT, x1 = -G_MAXFLOAT;
    for (guint i = 0; i < t->words->rows->len; i++) {
        x0 = MIN(x0, dab_word_row(t->words, i)->x0);
        x1 = MAX(x1, dab_word_row(t->words, i)->x1);
    }
    Climb w = {t, pitch, dab_mid(x0, x1), t->header > t->first, names};
    guint first = 0, body = t->first;
    for (guint labels = 0; labels <= MAX_LABELS; labels++, body--) {
        if (climb(&w, body, &first)) {
            t->first = first;
            t->header = body;
            return TRUE;
        }
        float step = body ? dab_row_mid(t->words, body) - dab_row_mid(t->words, body - 1) : 0;
        if (!body || w.sure || !is_label(t, body - 1) || step > 1.3f * pitch) return FALSE;
    }
    return FALSE;
}
