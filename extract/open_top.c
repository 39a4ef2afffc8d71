/* open_top.c: which rows of words at the top of a table name its columns. */
#include "extract/open_table.h"

#define MAX_HEADER 5
#define MAX_STOREY_ROWS 12 /* lines of a header that rules part */

/* Whether the rule below the row reaches both ends: one that leaves a column out stands between two rows of names. */
static gboolean spans_all(const DabOpenTable *t, guint row) {
    float y0 = dab_row_mid(t->words, row), y1 = dab_row_mid(t->words, row + 1), slack = 2 * t->words->em;
    for (guint i = 0; t->rules && i < t->rules->len; i++) {
        const DabSegment *s = &g_array_index(t->rules, DabSegment, i);
        if (s->at > y0 && s->at < y1 && s->from < t->box.x0 + slack && s->to > t->box.x1 - slack) return TRUE;
    }
    return FALSE;
}

/* Whether rows [first, end) are figures behind their first word, most of them. */
static gboolean are_figures(const DabOpenTable *t, guint first, guint end) {
    guint words = 0, figures = 0;
    for (guint i = first; i < end; i++) {
        words += dab_word_row(t->words, i)->n - 1;
        figures += dab_word_row(t->words, i)->n_figures;
    }
    return first < end && figures * 10 >= words * 6;
}

/* Words of the fullest of rows [first, end). */
static guint most_words(const DabOpenTable *t, guint first, guint end) {
    guint most = 0;
    for (guint i = first; i < end; i++) most = MAX(most, dab_word_row(t->words, i)->n);
    return most;
}

/* Names of several storeys, each closed by a rule from end to end: 预算数, 决算数 and what they consist of. */
static void add_storeys(DabOpenTable *t) {
    for (guint i = t->header; i + 1 < t->end && i - t->first < MAX_STOREY_ROWS && !dab_word_row(t->words, i)->n_figures; i++) {
        if (!dab_open_rule_below(t, i, 0.9f) || !spans_all(t, i)) continue;
        if (most_words(t, t->header, i + 1) <= most_words(t, t->first, t->header) || !are_figures(t, i + 1, t->end)) return;
        t->header = i + 1;
    }
}

void dab_open_table_find_header(DabOpenTable *t) {
    guint figures = 0;
    t->header = t->first;
    for (guint i = t->first; i + 1 < t->end && i - t->first < (figures ? MAX_HEADER : MAX_STOREY_ROWS); i++) {
        figures += dab_word_row(t->words, i)->n_figures;
        if (!dab_open_rule_below(t, i, 0.9f) || !spans_all(t, i)) continue;
        guint sides = dab_rows_count_sides(t->words, t->first, i + 1);
        if (i - t->first >= MAX_HEADER && figures) break;
        if (sides > 1 && figures * 3 >= sides) return; /* a row of the body: the names stand above the rule */
        t->header = i + 1;
        add_storeys(t);
        return;
    }
    for (guint i = t->first; i + 1 < t->end && i - t->first < MAX_STOREY_ROWS && !dab_word_row(t->words, i)->n_figures; i++)
        t->header = i + 1;
    if (t->header > t->first + 4 && !are_figures(t, t->header, t->end)) t->header = t->first + 4;
    if (t->end - t->first > 1 && t->header + 1 >= t->end) t->header = t->first + 1; /* texts only */
}
