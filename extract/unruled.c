/* unruled.c: tables between horizontal rules, and those without any. */
#include "extract/unruled.h"

#include <math.h>
#include <stdlib.h>

#include "extract/open_table.h"
#include "extract/rulings.h"
#include "extract/told.h"

#define SAME_END 6.0f  /* points that the ends of a table's rules may differ by */
#define MIN_RULE 60.0f /* points */
#define MAX_ROWS 2000  /* rows of a page that are looked at; no page has more */
#define MAX_RULES 400  /* horizontal rules of a page; a drawing has more */
#define MIN_SEEDS 3u   /* rows of figures that are a table */
#define ROW_STEP 2.6f  /* of the font size: rows further apart are of no one table without rules */

typedef struct {
    DabPool *pool;
    DabPageWork *page;
    const DabWordList *words;
    const GArray *drawings;
    GArray *rules; /* DabSegment: horizontal, by place, broken ones whole */
    GPtrArray *found;
} Work;

static gboolean rests_on(DabBox a, DabBox b) {
    float x = dab_overlap(a.x0, a.x1, b.x0, b.x1), y = dab_overlap(a.y0, a.y1, b.y0, b.y1);
    return x > 0 && y > 0 && x * y > 0.2f * MIN((a.x1 - a.x0) * (a.y1 - a.y0), (b.x1 - b.x0) * (b.y1 - b.y0));
}

static gboolean on_drawing(const Work *work, DabBox box) {
    for (guint i = 0; i < work->drawings->len; i++)
        if (rests_on(box, g_array_index(work->drawings, DabBox, i))) return TRUE;
    for (guint i = 0; i < work->page->raw.images->len; i++) {
        DabBox m = g_array_index(work->page->raw.images, DabBox, i);
        if (m.x1 - m.x0 < 0.85f * work->page->raw.width && rests_on(box, m)) return TRUE; /* a wider one is a background */
    }
    return FALSE;
}

/* Takes the table in unless a grid of rules is better. */
static void take(Work *work, DabOpenTable *t) {
    GPtrArray *grids = work->page->grids;
    dab_open_table_set_box(t);
    if (on_drawing(work, t->box)) return;
    for (guint i = 0; i < work->found->len; i++)
        if (rests_on(t->box, ((DabGrid *)work->found->pdata[i])->box)) return;
    for (guint i = 0; i < grids->len; i++) {
        const DabGrid *old = grids->pdata[i];
        if (!rests_on(t->box, old->box)) continue;
        gboolean around = t->box.x0 < old->box.x0 + 8 && t->box.x1 > old->box.x1 - 8 && t->box.y0 < old->box.y0 + 8 &&
                          t->box.y1 > old->box.y1 - 8;
        if (!around || t->inks->len < dab_grid_columns(old) + 2 || t->end - t->first < 2 * dab_grid_rows(old) ||
            dab_open_table_figures(t) < 50)
            return;
    }
    DabGrid *grid = dab_open_grid_make(work->pool, t);
    if (!grid || dab_grid_rows(grid) < 2) return;
    for (guint i = 0; i < grids->len;) {
        if (rests_on(t->box, ((DabGrid *)grids->pdata[i])->box))
            g_ptr_array_remove_index(grids, i);
        else
            i++;
    }
    g_ptr_array_add(work->found, grid);
}

/* A part of a chain of rules whose ends agree, with rows that look like those of a table. */
static void try_rules(Work *work, const DabWordRows *words, const GArray *pieces, DabSegment top, DabSegment bottom) {
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
        if (below - t.end < 2)
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
    if ((share < 25 && !listed && !dab_open_table_has_texts(&t, work->page->raw.height)) || dab_open_table_is_sparse(&t)) return;
    take(work, &t);
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

static void try_chain(Work *work, const GArray *pieces, const DabSegment *chain, guint n) {
    DabBox box = {chain[0].from - 3, chain[0].at - 60, chain[0].to + 3, work->page->raw.height};
    const DabWordRows *words = dab_words_in(work->pool, work->words, box);
    if (!words->rows->len || words->rows->len > MAX_ROWS) return;
    for (guint i = 0; i + 1 < n;) {
        guint k = i, last = i;
        gboolean tabular = FALSE, titled = FALSE;
        while (k + 1 < n && !titled) {
            Look look = look_between(words, &chain[k], &chain[k + 1]);
            if (look == PROSE || (look == NEUTRAL && !tabular)) break;
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

static void find_between_rules(Work *work) {
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

/* A row as a table without rules has them: several pieces, most of them figures. */
static gboolean is_seed(const DabWordRow *r) {
    return !r->leader && ((r->n_pieces >= 3 && r->n_figures >= 2) || (r->n_pieces == 2 && r->n_figures >= 1));
}

static gboolean is_label(const DabWordRows *w, guint i) {
    return dab_word_row(w, i)->n_pieces == 1 && dab_word_row(w, i)->x1 - dab_word_row(w, i)->x0 < 14 * w->em;
}

/* Tables in no rules must be plain: three columns or more, mostly figures behind the first. */
static void try_rows(Work *work, const DabWordRows *words, guint first, guint end) {
    DabOpenTable t = {.words = words, .first = first, .header = first, .end = end, .box = {G_MAXFLOAT, G_MAXFLOAT, 0, 0}};
    t.rules = work->rules;
    if (!dab_open_table_find_columns(work->pool, &t)) return;
    guint filled = 0;
    for (guint c = 0; c < t.inks->len; c++) filled += dab_ink(t.inks, c)->filled;
    if (t.inks->len < 3 || dab_open_table_figures(&t) < 60 || filled * 10 < (end - first) * t.inks->len * 6) return;
    t.box.x0 = dab_ink(t.inks, 0)->x0;
    t.box.x1 = dab_ink(t.inks, t.inks->len - 1)->x1;
    guint single = 0, all = 0; /* the characters of labels set upright along an axis make rows too */
    for (guint i = first; i < end; i++)
        for (guint k = dab_word_row(words, i)->first; k < dab_word_row(words, i)->first + dab_word_row(words, i)->n; k++, all++)
            single += dab_word(words, k)->n == 1;
    if (single * 5 >= all * 4) return;
    for (guint c = 0; c < t.inks->len; c++)
        if (dab_open_table_is_running(&t, c)) return;
    dab_open_table_grow(&t, FALSE);
    if (dab_open_table_is_text(&t)) return;
    t.box = (DabBox){t.box.x0, dab_word_row(words, t.first)->y0, t.box.x1, dab_word_row(words, t.end - 1)->y1};
    take(work, &t);
}

static void find_in_window(Work *work, const DabWordRows *w) {
    for (guint i = 0; i < w->rows->len; i++) {
        if (!is_seed(dab_word_row(w, i)) || dab_word_row(w, i)->n_pieces < 3) continue;
        guint seeds = 1, end = i + 1, last = i;
        for (guint k = i + 1; k < w->rows->len; k++) {
            float size = MAX(dab_word_row(w, k)->size, dab_word_row(w, last)->size);
            if (dab_row_mid(w, k) - dab_row_mid(w, k - 1) > ROW_STEP * size) break;
            if (is_seed(dab_word_row(w, k))) {
                seeds++;
                last = k;
                end = k + 1;
            } else if (!is_label(w, k) || k > last + 2) {
                break;
            }
        }
        if (seeds >= MIN_SEEDS) {
            try_rows(work, w, i, end);
            i = end - 1;
        }
    }
}

typedef struct {
    float x0, x1;
    guint n;
} Margin;

static int by_x0(const void *a, const void *b) {
    float x = ((const Margin *)a)->x0, y = ((const Margin *)b)->x0;
    return x < y ? -1 : x > y;
}

/* Where the columns of running text begin: places where many long pieces do. */
static GArray *find_margins(const DabWordRows *w) {
    GArray *all = g_array_new(FALSE, FALSE, sizeof(Margin));
    for (guint r = 0; r < w->rows->len; r++) {
        const DabWordRow *row = dab_word_row(w, r);
        for (guint i = row->first, k; i < row->first + row->n; i = k) {
            float reach = dab_word(w, i)->box.x1;
            for (k = i + 1; k < row->first + row->n && dab_word(w, k)->box.x0 - reach < DAB_PIECE_GAP * w->em; k++)
                reach = MAX(reach, dab_word(w, k)->box.x1);
            Margin m = {dab_word(w, i)->box.x0, reach, 1};
            if (m.x1 - m.x0 > 8 * w->em) g_array_append_val(all, m);
        }
    }
    if (all->len) qsort(all->data, all->len, sizeof(Margin), by_x0);
    Margin *m = (Margin *)all->data;
    guint out = 0;
    for (guint i = 0; i < all->len; i++) {
        if (out && m[i].x0 - m[out - 1].x0 < 8 * w->em) { /* indents belong to the margin left of them */
            m[out - 1].n++;
            m[out - 1].x1 = MAX(m[out - 1].x1, m[i].x1);
        } else {
            m[out++] = m[i];
        }
    }
    g_array_set_size(all, out);
    for (guint i = 0; i < all->len;) {
        if (m[i].n < 4)
            g_array_remove_index(all, i);
        else
            i++;
    }
    return all;
}

/* The whole page, whose rows are `w`, and then each column of a page of several. */
static void find_in_rows(Work *work, const DabWordRows *w, DabBox all) {
    find_in_window(work, w);
    guint rich = 0; /* rows that a table in one of the columns may have */
    for (guint i = 0; i < w->rows->len; i++) rich += dab_word_row(w, i)->n_pieces >= 3 && dab_word_row(w, i)->n_figures >= 2;
    if (!rich) return;
    g_autoptr(GArray) margins = find_margins(w);
    for (guint i = 0; margins->len > 1 && i < MIN(margins->len, 8u); i++) {
        DabBox box = all;
        box.x0 = g_array_index(margins, Margin, i).x0 - w->em;
        if (i + 1 < margins->len) box.x1 = g_array_index(margins, Margin, i + 1).x0 - 0.5f * w->em;
        find_in_window(work, dab_words_in(work->pool, work->words, box));
    }
}

/* What the document's tree tells of, where neither rules nor figures do. */
static void find_told(Work *work, const DabWordRows *w) {
    GPtrArray *taken = dab_pool_ptr_array(work->pool);
    g_ptr_array_extend(taken, work->page->grids, NULL, NULL);
    g_ptr_array_extend(taken, work->found, NULL, NULL);
    const GPtrArray *told = dab_told_find(work->pool, work->page->pdf, work->page->raw.page, w, taken);
    for (guint i = 0; i < told->len; i++)
        if (!on_drawing(work, ((const DabGrid *)told->pdata[i])->box)) g_ptr_array_add(work->found, told->pdata[i]);
}

static int by_top(const void *a, const void *b) {
    const DabGrid *p = *(DabGrid *const *)a, *q = *(DabGrid *const *)b;
    if (p->box.y0 != q->box.y0) return p->box.y0 < q->box.y0 ? -1 : 1;
    return p->box.x0 < q->box.x0 ? -1 : p->box.x0 > q->box.x0;
}

void dab_unruled_find(DabPool *pool, DabPageWork *page, const DabWordList *words, const GArray *drawings) {
    Work work = {pool, page, words, drawings, dab_pool_array(pool, sizeof(DabSegment)), dab_pool_ptr_array(pool)};
    DabBox all = {0, 0, page->raw.width, page->raw.height};
    const DabWordRows *w = dab_words_in(pool, words, all);
    find_between_rules(&work);
    if (w->rows->len <= MAX_ROWS) find_in_rows(&work, w, all);
    if (w->rows->len <= MAX_ROWS && page->pdf) find_told(&work, w);
    if (!work.found->len) return;
    for (guint i = 0; i < work.found->len; i++) g_ptr_array_add(page->grids, work.found->pdata[i]);
    qsort(page->grids->pdata, page->grids->len, sizeof(gpointer), by_top);
}
