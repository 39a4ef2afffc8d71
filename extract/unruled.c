/* unruled.c: tables between horizontal rules, and those without any. */
#include "extract/unruled.h"

#include <math.h>
#include <stdlib.h>

#include "extract/open_rest.h"
#include "extract/open_table.h"
#include "extract/rulings.h"
#include "extract/side_by_side.h"
#include "extract/told.h"
#include "extract/unruled_work.h"

#define MIN_SEEDS 3u  /* rows of figures that are a table */
#define MAX_LABELS 4u /* lines of a label between two rows of figures */
#define NARROW 0.35f  /* of the table: columns of running text are wider */
#define ROW_STEP 2.6f /* of the font size: rows further apart are of no one table without rules */

static gboolean rests_on(DabBox a, DabBox b) {
    float x = dab_overlap(a.x0, a.x1, b.x0, b.x1), y = dab_overlap(a.y0, a.y1, b.y0, b.y1);
    return x > 0 && y > 0 && x * y > 0.2f * MIN((a.x1 - a.x0) * (a.y1 - a.y0), (b.x1 - b.x0) * (b.y1 - b.y0));
}

static gboolean on_drawing(const DabUnruled *work, DabBox box) {
    for (guint i = 0; i < work->drawings->len; i++)
        if (rests_on(box, g_array_index(work->drawings, DabBox, i))) return TRUE;
    for (guint i = 0; i < work->page->raw.images->len; i++) {
        DabBox m = g_array_index(work->page->raw.images, DabBox, i);
        if (m.x1 - m.x0 < 0.85f * work->page->raw.width && rests_on(box, m)) return TRUE; /* a wider one is a background */
    }
    return FALSE;
}

/* Takes the table in unless a grid of rules is better. */
void dab_unruled_take(DabUnruled *work, DabOpenTable *t) {
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

/* A row as a table without rules has them: several pieces, most of them figures. */
static gboolean is_seed(const DabWordRow *r) {
    return !r->leader && ((r->n_pieces >= 3 && r->n_figures >= 2) || (r->n_pieces == 2 && r->n_figures >= 1));
}

/* Where the pieces of a row behind its first begin. */
static float second_piece(const DabWordRows *w, guint i) {
    const DabWordRow *r = dab_word_row(w, i);
    for (guint k = r->first + 1; k < r->first + r->n; k++)
        if (dab_word(w, k)->box.x0 - dab_word(w, k - 1)->box.x1 > DAB_PIECE_GAP * dab_word(w, k)->size)
            return dab_word(w, k)->box.x0;
    return r->x1;
}

/* A row of one text left of the figures, which begin at `figures`. */
static gboolean is_label(const DabWordRows *w, guint i, float figures) {
    const DabWordRow *r = dab_word_row(w, i);
    return r->n_pieces == 1 && (r->x1 - r->x0 < 14 * w->em || r->x1 < figures);
}

/* One of two tables side by side, from x0 to x1. */
static void take_part(DabUnruled *work, const DabOpenTable *both, float x0, float x1) {
    DabBox box = {x0, dab_word_row(both->words, both->first)->y0, x1, dab_word_row(both->words, both->end - 1)->y1};
    DabOpenTable t = {.words = dab_words_in(work->pool, work->words, box), .rules = work->rules, .box = box};
    float body = dab_word_row(both->words, both->header)->y0;
    for (t.end = t.words->rows->len; t.header < t.end && dab_row_mid(t.words, t.header) < body;) t.header++;
    if (t.end - t.header < 2 || !dab_open_table_find_columns(work->pool, &t)) return;
    t.box.x0 = dab_ink(t.inks, 0)->x0;
    t.box.x1 = dab_ink(t.inks, t.inks->len - 1)->x1;
    dab_unruled_take(work, &t);
}

/* Tables in no rules must be plain: three columns or more, mostly figures behind the first. */
static void try_rows(DabUnruled *work, const DabWordRows *words, guint first, guint end) {
    DabOpenTable t = {.words = words, .first = first, .header = first, .end = end, .box = {G_MAXFLOAT, G_MAXFLOAT, 0, 0}};
    t.rules = work->rules;
    if (!dab_open_table_find_columns(work->pool, &t)) return;
    guint filled = 0, rows = 0;
    for (guint c = 0; c < t.inks->len; c++) filled += dab_ink(t.inks, c)->filled;
    for (guint i = first; i < end; i++) rows += dab_word_row(words, i)->n_pieces > 1; /* not the lines of a long label */
    if (t.inks->len < 3 || dab_open_table_figures(&t) < 60 || filled * 10 < rows * t.inks->len * 6) return;
    t.box.x0 = dab_ink(t.inks, 0)->x0;
    t.box.x1 = dab_ink(t.inks, t.inks->len - 1)->x1;
    guint single = 0, all = 0; /* the characters of labels set upright along an axis make rows too */
    for (guint i = first; i < end; i++)
        for (guint k = dab_word_row(words, i)->first; k < dab_word_row(words, i)->first + dab_word_row(words, i)->n; k++, all++)
            single += dab_word(words, k)->n == 1;
    if (single * 5 >= all * 4) return;
    float label = dab_ink(t.inks, 0)->x1 - dab_ink(t.inks, 0)->x0; /* labels may be of one length */
    gboolean narrow = t.inks->len > 3 && label < NARROW * (t.box.x1 - t.box.x0);
    for (guint c = narrow; c < t.inks->len; c++)
        if (dab_open_table_is_running(&t, c)) return;
    dab_open_table_grow(&t, FALSE);
    if (dab_open_table_is_text(&t)) return;
    float part = dab_tables_part(&t);
    if (part > 0) {
        take_part(work, &t, t.box.x0 - words->em, part);
        take_part(work, &t, part, t.box.x1 + words->em);
        return;
    }
    t.box = (DabBox){t.box.x0, dab_word_row(words, t.first)->y0, t.box.x1, dab_word_row(words, t.end - 1)->y1};
    dab_unruled_take(work, &t);
}

static void find_in_window(DabUnruled *work, const DabWordRows *w) {
    for (guint i = 0; i < w->rows->len; i++) {
        if (!is_seed(dab_word_row(w, i)) || MAX(dab_word_row(w, i)->n_pieces, dab_word_row(w, i)->n_figures) < 3) continue;
        guint seeds = 1, end = i + 1, last = i;
        float figures = second_piece(w, i);
        for (guint k = i + 1; k < w->rows->len; k++) {
            float size = MAX(dab_word_row(w, k)->size, dab_word_row(w, last)->size);
            if (dab_row_mid(w, k) - dab_row_mid(w, k - 1) > ROW_STEP * size) break;
            if (is_seed(dab_word_row(w, k))) {
                seeds++;
                last = k;
                end = k + 1;
            } else if (!is_label(w, k, figures) || k > last + MAX_LABELS) {
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
static void find_in_rows(DabUnruled *work, const DabWordRows *w, DabBox all) {
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
static void find_told(DabUnruled *work, const DabWordRows *w) {
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

void dab_unruled_find(DabPool *pool, DabPageWork *page, const DabPageWork *before, const DabWordList *words,
                      const GArray *drawings) {
    DabUnruled work = {pool, page, words, drawings, dab_pool_array(pool, sizeof(DabSegment)), dab_pool_ptr_array(pool)};
    DabBox all = {0, 0, page->raw.width, page->raw.height};
    const DabWordRows *w = dab_words_in(pool, words, all);
    dab_unruled_between_rules(&work);
    if (w->rows->len <= DAB_UNRULED_ROWS) find_in_rows(&work, w, all);
    if (w->rows->len <= DAB_UNRULED_ROWS) dab_open_rest_find(&work, w, before);
    if (w->rows->len <= DAB_UNRULED_ROWS && page->pdf) find_told(&work, w);
    if (!work.found->len) return;
    for (guint i = 0; i < work.found->len; i++) g_ptr_array_add(page->grids, work.found->pdata[i]);
    qsort(page->grids->pdata, page->grids->len, sizeof(gpointer), by_top);
}
