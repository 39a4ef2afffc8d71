/* unruled.c: tables between horizontal rules, and those without any. */
#include "extract/unruled.h"

#include <math.h>
#include <stdlib.h>

#include "extract/open_grid.h"

#define SAME_END 6.0f  /* points that the ends of a table's rules may differ by */
#define BROKEN 14.0f   /* points between the pieces of a rule drawn column by column */
#define MIN_RULE 60.0f /* points */
#define MAX_ROWS 2000  /* rows of a page that are looked at; no page has more */
#define MAX_COLUMNS 60
#define MAX_HEADER 5
#define MAX_RULES 400 /* horizontal rules of a page; a drawing has more */
#define ROW_STEP 2.6f /* of the font size: rows further apart are of no one table without rules */

typedef struct {
    DabPool *pool;
    DabPageWork *page;
    const GArray *runs, *drawings;
    GArray *rules; /* DabSegment: horizontal, by place, broken ones whole */
    GPtrArray *found;
} Work;

static int by_at(const void *a, const void *b) {
    const DabSegment *p = a, *q = b;
    if (p->at != q->at) return p->at < q->at ? -1 : 1;
    return p->from < q->from ? -1 : p->from > q->from;
}

/* The page's horizontal rules; those drawn column by column as one, and, for the names of groups, as they are. The edges of
 * shaded rows are rules too. */
static GArray *collect_rules(DabPool *pool, const DabRawPage *page, gboolean whole) {
    GArray *rules = dab_pool_array(pool, sizeof(DabSegment));
    const GArray *segments = page->segments;
    for (guint i = 0; page->shades && i < page->shades->len; i++) {
        DabBox b = g_array_index(page->shades, DabBox, i);
        if (b.y1 - b.y0 > 0.3f * page->height) continue;
        DabSegment edges[] = {{FALSE, b.y0, b.x0, b.x1}, {FALSE, b.y1, b.x0, b.x1}};
        g_array_append_vals(rules, edges, 2);
    }
    for (guint i = 0; i < segments->len; i++) {
        const DabSegment *s = &g_array_index(segments, DabSegment, i);
        if (!s->vertical) g_array_append_val(rules, *s);
    }
    if (rules->len) qsort(rules->data, rules->len, sizeof(DabSegment), by_at);
    if (!whole) return rules;
    DabSegment *r = (DabSegment *)rules->data;
    guint out = 0;
    for (guint i = 0; i < rules->len; i++) {
        gboolean joined = FALSE;
        for (guint k = out; k-- > 0 && r[i].at - r[k].at < 1.6f && !joined;) {
            if (dab_overlap(r[k].from, r[k].to, r[i].from, r[i].to) < -BROKEN) continue;
            r[k].from = MIN(r[k].from, r[i].from);
            r[k].to = MAX(r[k].to, r[i].to);
            joined = TRUE;
        }
        if (!joined) r[out++] = r[i];
    }
    g_array_set_size(rules, out);
    return rules;
}

static gboolean rests_on(DabBox a, DabBox b) {
    float x = dab_overlap(a.x0, a.x1, b.x0, b.x1), y = dab_overlap(a.y0, a.y1, b.y0, b.y1);
    return x > 0 && y > 0 && x * y > 0.2f * MIN((a.x1 - a.x0) * (a.y1 - a.y0), (b.x1 - b.x0) * (b.y1 - b.y0));
}

static float row_mid(const DabWordRows *w, guint i) {
    return dab_mid(dab_word_row(w, i)->y0, dab_word_row(w, i)->y1);
}

/* The columns that the body's rows agree upon. */
static gboolean find_columns(const Work *work, DabOpenTable *t) {
    g_autofree guint *votes = g_new(guint, t->end - t->first + 1);
    guint n = 0, ruled = 0;
    for (guint i = t->header; i + 1 < t->end; i++) ruled += dab_open_rule_below(t, i, 0.8f);
    for (guint i = t->header; i < t->end; i++) {
        const DabWordRow *row = dab_word_row(t->words, i);
        /* between rules a line of a cell may stand alone at its height */
        gboolean part = ruled >= 2 && row->x1 - row->x0 < 0.6f * (t->box.x1 - t->box.x0);
        if (row->n_pieces >= 2 || row->n_figures >= 2 || part) votes[n++] = i;
    }
    if (n < 2) /* a single row of figures: its names vote too */
        for (guint i = t->first; i < t->header; i++)
            if (dab_word_row(t->words, i)->n_pieces >= 2) votes[n++] = i;
    if (n < 2) return FALSE;
    t->inks = dab_gaps_find(work->pool, t->words, votes, n);
    return t->inks->len >= 2 && t->inks->len <= MAX_COLUMNS;
}

/* How much of a column's width its rows fill on average: running text fills nearly all. */
static gboolean is_running(const DabOpenTable *t, guint column) {
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

static gboolean is_text(const DabOpenTable *t) {
    guint running = 0, wide = 0, leaders = 0;
    for (guint c = 0; c < t->inks->len; c++) running += is_running(t, c);
    for (guint i = t->header; i < t->end; i++) {
        const DabWordRow *row = dab_word_row(t->words, i);
        wide += row->n_pieces == 1 && row->x1 - row->x0 > 0.7f * (t->box.x1 - t->box.x0);
        leaders += row->leader;
    }
    guint n = t->end - t->header;
    return leaders * 3 > n || wide * 10 > n * 3 || running * 2 >= t->inks->len;
}

/* How many of the filled cells behind the first column are figures, in percent. */
static guint figure_share(const DabOpenTable *t) {
    guint filled = 0, figures = 0;
    for (guint c = 1; c < t->inks->len; c++) {
        filled += dab_ink(t->inks, c)->filled;
        figures += dab_ink(t->inks, c)->figures;
    }
    return filled ? figures * 100 / filled : 0;
}

/* Scales and legends of diagrams stand in rows and columns, most of which they leave empty. */
static gboolean is_sparse(const DabOpenTable *t) {
    guint filled = 0;
    for (guint c = 0; c < t->inks->len; c++) filled += dab_ink(t->inks, c)->filled;
    return filled * 10 < (t->end - t->header) * t->inks->len * 4;
}

/* Texts only: short ones, or a rule between any two rows; else it is what a frame around columns of text looks like. */
static gboolean is_table_of_texts(const Work *work, const DabOpenTable *t) {
    guint ruled = 0;
    float widest = 0;
    for (guint c = 1; c < t->inks->len; c++) widest = MAX(widest, dab_ink(t->inks, c)->x1 - dab_ink(t->inks, c)->x0);
    for (guint i = t->header; i + 1 < t->end; i++) ruled += dab_open_rule_below(t, i, 0.8f);
    guint filled = 0; /* the lines of a diagram have texts at one end only */
    for (guint c = 0; c < t->inks->len; c++) filled += MIN(dab_ink(t->inks, c)->filled, ruled + 1);
    if (filled * 10 < (ruled + 1) * t->inks->len * 7) return FALSE;
    if (ruled * 3 >= t->end - t->header - 1 && ruled) return TRUE;
    return t->inks->len >= 3 && widest < 9 * t->words->em && t->box.y1 - t->box.y0 < 0.6f * work->page->raw.height;
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

/* How many groups of words stand side by side in rows [first, end), blank stripes between them. */
static guint count_sides(const DabWordRows *w, guint first, guint end) {
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
        if (k < t->first && row->y1 < below->y0 && count_sides(t->words, k, t->first) >= t->inks->len) break;
        k--;
    }
    if (k < t->first && count_sides(t->words, k, t->first) >= t->inks->len - (t->inks->len > 2)) t->first = k;
}

static void grow(DabOpenTable *t, gboolean down) {
    float pitch = t->end - t->header > 1
                      ? (row_mid(t->words, t->end - 1) - row_mid(t->words, t->header)) / (float)(t->end - t->header - 1)
                      : 1.8f * t->words->em;
    while (down && t->end < t->words->rows->len && row_mid(t->words, t->end) - row_mid(t->words, t->end - 1) < 1.6f * pitch &&
           row_fits(t, t->end))
        t->end++;
    if (t->header > t->first) return;
    for (guint n = 0; n < 3 && t->first > 0 && row_names(t, t->first - 1); n++) t->first--; /* they are header now */
    if (down && t->first == t->header) take_header_above(t);
}

static void set_box(DabOpenTable *t) {
    const DabWordRow *top = dab_word_row(t->words, t->first), *bottom = dab_word_row(t->words, t->end - 1);
    t->box.y0 = MIN(t->box.y0, top->y0 - 0.2f * t->words->em);
    t->box.y1 = MAX(t->box.y1, bottom->y1 + 0.2f * t->words->em);
    for (guint i = t->first; i < t->end; i++) {
        t->box.x0 = MIN(t->box.x0, dab_word_row(t->words, i)->x0 - 1);
        t->box.x1 = MAX(t->box.x1, dab_word_row(t->words, i)->x1 + 1);
    }
}

/* Header rows: those above the first rule within, or above the first figures. */
static void find_header(DabOpenTable *t) {
    guint figures = 0;
    t->header = t->first;
    for (guint i = t->first; i + 1 < t->end && i - t->first < MAX_HEADER; i++) {
        figures += dab_word_row(t->words, i)->n_figures;
        if (!dab_open_rule_below(t, i, 0.9f)) continue;
        guint sides = count_sides(t->words, t->first, i + 1);
        if (sides > 1 && figures * 3 >= sides) return; /* a row of the body: the names stand above the rule */
        t->header = i + 1;
        return;
    }
    for (guint i = t->first; i + 1 < t->end && i - t->first < 4 && !dab_word_row(t->words, i)->n_figures; i++) t->header = i + 1;
    if (t->end - t->first > 1 && t->header + 1 >= t->end) t->header = t->first + 1; /* texts only */
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
    set_box(t);
    if (on_drawing(work, t->box)) return;
    for (guint i = 0; i < work->found->len; i++)
        if (rests_on(t->box, ((DabGrid *)work->found->pdata[i])->box)) return;
    for (guint i = 0; i < grids->len; i++) {
        const DabGrid *old = grids->pdata[i];
        if (!rests_on(t->box, old->box)) continue;
        gboolean around = t->box.x0 < old->box.x0 + 8 && t->box.x1 > old->box.x1 - 8 && t->box.y0 < old->box.y0 + 8 &&
                          t->box.y1 > old->box.y1 - 8;
        if (!around || t->inks->len < dab_grid_columns(old) + 2 || t->end - t->first < 2 * dab_grid_rows(old) ||
            figure_share(t) < 50)
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
    while (t.first < n && row_mid(words, t.first) < top.at) t.first++;
    t.end = t.first;
    while (t.end < n && row_mid(words, t.end) < bottom.at) multi += dab_word_row(words, t.end++)->n_pieces >= 2;
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
    if (t.header <= t.first) find_header(&t);
    if (!find_columns(work, &t)) return;
    guint end = t.end;
    grow(&t, TRUE);
    if (t.end > end && !find_columns(work, &t)) return;
    guint body = t.end - t.header, share = figure_share(&t);
    if (is_text(&t) || body + (t.header > t.first) < 2 || (body < 2 && (t.inks->len < 3 || share < 60))) return;
    if ((share < 25 && !is_table_of_texts(work, &t)) || is_sparse(&t)) return;
    take(work, &t);
}

typedef enum { PROSE, NEUTRAL, TABULAR } Look;

/* What stands between two rules. */
static Look look_between(const DabWordRows *w, const DabSegment *top, const DabSegment *bottom) {
    float y0 = top->at, y1 = bottom->at, width = top->to - top->from;
    guint n = 0, multi = 0, first = 0;
    for (guint i = 0; i < w->rows->len; i++) {
        const DabWordRow *row = dab_word_row(w, i);
        if (row_mid(w, i) < y0 || row_mid(w, i) > y1) continue;
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
    if (multi * 2 >= n && multi) return TABULAR;
    if (n >= 2 && n <= 12 && count_sides(w, first, first + n) >= 2)
        return TABULAR; /* cells of different heights, set in the middle */
    /* a row that names the rows below it */
    return n == 1 && y1 - y0 < 2.6f * w->em && head->x1 - head->x0 < 20 * w->em ? NEUTRAL : PROSE;
}

static void try_chain(Work *work, const GArray *pieces, const DabSegment *chain, guint n) {
    DabBox box = {chain[0].from - 3, chain[0].at - 60, chain[0].to + 3, work->page->raw.height};
    const DabWordRows *words = dab_words_in(work->pool, work->page->raw.chars, work->runs, box);
    if (!words->rows->len || words->rows->len > MAX_ROWS) return;
    for (guint i = 0; i + 1 < n;) {
        guint k = i, last = i;
        gboolean tabular = FALSE;
        while (k + 1 < n) {
            Look look = look_between(words, &chain[k], &chain[k + 1]);
            if (look == PROSE || (look == NEUTRAL && !tabular)) break;
            k++;
            if (look == TABULAR) last = k;
            tabular = TRUE;
        }
        if (last > i) try_rules(work, words, pieces, chain[i], chain[last]);
        i = MAX(k, i + 1);
    }
}

static void find_between_rules(Work *work) {
    GArray *rules = collect_rules(work->pool, &work->page->raw, TRUE);
    GArray *pieces = collect_rules(work->pool, &work->page->raw, FALSE);
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
    if (!find_columns(work, &t)) return;
    guint filled = 0;
    for (guint c = 0; c < t.inks->len; c++) filled += dab_ink(t.inks, c)->filled;
    if (t.inks->len < 3 || figure_share(&t) < 60 || filled * 10 < (end - first) * t.inks->len * 6) return;
    t.box.x0 = dab_ink(t.inks, 0)->x0;
    t.box.x1 = dab_ink(t.inks, t.inks->len - 1)->x1;
    guint single = 0, all = 0; /* the characters of labels set upright along an axis make rows too */
    for (guint i = first; i < end; i++)
        for (guint k = dab_word_row(words, i)->first; k < dab_word_row(words, i)->first + dab_word_row(words, i)->n; k++, all++)
            single += dab_word(words, k)->n == 1;
    if (single * 5 >= all * 4) return;
    for (guint c = 0; c < t.inks->len; c++)
        if (is_running(&t, c)) return;
    grow(&t, FALSE);
    if (is_text(&t)) return;
    t.box = (DabBox){t.box.x0, dab_word_row(words, t.first)->y0, t.box.x1, dab_word_row(words, t.end - 1)->y1};
    take(work, &t);
}

static void find_in_window(Work *work, const DabWordRows *w) {
    for (guint i = 0; i < w->rows->len; i++) {
        if (!is_seed(dab_word_row(w, i)) || dab_word_row(w, i)->n_pieces < 3) continue;
        guint seeds = 1, end = i + 1, last = i;
        for (guint k = i + 1; k < w->rows->len; k++) {
            float size = MAX(dab_word_row(w, k)->size, dab_word_row(w, last)->size);
            if (row_mid(w, k) - row_mid(w, k - 1) > ROW_STEP * size) break;
            if (is_seed(dab_word_row(w, k))) {
                seeds++;
                last = k;
                end = k + 1;
            } else if (!is_label(w, k) || k > last + 2) {
                break;
            }
        }
        if (seeds >= 3) {
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

/* The whole page, and then each column of a page of several. */
static void find_in_rows(Work *work) {
    DabBox all = {0, 0, work->page->raw.width, work->page->raw.height};
    const DabWordRows *w = dab_words_in(work->pool, work->page->raw.chars, work->runs, all);
    if (w->rows->len > MAX_ROWS) return;
    find_in_window(work, w);
    g_autoptr(GArray) margins = find_margins(w);
    for (guint i = 0; margins->len > 1 && i < MIN(margins->len, 8u); i++) {
        DabBox box = all;
        box.x0 = g_array_index(margins, Margin, i).x0 - w->em;
        if (i + 1 < margins->len) box.x1 = g_array_index(margins, Margin, i + 1).x0 - 0.5f * w->em;
        find_in_window(work, dab_words_in(work->pool, work->page->raw.chars, work->runs, box));
    }
}

static int by_top(const void *a, const void *b) {
    const DabGrid *p = *(DabGrid *const *)a, *q = *(DabGrid *const *)b;
    if (p->box.y0 != q->box.y0) return p->box.y0 < q->box.y0 ? -1 : 1;
    return p->box.x0 < q->box.x0 ? -1 : p->box.x0 > q->box.x0;
}

void dab_unruled_find(DabPool *pool, DabPageWork *page, const GArray *runs, const GArray *drawings) {
    Work work = {pool, page, runs, drawings, dab_pool_array(pool, sizeof(DabSegment)), dab_pool_ptr_array(pool)};
    find_between_rules(&work);
    find_in_rows(&work);
    if (!work.found->len) return;
    for (guint i = 0; i < work.found->len; i++) g_ptr_array_add(page->grids, work.found->pdata[i]);
    qsort(page->grids->pdata, page->grids->len, sizeof(gpointer), by_top);
}
