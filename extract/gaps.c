/* gaps.c: blank stripes through rows of words. */
#include "extract/gaps.h"

#include <stdlib.h>

#define STRIPE 0.6f        /* of the font size: as wide as a stripe is for sure */
#define NARROW_STRIPE 0.2f /* as narrow as it may be between figures */
#define TIGHT 0.9f         /* words this near face each other over a stripe */

typedef struct {
    float x;
    gint step;
} Turn;

typedef struct {
    float a, b;
} Stripe;

static int by_x(const void *a, const void *b) {
    const Turn *p = a, *q = b;
    if (p->x != q->x) return p->x < q->x ? -1 : 1;
    return q->step - p->step; /* what begins here closes the stripe before another word's end opens it */
}

/* Stretches that at most `tolerance` rows have ink in. */
static GArray *find_stripes(const DabWordRows *w, const guint *votes, guint n_votes, gint tolerance) {
    g_autoptr(GArray) turns = g_array_new(FALSE, FALSE, sizeof(Turn));
    GArray *stripes = g_array_new(FALSE, FALSE, sizeof(Stripe));
    for (guint v = 0; v < n_votes; v++) {
        const DabWordRow *row = dab_word_row(w, votes[v]);
        float reach = -G_MAXFLOAT;
        for (guint i = row->first; i < row->first + row->n; i++) {
            const DabBox *box = &dab_word(w, i)->box;
            if (box->x1 <= reach) continue; /* printed twice */
            Turn in = {MAX(box->x0, reach), 1}, out = {box->x1, -1};
            g_array_append_val(turns, in);
            g_array_append_val(turns, out);
            reach = box->x1;
        }
    }
    if (turns->len) qsort(turns->data, turns->len, sizeof(Turn), by_x);
    gint cover = 0;
    gboolean begun = FALSE;
    float from = 0;
    for (guint i = 0; i < turns->len; i++) {
        const Turn *t = &g_array_index(turns, Turn, i);
        gint before = cover;
        cover += t->step;
        if (before > tolerance && cover <= tolerance) from = t->x;
        if (before <= tolerance && cover > tolerance) {
            Stripe s = {from, t->x};
            if (begun && s.b > s.a) g_array_append_val(stripes, s);
            begun = TRUE;
        }
    }
    return stripes;
}

/* A dash or a year beside a number may belong to a text: Q1 2009 – Q4 2009. */
static gboolean is_number(const DabWord *w) {
    return w->figure && !w->year && w->n > 1;
}

/* Whether a rule ends in the stripe, as those below names of groups of columns do. */
static gboolean ends_in(const GArray *rules, Stripe s, float slack) {
    for (guint i = 0; rules && i < rules->len; i++) {
        const DabSegment *r = &g_array_index(rules, DabSegment, i);
        if (r->vertical) continue;
        if ((r->from > s.a - slack && r->from < s.b + slack) || (r->to > s.a - slack && r->to < s.b + slack)) return TRUE;
    }
    return FALSE;
}

/* What faces each other over the stripe in the rows: figures on both sides, or single hanzi on both sides (names in which a
 * blank was put so that they are as long as others: no stripe). */
static gboolean is_stripe(const DabWordRows *w, const guint *votes, guint n_votes, const GArray *rules, Stripe s) {
    guint facing = 0, figures = 0, spaced = 0, parted = 0;
    for (guint v = 0; v < n_votes; v++) {
        const DabWordRow *row = dab_word_row(w, votes[v]);
        const DabWord *left = NULL, *right = NULL;
        for (guint i = row->first; i < row->first + row->n; i++) {
            const DabWord *word = dab_word(w, i);
            if (dab_mid(word->box.x0, word->box.x1) < s.a)
                left = word;
            else if (!right)
                right = word;
        }
        if (!left || !right) continue;
        gboolean tight = right->box.x0 - left->box.x1 < TIGHT * w->em;
        facing += tight;
        figures += tight && is_number(left) && is_number(right);
        parted += tight && (left->wide || right->wide || (left->figure && right->figure));
        spaced += left->n == 1 && right->n == 1 && !left->figure && !right->figure && right->box.x0 - left->box.x1 < 2.5f * w->em;
    }
    if (spaced >= 2 && spaced * 3 >= n_votes * 2) return FALSE;
    if (s.b - s.a >= STRIPE * w->em) return TRUE;
    if (s.b - s.a < NARROW_STRIPE * w->em) return FALSE;
    if (n_votes >= 3 && figures * 10 >= facing * 8) return TRUE;
    return parted == facing && ends_in(rules, s, NARROW_STRIPE * w->em);
}

static void read_ink(const DabWordRows *w, const guint *votes, guint n_votes, const GArray *stripes, GArray *inks) {
    g_array_set_size(inks, 0);
    g_array_set_size(inks, stripes->len + 1);
    for (guint c = 0; c < inks->len; c++) *dab_ink(inks, c) = (DabInk){G_MAXFLOAT, -G_MAXFLOAT, 0, 0, 0, 0};
    for (guint v = 0; v < n_votes; v++) {
        const DabWordRow *row = dab_word_row(w, votes[v]);
        guint c = 0, last = G_MAXUINT;
        gboolean figure = FALSE, sign = FALSE, unit = FALSE;
        for (guint i = row->first; i < row->first + row->n; i++) {
            const DabWord *word = dab_word(w, i);
            float mid = dab_mid(word->box.x0, word->box.x1);
            while (c < stripes->len && mid > dab_mid(g_array_index(stripes, Stripe, c).a, g_array_index(stripes, Stripe, c).b)) c++;
            DabInk *ink = dab_ink(inks, c);
            /* a word over a stripe, which few rows may have, does not make its column wider */
            float left = c ? g_array_index(stripes, Stripe, c - 1).b : -G_MAXFLOAT;
            float right = c < stripes->len ? g_array_index(stripes, Stripe, c).a : G_MAXFLOAT;
            ink->x0 = MIN(ink->x0, MAX(word->box.x0, left));
            ink->x1 = MAX(ink->x1, MIN(word->box.x1, right));
            if (c != last) ink->filled++;
            if (c == last && figure && !word->figure) ink->figures--;
            if (c != last && word->figure) ink->figures++;
            figure = c == last ? figure && word->figure : word->figure;
            if (c != last) {
                ink->signs += sign = word->sign;
                ink->units += unit = word->unit;
            } else {
                ink->signs -= sign && !word->sign;
                ink->units -= unit && !word->unit;
                sign = sign && word->sign;
                unit = unit && word->unit;
            }
            last = c;
        }
    }
}

/* Whether a word of the rows stands in the column and in no other. */
static gboolean is_named(const DabWordRows *w, const GArray *stripes, guint column, guint names, guint names_end) {
    float left = column ? g_array_index(stripes, Stripe, column - 1).a : -G_MAXFLOAT;
    float right = column < stripes->len ? g_array_index(stripes, Stripe, column).b : G_MAXFLOAT;
    for (guint r = names; r < names_end; r++)
        for (guint i = dab_word_row(w, r)->first; i < dab_word_row(w, r)->first + dab_word_row(w, r)->n; i++)
            if (dab_word(w, i)->box.x0 > left && dab_word(w, i)->box.x1 < right) return TRUE;
    return FALSE;
}

/* A column that hardly a row fills is part of the nearer of its neighbours: a mark behind a number. */
static gboolean drop_thin(const DabWordRows *w, GArray *stripes, const GArray *inks, guint n_votes, guint names, guint names_end) {
    guint need = n_votes < 4 ? 1 : MAX(2, n_votes / 10);
    for (guint c = 0; c < inks->len && stripes->len; c++) {
        if (dab_ink(inks, c)->filled >= need || is_named(w, stripes, c, names, names_end)) continue;
        float left = c ? g_array_index(stripes, Stripe, c - 1).b - g_array_index(stripes, Stripe, c - 1).a : G_MAXFLOAT;
        float right = c < stripes->len ? g_array_index(stripes, Stripe, c).b - g_array_index(stripes, Stripe, c).a : G_MAXFLOAT;
        g_array_remove_index(stripes, left <= right ? c - 1 : c);
        return TRUE;
    }
    return FALSE;
}

/* A column of signs, $ or %, is part of that of their numbers. */
static gboolean drop_signs(GArray *stripes, const GArray *inks) {
    for (guint c = 0; c < inks->len && stripes->len; c++) {
        const DabInk *ink = dab_ink(inks, c);
        gboolean before = ink->filled && ink->signs == ink->filled && c + 1 < inks->len;
        if (!before && !(ink->filled && ink->units == ink->filled && c)) continue;
        g_array_remove_index(stripes, before ? c : c - 1);
        return TRUE;
    }
    return FALSE;
}

GArray *dab_gaps_find(DabPool *pool, const DabWordRows *w, const guint *votes, guint n_votes, guint names, guint names_end,
                      const GArray *rules) {
    GArray *inks = dab_pool_array(pool, sizeof(DabInk));
    g_autoptr(GArray) stripes = find_stripes(w, votes, n_votes, (gint)(n_votes / 12));
    for (guint i = 0; i < stripes->len;) {
        if (is_stripe(w, votes, n_votes, rules, g_array_index(stripes, Stripe, i)))
            i++;
        else
            g_array_remove_index(stripes, i);
    }
    do read_ink(w, votes, n_votes, stripes, inks);
    while (drop_thin(w, stripes, inks, n_votes, names, names_end) || drop_signs(stripes, inks));
    return inks;
}

guint dab_gaps_column(const GArray *inks, float x0, float x1) {
    guint best = 0;
    float most = -G_MAXFLOAT;
    for (guint c = 0; c < inks->len; c++) {
        float overlap = dab_overlap(x0, x1, dab_ink(inks, c)->x0, dab_ink(inks, c)->x1);
        if (overlap > most) {
            most = overlap;
            best = c;
        }
    }
    return best;
}
