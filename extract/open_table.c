/* open_table.c: rows of words → what a table without vertical rules is made of. */
#include "extract/open_table.h"

#include <stdlib.h>

#define MAX_COLUMNS 60
#define MAX_HEADER 5

float dab_row_mid(const DabWordRows *w, guint i) {
    return dab_mid(dab_word_row(w, i)->y0, dab_word_row(w, i)->y1);
}

/* Rows of one short text left of all columns have a vote too: names of groups of rows, set in the middle between two rows. */
static guint add_names(const DabOpenTable *t, guint *votes, guint n) {
    guint all = n, k = 0;
    for (guint i = t->header; i < t->end; i++) {
        const DabWordRow *row = dab_word_row(t->words, i);
        while (k < n && votes[k] < i) k++;
        if ((k < n && votes[k] == i) || row->n_pieces != 1 || row->x1 > dab_ink(t->inks, 0)->x0) continue;
        votes[all++] = i;
    }
    return all;
}

gboolean dab_open_table_find_columns(DabPool *pool, DabOpenTable *t) {
    g_autofree guint *votes = g_new(guint, t->end - t->first + 1);
    guint n = 0, ruled = 0;
    for (guint i = t->header; i + 1 < t->end; i++) ruled += dab_open_rule_below(t, i, 0.8f);
    for (guint i = t->header; i < t->end; i++) {
        const DabWordRow *row = dab_word_row(t->words, i);
        /* between rules a line of a cell may stand alone at its height */
        gboolean part = ruled >= 2 && row->x1 - row->x0 < 0.6f * (t->box.x1 - t->box.x0);
        if (row->n_pieces >= 2 || row->n_figures >= 2 || part) votes[n++] = i;
    }
    if (n == 1 && dab_word_row(t->words, votes[0])->n_figures + 1 >= dab_word_row(t->words, votes[0])->n &&
        dab_word_row(t->words, votes[0])->n_pieces >= 3) {
        t->inks = dab_gaps_find(pool, t->words, votes, n, t->first, t->header, t->rules); /* each figure is a column */
        return t->inks->len <= MAX_COLUMNS;
    }
    if (n < 2) /* a single row of figures: its names vote too */
        for (guint i = t->first; i < t->header; i++)
            if (dab_word_row(t->words, i)->n_pieces >= 2) votes[n++] = i;
    if (n < 2) return FALSE;
    t->inks = dab_gaps_find(pool, t->words, votes, n, t->first, t->header, t->rules);
    guint with_names = t->header > t->first && n <= t->end - t->header ? add_names(t, votes, n) : n;
    if (with_names > n) t->inks = dab_gaps_find(pool, t->words, votes, with_names, t->first, t->header, t->rules);
    return t->inks->len >= 2 && t->inks->len <= MAX_COLUMNS;
}

gboolean dab_open_table_is_running(const DabOpenTable *t, guint column) {
    const DabInk *ink = dab_ink(t->inks, column);
    float width = ink->x1 - ink->x0, sum = 0;
    if (width < 8 * t->words->em || ink->figures * 4 > ink->filled) return FALSE;
    guint rows = 0;
    for (guint i = t->header; i < t->end; i++) {
        const DabWordRow *row = dab_word_row(t->words, i);
        float filled = 0;
        for (guint k = row->first; k < row->first + row->n; k++) {
            const DabBox *box = &dab_word(t->words, k)->box;
            filled += MAX(0, dab_overlap(box->x0, box->x1, ink->x0, ink->x1));
        }
        if (filled <= 0) continue;
        rows++;
        sum += filled;
    }
    return rows >= 3 && sum > 0.72f * width * (float)rows;
}

gboolean dab_open_table_is_text(const DabOpenTable *t) {
    guint running = 0, wide = 0, leaders = 0;
    for (guint c = 0; c < t->inks->len; c++) running += dab_open_table_is_running(t, c);
    for (guint i = t->header; i < t->end; i++) {
        const DabWordRow *row = dab_word_row(t->words, i);
        wide += row->n_pieces == 1 && row->x1 - row->x0 > 0.7f * (t->box.x1 - t->box.x0);
        leaders += row->leader;
    }
    guint n = t->end - t->header;
    return leaders * 3 > n || wide * 10 > n * 3 || running * 2 >= t->inks->len;
}

guint dab_open_table_figures(const DabOpenTable *t) {
    guint filled = 0, figures = 0;
    for (guint c = 1; c < t->inks->len; c++) {
        filled += dab_ink(t->inks, c)->filled;
        figures += dab_ink(t->inks, c)->figures;
    }
    return filled ? figures * 100 / filled : 0;
}

/* How many columns rows [first, end) say something in. */
static guint count_filled(const DabOpenTable *t, guint first, guint end) {
    guint filled = 0;
    for (guint c = 0; c < t->inks->len; c++) {
        gboolean any = FALSE;
        for (guint i = first; i < end && !any; i++)
            for (guint k = dab_word_row(t->words, i)->first; k < dab_word_row(t->words, i)->first + dab_word_row(t->words, i)->n;
                 k++)
                any = any || dab_gaps_column(t->inks, dab_word(t->words, k)->box.x0, dab_word(t->words, k)->box.x1) == c;
        filled += any;
    }
    return filled;
}

gboolean dab_open_table_is_listed(const DabOpenTable *t) {
    guint n = t->inks->len, bands = 0, from = t->header;
    if (t->header != t->first + 1 || n < 3 || dab_word_row(t->words, t->first)->n_pieces != n ||
        !dab_open_rule_below(t, t->first, 0.9f) || count_filled(t, t->first, t->header) < n)
        return FALSE;
    for (guint i = t->header; i < t->end; i++) {
        if (dab_word_row(t->words, i)->leader) return FALSE;
        if (i + 1 < t->end && !dab_open_rule_below(t, i, 0.9f)) continue;
        if (count_filled(t, from, i + 1) * 10 < n * 8) return FALSE;
        bands++;
        from = i + 1;
    }
    return bands >= 2;
}

gboolean dab_open_table_is_named(const DabOpenTable *t) {
    guint n = t->inks->len;
    for (guint c = 0; c < n; c++)
        if (dab_ink(t->inks, c)->filled < 2) return FALSE;
    return n >= 3 && t->header > t->first && dab_open_rule_below(t, t->header - 1, 0.9f) &&
           count_filled(t, t->first, t->header) == n;
}

gboolean dab_open_table_is_sparse(const DabOpenTable *t) {
    guint filled = 0, most = 0, lines = t->end - t->header;
    for (guint c = 0; c < t->inks->len; c++) {
        filled += dab_ink(t->inks, c)->filled;
        most = MAX(most, dab_ink(t->inks, c)->filled);
    }
    if (dab_open_table_is_named(t)) lines = most; /* cells of one line and of two, set in the middle, stand at many heights */
    return filled * 10 < lines * t->inks->len * 4;
}

gboolean dab_open_table_has_texts(const DabOpenTable *t, float page_height) {
    guint ruled = 0;
    float widest = 0;
    for (guint c = 1; c < t->inks->len; c++) widest = MAX(widest, dab_ink(t->inks, c)->x1 - dab_ink(t->inks, c)->x0);
    for (guint i = t->header; i + 1 < t->end; i++) ruled += dab_open_rule_below(t, i, 0.8f);
    guint filled = 0; /* the lines of a diagram have texts at one end only */
    for (guint c = 0; c < t->inks->len; c++) filled += MIN(dab_ink(t->inks, c)->filled, ruled + 1);
    if (filled * 10 < (ruled + 1) * t->inks->len * 7) return FALSE;
    if (ruled * 3 >= t->end - t->header - 1 && ruled) return TRUE;
    return t->inks->len >= 3 && widest < 9 * t->words->em && t->box.y1 - t->box.y0 < 0.6f * page_height;
}

/* Whether the row fits the columns: figures in some or texts in all, none over a stripe. */
static gboolean row_fits(const DabOpenTable *t, guint row) {
    const DabWordRow *r = dab_word_row(t->words, row);
    guint over = 0, inside = 0;
    for (guint i = r->first; i < r->first + r->n; i++) {
        const DabBox *b = &dab_word(t->words, i)->box;
        guint touched = 0;
        for (guint c = 0; c < t->inks->len; c++)
            touched += dab_overlap(b->x0, b->x1, dab_ink(t->inks, c)->x0, dab_ink(t->inks, c)->x1) > 0.3f * t->words->em;
        over += touched > 1;
        inside += touched == 1;
    }
    return r->n_pieces >= 2 && (r->n_figures || r->n_pieces >= MAX(3, t->inks->len)) && !over && inside * 2 >= r->n && !r->leader;
}

/* A row above that names columns: each of its pieces stands over columns behind the first, or there is one for nearly each. */
static gboolean row_names(const DabOpenTable *t, guint row) {
    const DabWordRow *r = dab_word_row(t->words, row), *below = dab_word_row(t->words, row + 1);
    if (r->leader || r->n_pieces < 2 || r->y1 < below->y0 - 1.8f * t->words->em) return FALSE;
    if (r->n_pieces + 1 >= t->inks->len) return TRUE;
    for (guint i = r->first + 1; i < r->first + r->n; i++) { /* names of groups are far apart, words of a title are not */
        float gap = dab_word(t->words, i)->box.x0 - dab_word(t->words, i - 1)->box.x1;
        if (gap > DAB_PIECE_GAP * r->size && gap < 2 * r->size) return FALSE;
    }
    return r->x0 > dab_ink(t->inks, 0)->x1 && t->header > t->first;
}

static int by_at(const void *a, const void *b) {
    float x = ((const DabSegment *)a)->at, y = ((const DabSegment *)b)->at;
    return x < y ? -1 : x > y;
}

guint dab_rows_count_sides(const DabWordRows *w, guint first, guint end) {
    g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(DabSegment));
    for (guint i = first; i < end; i++)
        for (guint k = dab_word_row(w, i)->first; k < dab_word_row(w, i)->first + dab_word_row(w, i)->n; k++) {
            DabSegment s = {FALSE, dab_word(w, k)->box.x0, 0, dab_word(w, k)->box.x1};
            g_array_append_val(spans, s);
        }
    if (spans->len) qsort(spans->data, spans->len, sizeof(DabSegment), by_at);
    guint sides = spans->len > 0;
    float reach = spans->len ? g_array_index(spans, DabSegment, 0).to : 0;
    for (guint i = 1; i < spans->len; i++) {
        const DabSegment *s = &g_array_index(spans, DabSegment, i);
        sides += s->at - reach > 1.2f * w->em;
        reach = MAX(reach, s->to);
    }
    return sides;
}

/* A header above a table that no rule closes at its top, its names of one line and two, set in the middle. */
static void take_header_above(DabOpenTable *t) {
    guint k = t->first;
    while (k > 0 && t->first - k < MAX_HEADER) {
        const DabWordRow *row = dab_word_row(t->words, k - 1), *below = dab_word_row(t->words, k);
        if (row->y1 < below->y0 - (k == t->first ? 1.4f : 0.6f) * t->words->em || row->leader) break;
        if (row->n_pieces == 1 && row->x1 - row->x0 > 0.5f * (t->box.x1 - t->box.x0)) return;
        /* all columns are named: what stands higher, not half beside, is the title */
        if (k < t->first && row->y1 < below->y0 && dab_rows_count_sides(t->words, k, t->first) >= t->inks->len) break;
        k--;
    }
    if (k < t->first && dab_rows_count_sides(t->words, k, t->first) >= t->inks->len - (t->inks->len > 2)) t->first = k;
}

/* Names above a table that no rule bounds: when those right above leave the first column out, its name stands half beside them or
 * above, and so do the names of groups. */
static void take_names_beside(DabOpenTable *t) {
    const DabInk *first = dab_ink(t->inks, 0);
    guint k = t->first;
    gboolean named = dab_word_row(t->words, k)->x0 < first->x1;
    while (!named && k > 0 && t->first - k < 2) {
        const DabWordRow *row = dab_word_row(t->words, k - 1), *below = dab_word_row(t->words, k);
        if (row->leader || row->n_figures || row->y1 < below->y0 - 0.6f * t->words->em) return;
        if (row->n_pieces == 1 && row->x0 > first->x1) return;
        named = row->x0 < first->x1 + 0.5f * t->words->em;
        k--;
    }
    if (!named || k == t->first) return;
    t->first = k;
    if (k > 0) { /* the names of groups, when that of the first column stands half beside both */
        const DabWordRow *row = dab_word_row(t->words, k - 1), *below = dab_word_row(t->words, k);
        gboolean beside = row->y1 > below->y0 - 0.4f * t->words->em && !row->leader && !row->n_figures;
        if (beside && row->n_pieces >= 2 && row->x0 > first->x1) t->first--;
    }
}

/* The usual step from row to row; names of groups stand between rows. */
static float find_pitch(const DabOpenTable *t) {
    guint n = 0, first = t->header, last = first;
    for (guint i = t->header; i < t->end; i++) {
        if (dab_word_row(t->words, i)->n_pieces < 2) continue;
        if (!n++) first = i;
        last = i;
    }
    if (n > 1) return (dab_row_mid(t->words, last) - dab_row_mid(t->words, first)) / (float)(n - 1);
    return 1.8f * t->words->em;
}

/* Whether the row is the name of a group, between two rows of the body. */
static gboolean is_group_name(const DabOpenTable *t, guint row, float pitch) {
    const DabWordRow *r = dab_word_row(t->words, row);
    if (row + 1 >= t->words->rows->len || r->n_pieces != 1 || t->inks->len < 3) return FALSE;
    return r->x1 < dab_ink(t->inks, 1)->x0 && r->x0 > t->box.x0 &&
           dab_row_mid(t->words, row + 1) - dab_row_mid(t->words, row) < pitch;
}

void dab_open_table_grow(DabOpenTable *t, gboolean down) {
    float pitch = find_pitch(t);
    while (down && t->end < t->words->rows->len &&
           dab_row_mid(t->words, t->end) - dab_row_mid(t->words, t->end - 1) < 1.6f * pitch) {
        guint next = t->end + is_group_name(t, t->end, pitch);
        if (!row_fits(t, next)) break;
        t->end = next + 1;
    }
    if (dab_open_table_climb(t, pitch) || t->header > t->first) return;
    for (guint n = 0; n < 3 && t->first > 0 && row_names(t, t->first - 1); n++) t->first--; /* they are header now */
    if (!down && t->first < t->header) take_names_beside(t);
    if (down && t->first == t->header) take_header_above(t);
}

void dab_open_table_set_box(DabOpenTable *t) {
    const DabWordRow *top = dab_word_row(t->words, t->first), *bottom = dab_word_row(t->words, t->end - 1);
    t->box.y0 = MIN(t->box.y0, top->y0 - 0.2f * t->words->em);
    t->box.y1 = MAX(t->box.y1, bottom->y1 + 0.2f * t->words->em);
    for (guint i = t->first; i < t->end; i++) {
        t->box.x0 = MIN(t->box.x0, dab_word_row(t->words, i)->x0 - 1);
        t->box.x1 = MAX(t->box.x1, dab_word_row(t->words, i)->x1 + 1);
    }
}
