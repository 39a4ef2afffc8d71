/* gaps.h: rows of words → columns: the blank stripes that go through all rows. */
#ifndef DABIAO_EXTRACT_GAPS_H
#define DABIAO_EXTRACT_GAPS_H

#include "extract/words.h"

/* What stands between two stripes. */
typedef struct {
    float x0, x1;  /* as far as its words reach */
    guint filled;  /* rows that say something in it */
    guint figures; /* … and that something is a figure */
    guint signs;   /* … or no more than $ */
    guint units;   /* … or no more than % */
} DabInk;

/* The columns that the rows `votes` (numbers of rows of `w`) agree upon, left to right: GArray of DabInk, lent from `pool`;
 * one column only when no stripe goes through. A column that hardly a row fills is one only if rows [names, names_end), which
 * have no vote, say something in it. A stripe may be narrow where one of `rules` (DabSegment, or NULL) ends. */
GArray *dab_gaps_find(DabPool *pool, const DabWordRows *w, const guint *votes, guint n_votes, guint names, guint names_end,
                      const GArray *rules);

/* The column of `inks` that most of [x0, x1] stands in, or the nearest. */
guint dab_gaps_column(const GArray *inks, float x0, float x1);

static inline DabInk *dab_ink(const GArray *inks, guint i) {
    return &g_array_index(inks, DabInk, i);
}

#endif
