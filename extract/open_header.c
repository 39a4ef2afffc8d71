/* open_header.c: the lines of a header → its rows, and the columns that each name stands over. */
#include "extract/open_rows.h"

#include <math.h>

#define OFF_MIDDLE 1.0f  /* of the font size: that a name may stand off the middle of its columns */
#define PHRASE_GAP 0.5f  /* of the font size: words nearer than this are one phrase */
#define HALF_BESIDE 1.1f /* of the font size: lines nearer than this overlap, as no two lines of one text do */

/* Whether a piece of a header line goes on with word `k`. */
static gboolean goes_on(const DabOpenRows *w, guint k) {
    const DabWord *before = dab_word(w->t->words, k - 1), *next = dab_word(w->t->words, k);
    if (before->wide && next->wide && dab_open_spot(w, k)->c0 > dab_open_spot(w, k - 1)->c1) return FALSE;
    return next->box.x0 - before->box.x1 <= PHRASE_GAP * next->size;
}

/* The end of the piece of a header line that begins with word `i`. */
static guint piece_end(const DabOpenRows *w, const DabWordRow *row, guint i) {
    guint k = i + 1;
    while (k < row->first + row->n && goes_on(w, k)) k++;
    return k;
}

/* The next header line below: not one that stands half beside it, the name of a column as high as two lines. */
static guint next_line(const DabOpenRows *w, guint line) {
    guint k = line + 1;
    while (k < w->n_lines && dab_open_line_mid(w, k) - dab_open_line_mid(w, line) < HALF_BESIDE * w->t->words->em) k++;
    return k;
}

/* Whether no other piece of the line stands over the rule. */
static gboolean stands_alone(const DabOpenRows *w, guint line, const DabSegment *rule, float x0, float x1) {
    const DabWordRow *row = dab_open_line(w, line);
    for (guint i = row->first; i < row->first + row->n; i++) {
        const DabBox *b = &dab_word(w->t->words, i)->box;
        float mid = dab_mid(b->x0, b->x1);
        if ((mid < x0 || mid > x1) && mid > rule->from && mid < rule->to) return FALSE;
    }
    return TRUE;
}

/* The rule under a piece of a header tells which columns it names. */
static gboolean spread_by_rule(DabOpenRows *w, guint line, float x0, float x1, DabSpot *s) {
    guint below = next_line(w, line);
    if (below >= w->n_lines) return FALSE;
    float y0 = dab_open_line_mid(w, line), y1 = dab_open_line_mid(w, below), width = w->t->box.x1 - w->t->box.x0;
    for (guint i = 0; w->t->rules && i < w->t->rules->len; i++) {
        const DabSegment *r = &g_array_index(w->t->rules, DabSegment, i);
        if (r->vertical || r->at <= y0 || r->at >= y1 || r->to - r->from > 0.9f * width) continue;
        if (x0 < r->from - w->t->words->em || x1 > r->to + w->t->words->em || !stands_alone(w, line, r, x0, x1)) continue;
        DabSpot wide = {.c0 = G_MAXUINT};
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

/* Whether header lines below say something in the column that stands in no other than c0 to c1. */
static gboolean is_named_within(const DabOpenRows *w, guint line, guint header_lines, guint column, guint c0, guint c1) {
    for (guint k = next_line(w, line); k < header_lines; k++) {
        const DabWordRow *row = dab_open_line(w, k);
        for (guint i = row->first; i < row->first + row->n; i++) {
            const DabSpot *s = dab_open_spot(w, i);
            if (s->c0 <= column && column <= s->c1 && s->c0 >= c0 && s->c1 <= c1) return TRUE;
        }
    }
    return FALSE;
}

static gboolean named_below(const DabOpenRows *w, guint line, guint header_lines, guint c0, guint c1) {
    for (guint c = c0; c <= c1; c++)
        if (!is_named_within(w, line, header_lines, c, c0, c1)) return FALSE;
    return TRUE;
}

/* What header lines [from, end) say in the column reaches from where to where; from > to: nothing. */
static DabSegment reach_in(const DabOpenRows *w, guint from, guint end, guint column) {
    DabSegment reach = {FALSE, 0, G_MAXFLOAT, -G_MAXFLOAT};
    for (guint k = from; k < end; k++)
        for (guint i = dab_open_line(w, k)->first; i < dab_open_line(w, k)->first + dab_open_line(w, k)->n; i++) {
            if (dab_open_spot(w, i)->c0 > column || column > dab_open_spot(w, i)->c1) continue;
            reach.from = MIN(reach.from, dab_word(w->t->words, i)->box.x0);
            reach.to = MAX(reach.to, dab_word(w->t->words, i)->box.x1);
        }
    return reach;
}

/* Whether the column has a name in lines [next, end) and none in [line, next). */
static gboolean is_below_only(const DabOpenRows *w, guint line, guint next, guint end, guint column) {
    DabSegment above = reach_in(w, line, next, column), below = reach_in(w, next, end, column);
    return above.from > above.to && below.from <= below.to;
}

/* A name over several columns, the middle one of which it stands right above. Where names of one line stand half way between two
 * lines, those that stand at the lower one are under another name: this one. */
static gboolean spread_over_sides(const DabOpenRows *w, guint line, guint header_lines, float mid, DabSpot *s) {
    guint next = next_line(w, line), low = s->c0, high = s->c1;
    if (next == line + 1 || next >= header_lines) return FALSE;
    while (low > 0 && is_below_only(w, line, next, header_lines, low - 1)) low--;
    while (high + 1 < w->n_columns && is_below_only(w, line, next, header_lines, high + 1)) high++;
    float best = OFF_MIDDLE * w->t->words->em;
    DabSpot wide = *s;
    for (guint a = low; a <= s->c0; a++)
        for (guint b = MAX(s->c1, a + 1); b <= high; b++) {
            float off = fabsf(dab_mid(reach_in(w, next, header_lines, a).from, reach_in(w, next, header_lines, b).to) - mid);
            if (off >= best) continue;
            best = off;
            wide = (DabSpot){.c0 = a, .c1 = b};
        }
    *s = wide;
    return wide.c1 > wide.c0;
}

/* A name in the middle over several columns, each of which has a name below. `floor` and `ceiling`: columns that are free. */
static void spread_by_centre(const DabOpenRows *w, guint line, guint header_lines, float x0, float x1, guint floor, guint ceiling,
                             DabSpot *s) {
    const DabInk *own = dab_ink(w->t->inks, s->c0);
    float mid = dab_mid(x0, x1), em = w->t->words->em,
          best = fabsf(dab_mid(dab_ink(w->t->inks, s->c0)->x0, dab_ink(w->t->inks, s->c1)->x1) - mid);
    if (spread_over_sides(w, line, header_lines, mid, s)) return;
    if (s->c0 == s->c1 && (best < 0.6f * em || fabsf(own->x0 - x0) < 0.4f * em || fabsf(own->x1 - x1) < 0.4f * em)) return;
    DabSpot wide = *s;
    for (guint a = floor; a <= s->c0; a++)
        for (guint b = MAX(s->c1, a + 1); b < ceiling; b++) {
            float off = fabsf(dab_mid(dab_ink(w->t->inks, a)->x0, dab_ink(w->t->inks, b)->x1) - mid);
            if (off >= 0.6f * best || !named_below(w, line, header_lines, a, b)) continue;
            best = off;
            wide = (DabSpot){.c0 = a, .c1 = b};
        }
    *s = wide;
}

static void spread_header(DabOpenRows *w, guint line, guint header_lines) {
    const DabWordRow *row = dab_open_line(w, line);
    guint floor = 0;
    for (guint i = row->first; i < row->first + row->n;) {
        guint k = piece_end(w, row, i), ceiling = w->n_columns;
        float x0 = dab_word(w->t->words, i)->box.x0, x1 = dab_word(w->t->words, k - 1)->box.x1;
        DabSpot s = *dab_open_spot(w, i);
        if (k < row->first + row->n) ceiling = MAX(dab_open_spot(w, k)->c0, s.c1 + 1);
        if (!spread_by_rule(w, line, x0, x1, &s)) spread_by_centre(w, line, header_lines, x0, x1, MIN(floor, s.c0), ceiling, &s);
        for (guint j = i; j < k; j++) *dab_open_spot(w, j) = s;
        floor = s.c1 + 1;
        i = k;
    }
}

static gboolean has_wide_spot(const DabOpenRows *w, guint line) {
    const DabWordRow *row = dab_open_line(w, line);
    for (guint i = row->first; i < row->first + row->n; i++)
        if (dab_open_spot(w, i)->c1 > dab_open_spot(w, i)->c0) return TRUE;
    return FALSE;
}

/* Whether a rule stands between the header's lines. */
static gboolean has_rule(const DabOpenRows *w, guint lines) {
    for (guint i = 0; i + 1 < lines; i++)
        if (dab_open_rule_below(w->t, w->t->first + i, 0.15f)) return TRUE;
    return FALSE;
}

/* The storey below the names over several columns, that one among them, that line `line` says above it; 0: none. */
static guint storey_below(const DabOpenRows *w, guint line, const DabSpot *s) {
    guint storey = 0;
    for (guint k = 0; k < line; k++)
        for (guint i = dab_open_line(w, k)->first; i < dab_open_line(w, k)->first + dab_open_line(w, k)->n; i++) {
            const DabSpot *o = dab_open_spot(w, i);
            if (o->c0 <= s->c0 && o->c1 >= s->c1 && o->c1 - o->c0 > s->c1 - s->c0) storey = MAX(storey, o->row + 1);
        }
    return storey;
}

/* Where no rule does, names over several columns tell the storeys: what stands below such a name is in the next one, and all else
 * is as high as the header. FALSE: there are no such names. */
static gboolean storeys_by_groups(DabPool *pool, DabOpenRows *w, guint lines) {
    guint n = 0;
    for (guint k = 0; k < lines; k++)
        for (guint i = dab_open_line(w, k)->first; i < dab_open_line(w, k)->first + dab_open_line(w, k)->n; i++)
            n = MAX(n, dab_open_spot(w, i)->row = storey_below(w, k, dab_open_spot(w, i)));
    if (!n) return FALSE;
    w->storeys = dab_pool_array(pool, sizeof(float));
    float at = w->t->box.y0;
    for (guint storey = 0; storey < n; storey++) {
        float low = at, high = G_MAXFLOAT;
        for (guint k = 0; k < lines; k++)
            for (guint i = dab_open_line(w, k)->first; i < dab_open_line(w, k)->first + dab_open_line(w, k)->n; i++) {
                const DabSpot *s = dab_open_spot(w, i);
                if (s->row == storey && s->c1 > s->c0) low = MAX(low, dab_open_line(w, k)->y1);
                if (s->row == storey + 1) high = MIN(high, dab_open_line(w, k)->y0);
            }
        at = MAX(at, dab_mid(low, MAX(low, high)));
        g_array_append_val(w->storeys, at);
    }
    w->n_rows = w->n_header = n + 1;
    for (guint i = 0; i < lines; i++) w->row_of[i] = n;
    return TRUE;
}

void dab_open_header_rows(DabPool *pool, DabOpenRows *w) {
    guint n = w->t->header - w->t->first;
    for (guint i = 0; i < n; i++) dab_open_place_line(w, i, TRUE);
    if (dab_open_header_storeys(pool, w)) return;
    for (guint i = 0; i < n; i++) dab_open_place_line(w, i, TRUE);
    for (guint i = n; i-- > 0;) spread_header(w, i, n);
    if (!has_rule(w, n) && storeys_by_groups(pool, w, n)) return;
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
