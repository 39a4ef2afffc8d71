/* side_by_side.c: one table or two. */
#include "extract/side_by_side.h"

#include <math.h>

#define SAME_EDGE 1.5f  /* of the font size: a title begins where its table does */
#define TITLE_STEP 2.6f /* of the font size: a title stands this near above the names */

static gboolean is_text(const DabOpenTable *t, guint column) {
    const DabInk *ink = dab_ink(t->inks, column);
    return ink->figures * 5 < ink->filled && ink->filled * 10 >= (t->end - t->header) * 6;
}

static gboolean is_figures(const DabOpenTable *t, guint column) {
    return dab_ink(t->inks, column)->figures * 10 >= dab_ink(t->inks, column)->filled * 6;
}

/* Whether the row above the names is two titles, one over each part. */
static gboolean has_titles(const DabOpenTable *t, guint column) {
    if (!t->first) return FALSE;
    const DabWordRow *row = dab_word_row(t->words, t->first - 1);
    float em = t->words->em, left = row->x0, right = 0;
    if (row->n_pieces != 2 || row->n_figures ||
        dab_row_mid(t->words, t->first) - dab_row_mid(t->words, t->first - 1) > TITLE_STEP * em)
        return FALSE;
    for (guint i = row->first + 1; i < row->first + row->n && right <= 0; i++)
        if (dab_word(t->words, i)->box.x0 - dab_word(t->words, i - 1)->box.x1 > DAB_PIECE_GAP * em)
            right = dab_word(t->words, i)->box.x0;
    return fabsf(left - dab_ink(t->inks, 0)->x0) < SAME_EDGE * em && fabsf(right - dab_ink(t->inks, column)->x0) < SAME_EDGE * em;
}

/* Whether the last row says something in one part only, and in most columns of that. */
static gboolean has_tail(const DabOpenTable *t, guint column) {
    const DabWordRow *row = dab_word_row(t->words, t->end - 1);
    float part = dab_mid(dab_ink(t->inks, column - 1)->x1, dab_ink(t->inks, column)->x0);
    return row->n_pieces >= 2 && (row->x0 > part || row->x1 < part);
}

float dab_tables_part(const DabOpenTable *t) {
    if (!is_text(t, 0)) return 0;
    for (guint c = 2; c + 1 < t->inks->len; c++) {
        if (!is_text(t, c) || !is_figures(t, c - 1) || !is_figures(t, c + 1)) continue;
        if (has_titles(t, c) || has_tail(t, c)) return dab_mid(dab_ink(t->inks, c - 1)->x1, dab_ink(t->inks, c)->x0);
    }
    return 0;
}
