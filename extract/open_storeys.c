/* open_storeys.c: rules inside a header → its rows, and the columns that names over several of them have. A name beside names of
 * two storeys may have two lines or three, none of them at the height of another name's: which cell a word belongs to is told by
 * the rules above and below it. */
#include "extract/open_rows.h"

#include <math.h>

#define SAME_RULE 0.4f  /* of the font size: rules nearer than this are one */
#define BELOW_LINE 1.1f /* of the font size: nearer lines are one */
#define MIN_RULE 1.2f   /* of the font size: shorter ones are marks */
#define PHRASE_GAP 0.5f /* of the font size: words nearer than this are one phrase */
#define MAX_NAMES 30    /* over one rule */

typedef struct {
    DabOpenRows *w;
    guint lines, first, end; /* of the header: lines, words */
} Header;

/* Words over one rule that stand above each other. */
typedef struct {
    float x0, x1;
    guint c0, c1;
} Name;

static float x_of(const Header *h, guint word) {
    const DabBox *b = &dab_word(h->w->t->words, word)->box;
    return dab_mid(b->x0, b->x1);
}

static float y_of(const Header *h, guint word) {
    const DabBox *b = &dab_word(h->w->t->words, word)->box;
    return dab_mid(b->y0, b->y1);
}

static gboolean is_over(const Header *h, const DabSegment *r, guint word) {
    return r->from < x_of(h, word) && x_of(h, word) < r->to;
}

/* Whether it stands between names and names. */
static gboolean is_storey(const Header *h, const DabSegment *r) {
    gboolean above = FALSE, below = FALSE;
    if (r->vertical || r->to - r->from < MIN_RULE * h->w->t->words->em) return FALSE;
    for (guint k = h->first; k < h->end; k++) {
        if (!is_over(h, r, k)) continue;
        above = above || y_of(h, k) < r->at;
        below = below || y_of(h, k) > r->at;
    }
    return above && below;
}

/* The number of the storey that ends at the height `at`. */
static guint level_of(const Header *h, float at) {
    guint k = 0;
    while (k < h->w->storeys->len && at > g_array_index(h->w->storeys, float, k) + SAME_RULE * h->w->t->words->em) k++;
    return k;
}

/* The row that the rules put a word in: below the lowest one above it. */
static guint row_of_word(const Header *h, const GArray *rules, guint word) {
    guint row = 0;
    for (guint i = 0; i < rules->len; i++) {
        const DabSegment *r = &g_array_index(rules, DabSegment, i);
        if (r->at < y_of(h, word) && is_over(h, r, word)) row = MAX(row, level_of(h, r->at) + 1);
    }
    return row;
}

/* Whether the word goes on with the phrase of the one before it: Not seasonally adjusted. */
static gboolean is_next_word(const Header *h, guint word) {
    const DabWord *before = dab_word(h->w->t->words, word - 1), *next = dab_word(h->w->t->words, word);
    return next->box.x0 > before->box.x1 && next->box.x0 - before->box.x1 <= PHRASE_GAP * next->size &&
           !(before->wide && next->wide) && y_of(h, word) - y_of(h, word - 1) < 0.5f * next->size;
}

/* The words right above a rule, those of one name together, left to right. 0: too many. */
static guint find_names(const Header *h, const GArray *rules, const DabSegment *r, Name *names) {
    guint n = 0, top = 0, level = level_of(h, r->at);
    for (guint i = 0; i < rules->len; i++) { /* of the storey that this one closes */
        const DabSegment *above = &g_array_index(rules, DabSegment, i);
        if (above->at < r->at - 1 && dab_overlap(above->from, above->to, r->from, r->to) > 0)
            top = MAX(top, level_of(h, above->at) + 1);
    }
    for (guint k = h->first; k < h->end; k++) {
        const DabSpot *s = dab_open_spot(h->w, k);
        if (!is_over(h, r, k) || s->row < top || s->row > level) continue;
        Name own = {dab_word(h->w->t->words, k)->box.x0, dab_word(h->w->t->words, k)->box.x1, 0, 0};
        for (guint i = k + 1; i < h->end && is_next_word(h, i); i++) own.x1 = dab_word(h->w->t->words, i)->box.x1;
        guint at = 0;
        for (guint i = 0; i < n;) { /* swallows those that it touches */
            if (dab_overlap(own.x0, own.x1, names[i].x0, names[i].x1) > 0) {
                own.x0 = MIN(own.x0, names[i].x0);
                own.x1 = MAX(own.x1, names[i].x1);
                names[i] = names[--n];
            } else {
                i++;
            }
        }
        if (n == MAX_NAMES) return 0;
        while (at < n && names[at].x0 < own.x0) at++;
        for (guint i = n++; i > at; i--) names[i] = names[i - 1];
        names[at] = own;
        for (guint i = 1; i < n; i++) /* removal broke the order */
            for (guint j = i; j > 0 && names[j].x0 < names[j - 1].x0; j--) {
                Name swap = names[j];
                names[j] = names[j - 1];
                names[j - 1] = swap;
            }
    }
    return n;
}

/* How far a name is from the middle of columns [a, b], or from their left edge. */
static float misfit(const DabOpenRows *w, const DabSegment *r, const Name *name, guint a, guint b) {
    float x0 = a ? dab_mid(dab_ink(w->t->inks, a - 1)->x1, dab_ink(w->t->inks, a)->x0) : w->t->box.x0;
    float x1 = b + 1 < w->n_columns ? dab_mid(dab_ink(w->t->inks, b)->x1, dab_ink(w->t->inks, b + 1)->x0) : w->t->box.x1;
    x0 = MAX(x0, r->from);
    x1 = MIN(x1, r->to);
    float left = fabsf(name->x0 - dab_ink(w->t->inks, a)->x0) + 0.5f * w->t->words->em;
    return MIN(fabsf(dab_mid(x0, x1) - dab_mid(name->x0, name->x1)), left) + (name->x0 < x0 - 1 || name->x1 > x1 + 1 ? 1000 : 0);
}

/* Shares columns [c0, c1] out to the names above them so that each stands in the middle of its own: best[i * m + c] is the least
 * misfit of names [0, i] over columns up to c. */
static gboolean share_columns(const DabOpenRows *w, const DabSegment *r, Name *names, guint n, guint c0, guint c1) {
    guint m = c1 - c0 + 1;
    if (!n || n > m) return FALSE;
    g_autofree float *best = g_new(float, n *m);
    g_autofree guint *from = g_new0(guint, n * m);
    for (guint i = 0; i < n; i++)
        for (guint c = 0; c < m; c++) {
            best[i * m + c] = G_MAXFLOAT;
            for (guint a = i; a <= c; a++) {
                if (!i && a) break;
                float before = i ? best[(i - 1) * m + a - 1] : 0;
                if (before == G_MAXFLOAT) continue;
                float all = before + misfit(w, r, &names[i], c0 + a, c0 + c);
                if (all >= best[i * m + c]) continue;
                best[i * m + c] = all;
                from[i * m + c] = a;
            }
        }
    guint c = m - 1;
    if (best[(n - 1) * m + c] > 500) return FALSE;
    for (guint i = n; i-- > 0;) {
        names[i].c0 = c0 + from[i * m + c];
        names[i].c1 = c0 + c;
        c = from[i * m + c] - 1;
    }
    return TRUE;
}

/* Names above a rule have the columns below it. */
static void spread_names(const Header *h, const GArray *rules, const DabSegment *r) {
    Name names[MAX_NAMES];
    guint c0 = G_MAXUINT, c1 = 0, n = find_names(h, rules, r, names);
    for (guint c = 0; c < h->w->n_columns; c++) {
        float mid = dab_mid(dab_ink(h->w->t->inks, c)->x0, dab_ink(h->w->t->inks, c)->x1);
        if (mid < r->from || mid > r->to) continue;
        c0 = MIN(c0, c);
        c1 = c;
    }
    if (c0 == G_MAXUINT || !share_columns(h->w, r, names, n, c0, c1)) return;
    for (guint k = h->first; k < h->end; k++)
        for (guint i = 0; i < n; i++) {
            DabSpot *s = dab_open_spot(h->w, k);
            if (y_of(h, k) > r->at || s->row > level_of(h, r->at) || !is_over(h, r, k) || x_of(h, k) < names[i].x0 ||
                x_of(h, k) > names[i].x1)
                continue;
            gboolean nearest = TRUE; /* no other rule between */
            for (guint j = 0; j < rules->len && nearest; j++) {
                const DabSegment *o = &g_array_index(rules, DabSegment, j);
                nearest = o->at >= r->at - 1 || o->at < y_of(h, k) || !is_over(h, o, k);
            }
            if (nearest) *s = (DabSpot){names[i].c0, names[i].c1, s->row};
        }
}

/* Whether a name stands over several names that no rule parts from it. */
static gboolean is_untold(const Header *h, guint word) {
    const DabSpot *s = dab_open_spot(h->w, word);
    if (s->c0 == s->c1) return FALSE;
    for (guint k = h->first; k < h->end; k++) {
        const DabSpot *o = dab_open_spot(h->w, k);
        if (y_of(h, k) > y_of(h, word) + BELOW_LINE * h->w->t->words->em && o->row == s->row && o->c0 >= s->c0 && o->c1 <= s->c1 &&
            o->c1 - o->c0 < s->c1 - s->c0)
            return TRUE;
    }
    return FALSE;
}

gboolean dab_open_header_storeys(DabPool *pool, DabOpenRows *w) {
    Header h = {.w = w, .lines = w->t->header - w->t->first};
    if (h.lines < 2 || !w->t->rules) return FALSE;
    h.first = dab_open_line(w, 0)->first;
    h.end = dab_open_line(w, h.lines - 1)->first + dab_open_line(w, h.lines - 1)->n;
    g_autoptr(GArray) rules = g_array_new(FALSE, FALSE, sizeof(DabSegment));
    GArray *storeys = dab_pool_array(pool, sizeof(float));
    for (guint i = 0; i < w->t->rules->len; i++) {
        const DabSegment *r = &g_array_index(w->t->rules, DabSegment, i);
        if (!is_storey(&h, r)) continue;
        float last = storeys->len ? g_array_index(storeys, float, storeys->len - 1) : -G_MAXFLOAT;
        if (r->at - last > SAME_RULE * w->t->words->em) g_array_append_val(storeys, r->at);
        g_array_append_val(rules, *r);
    }
    if (!storeys->len) return FALSE;
    w->storeys = storeys;
    for (guint k = h.first; k < h.end; k++) dab_open_spot(w, k)->row = row_of_word(&h, rules, k);
    for (guint i = 0; i < rules->len; i++) spread_names(&h, rules, &g_array_index(rules, DabSegment, i));
    for (guint k = h.first; k < h.end && w->storeys; k++)
        if (is_untold(&h, k)) w->storeys = NULL;
    if (!w->storeys) return FALSE;
    w->n_rows = w->n_header = storeys->len + 1;
    for (guint i = 0; i < h.lines; i++) w->row_of[i] = w->n_rows - 1;
    return TRUE;
}
