/* between_rules.c: rules that end at the same places → tables between them. */
#include <math.h>
#include <stdlib.h>

#include "extract/open_table.h"
#include "extract/rulings.h"
#include "extract/unruled_work.h"

#define SAME_END 6.0f  /* points that the ends of a table's rules may differ by */
#define MIN_RULE 60.0f /* points */
#define MAX_RULES 400  /* horizontal rules of a page; a drawing has more */
#define NEXT_BANDS 6u  /* bands that the names of the next table may have */

/* A part of a chain of rules whose ends agree, with rows that look like those of a table. */
static void try_rules(DabUnruled *work, const DabWordRows *words, const GArray *pieces, DabSegment top, DabSegment bottom) {
    DabOpenTable t = {.words = words, .rules = pieces, .box = {top.from, top.at, top.to, bottom.at}};
    guint n = words->rows->len, multi = 0;
    while (t.first < n && dab_row_mid(words, t.first) < top.at) t.first++;
    t.end = t.first;
    while (t.end < n && dab_row_mid(words, t.end) < bottom.at) multi += dab_word_row(words, t.end++)->n_pieces >= 2;
    if (t.end == t.first) return;
    if (t.end - t.first == multi && multi <= 2) { /* names between two rules, and the body below them? */
        guint below = t.end;
        while (below < n && dab_word_row(words, below)->n_figures && dab_word_row(words, below)->n_pieces >= 2) below++;
        t.header = t.end;
        if (below - t.end < (below + 1 < n ? 2 : 1)) /* one row before the page ends, but for its number */
            t.header = t.first;
        else
            t.end = below;
    }
    if (t.header <= t.first) dab_open_table_find_header(&t);
    if (!dab_open_table_find_columns(work->pool, &t)) return;
    guint end = t.end;
    dab_open_table_grow(&t, TRUE);
    if (t.end > end && !dab_open_table_find_columns(work->pool, &t)) return;
    guint body = t.end - t.header, share = dab_open_table_figures(&t);
    gboolean listed = dab_open_table_is_listed(&t);
    if ((!listed && dab_open_table_is_text(&t)) || body + (t.header > t.first) < 2 || (body < 2 && (t.inks->len < 3 || share < 60)))
        return;
    gboolean texts = listed || dab_open_table_is_named(&t) || dab_open_table_has_texts(&t, work->page->raw.height);
    if ((share < 25 && !texts) || dab_open_table_is_sparse(&t)) return;
    dab_unruled_take(work, &t);
}

typedef enum { PROSE, NEUTRAL, TABULAR, TITLED } Look;

/* Whether the last of `n` rows between two rules is the title of another table, which the lower of them begins: in the middle, and
 * further from the rows above than they are from each other. */
static gboolean is_title_below(const DabWordRows *w, const DabSegment *rule, guint last, guint n) {
    const DabWordRow *row = dab_word_row(w, last);
    if (n < 2 || row->n_pieces != 1 || row->x1 - row->x0 > 0.75f * (rule->to - rule->from)) return FALSE;
    if (fabsf(dab_mid(row->x0, row->x1) - dab_mid(rule->from, rule->to)) > w->em || row->x0 - rule->from < 2 * w->em) return FALSE;
    float step = dab_row_mid(w, last) - dab_row_mid(w, last - 1);
    return step > 1.6f * w->em && (n < 3 || step > 1.15f * (dab_row_mid(w, last - 1) - dab_row_mid(w, last - 2)));
}

/* What stands between two rules. */
static Look look_between(const DabWordRows *w, const DabSegment *top, const DabSegment *bottom) {
    float y0 = top->at, y1 = bottom->at, width = top->to - top->from;
    guint n = 0, multi = 0, first = 0;
    for (guint i = 0; i < w->rows->len; i++) {
        const DabWordRow *row = dab_word_row(w, i);
        if (dab_row_mid(w, i) < y0 || dab_row_mid(w, i) > y1) continue;
        if (row->n_pieces == 1 && row->x1 - row->x0 > 0.75f * width && width > 20 * w->em) return PROSE;
        if (!n++) first = i;
        multi += row->n_pieces >= 2 && !row->leader;
    }
    if (!n) return y1 - y0 < 4 * w->em ? NEUTRAL : PROSE;
    const DabWordRow *head = dab_word_row(w, first);
    /* the title of the table that begins below; should it be this one's, its names are found from below */
    if (n > 1 && head->n_pieces == 1 && head->x0 - top->from > 0.15f * width &&
        fabsf(dab_mid(head->x0, head->x1) - dab_mid(top->from, top->to)) < w->em)
        return PROSE;
    if (multi * 2 >= n && multi) return is_title_below(w, top, first + n - 1, n) ? TITLED : TABULAR;
    if (n >= 2 && n <= 12 && dab_rows_count_sides(w, first, first + n) >= 2)
        return TABULAR; /* cells of different heights, set in the middle */
    /* a row that names the rows below it */
    return n == 1 && y1 - y0 < 2.6f * w->em && head->x1 - head->x0 < 20 * w->em ? NEUTRAL : PROSE;
}

/* Where the row above the title ends that stands right above `y`. */
static float above_title(const DabWordRows *w, float y) {
    guint i = 0;
    while (i + 1 < w->rows->len && dab_row_mid(w, i + 1) < y) i++;
    return i ? dab_mid(dab_word_row(w, i - 1)->y1, dab_word_row(w, i)->y0) : y;
}

/* Rows of several pieces between two rules, and how many of them have figures. */
static guint count_rows(const DabWordRows *w, const DabSegment *top, const DabSegment *bottom, guint *figures) {
    guint n = 0;
    *figures = 0;
    for (guint i = 0; i < w->rows->len; i++) {
        const DabWordRow *row = dab_word_row(w, i);
        if (dab_row_mid(w, i) < top->at || dab_row_mid(w, i) > bottom->at || row->n_pieces < 2) continue;
        n++;
        *figures += row->n_figures * 2 >= row->n_pieces; /* 2022年实绩 looks like one */
    }
    return n;
}

/* Whether the row between chain[k] and the next rule names another table and no group of rows: figures above it, then names of
 * columns below, and figures again. */
static gboolean names_next(const DabWordRows *w, const DabSegment *chain, guint n, guint first, guint k) {
    guint figures = 0, below = 0;
    count_rows(w, &chain[first], &chain[k], &figures);
    if (!figures || k + 2 >= n || !count_rows(w, &chain[k + 1], &chain[k + 2], &below) || below) return FALSE;
    for (guint i = k + 2; i + 1 < n && i < k + NEXT_BANDS && !below; i++) count_rows(w, &chain[i], &chain[i + 1], &below);
    return below > 0;
}

static void try_chain(DabUnruled *work, const GArray *pieces, const DabSegment *chain, guint n) {
    DabBox box = {chain[0].from - 3, chain[0].at - 60, chain[0].to + 3, work->page->raw.height};
    const DabWordRows *words = dab_words_in(work->pool, work->words, box);
    if (!words->rows->len || words->rows->len > DAB_UNRULED_ROWS) return;
    for (guint i = 0; i + 1 < n;) {
        guint k = i, last = i;
        gboolean tabular = FALSE, titled = FALSE;
        while (k + 1 < n && !titled) {
            Look look = look_between(words, &chain[k], &chain[k + 1]);
            if (look == PROSE || (look == NEUTRAL && (!tabular || names_next(words, chain, n, i, k)))) break;
            k++;
            if (look != NEUTRAL) last = k;
            tabular = TRUE;
            titled = look == TITLED;
        }
        DabSegment bottom = chain[last];
        if (titled) bottom.at = above_title(words, chain[k].at);
        if (last > i) try_rules(work, words, pieces, chain[i], bottom);
        i = MAX(k, i + 1);
    }
}

void dab_unruled_between_rules(DabUnruled *work) {
    GArray *rules = dab_rulings_find(work->pool, &work->page->raw, TRUE);
    GArray *pieces = dab_rulings_find(work->pool, &work->page->raw, FALSE);
    if (rules->len > MAX_RULES || rules->len < 2) return;
    g_autofree gboolean *used = g_new0(gboolean, rules->len + 1);
    for (guint i = 0; i < rules->len; i++) {
        DabSegment first = g_array_index(rules, DabSegment, i);
        if (used[i] || first.to - first.from < MIN_RULE) continue;
        g_autoptr(GArray) chain = g_array_new(FALSE, FALSE, sizeof(DabSegment));
        for (guint k = i; k < rules->len; k++) {
            DabSegment *s = &g_array_index(rules, DabSegment, k);
            if (used[k] || fabsf(s->from - first.from) > SAME_END || fabsf(s->to - first.to) > SAME_END) continue;
            used[k] = TRUE;
            g_array_append_val(chain, *s);
        }
        if (chain->len >= 2) try_chain(work, pieces, (const DabSegment *)chain->data, chain->len);
    }
}
