/* words.h: the runs of a part of a page → words in text rows: what columns of a table without rules are found
 * from. */
#ifndef DABIAO_EXTRACT_WORDS_H
#define DABIAO_EXTRACT_WORDS_H

#include "extract/lines.h"

typedef struct {
    DabBox box;
    float size;
    guint first, n;   /* in the page's chars; no blank among them */
    guint figure : 1; /* a number, with sign and unit perhaps, or a dash that stands for one: 12.5% -3 1,204万 — */
    guint year : 1;   /* 2021 2021年: a figure that names a column as often as it fills one */
    guint wide : 1;   /* it begins as Chinese writing does: a blank before it parts texts, not words of one */
    guint leader : 1; /* its dots lead to a page number */
    guint dot : 1;    /* one of such dots, set by itself */
    guint sign : 1;   /* $ by itself: it belongs to the number behind it, however far that is */
    guint unit : 1;   /* % by itself: to the number before it */
} DabWord;

/* A line of text as far as it is wide; its words stand together, left to right. */
typedef struct {
    guint first, n; /* in words */
    float x0, x1;
    float y0, y1;    /* cores of its words: dab_core_y0, dab_core_y1 */
    float size;      /* of its tallest word */
    guint n_pieces;  /* groups of words that no wide gap parts */
    guint n_figures; /* words that are figures and no years */
    guint n_years;
    gboolean leader; /* dots lead to a page number */
} DabWordRow;

typedef struct {
    GArray *words; /* DabWord */
    GArray *rows;  /* DabWordRow, top to bottom */
    float em;      /* the font size of the middle word */
} DabWordRows;

static inline DabWord *dab_word(const DabWordRows *w, guint i) {
    return &g_array_index(w->words, DabWord, i);
}
static inline DabWordRow *dab_word_row(const DabWordRows *w, guint i) {
    return &g_array_index(w->rows, DabWordRow, i);
}

#define DAB_PIECE_GAP 1.25f /* of the font size: a wider gap parts two pieces of a row; a blank as wide as a hanzi does not */

/* The words of a page, read once for all parts of it that are looked at. */
typedef struct DabWordList DabWordList;

/* Those of the runs (DabRun), turned ones and those of cells left out. Lent from `pool`. */
const DabWordList *dab_words_read(DabPool *pool, const GArray *chars, const GArray *runs);

/* Those whose middle lies in `box`, in rows. Lent from `pool`. */
DabWordRows *dab_words_in(DabPool *pool, const DabWordList *list, DabBox box);

#endif
