/* text_habits.h: what the lines of a text file have in common: whether a width cuts them, whether paragraphs begin with an indent
 * or behind an empty line. Used by unwrap.c. */
#ifndef DAB_EXTRACT_TEXT_HABITS_H
#define DAB_EXTRACT_TEXT_HABITS_H

#include "extract/text_lines.h"

#define DAB_TEXT_MAX_WIDTH 160 /* cells: nobody wraps text wider than 80 hanzi */
#define DAB_TEXT_MAX_INDENT 8  /* cells: of a paragraph; more is a centred or right-aligned line */
#define DAB_TEXT_LONG_LINE 40  /* cells: a line of running text, where lines are wrapped */

typedef struct {
    const DabLayout *layout;
    GArray *lines;
    GArray *flow;                       /* guint: indices of the lines of running text: not in a table, not furniture, not empty */
    GHashTable *labels;                 /* text of a short line → how often it stands there */
    guint open[DAB_TEXT_MAX_WIDTH + 1]; /* how many lines of this width end in mid-sentence */
    guint n_open;
    gboolean wrapped;   /* lines end where the column ends */
    gboolean spaced;    /* empty lines stand between all lines and tell nothing */
    gboolean indented;  /* paragraphs begin with an indent, so that an empty line alone ends none */
    guint usual_blanks; /* empty lines between two lines, most often */
    guint base_indent;  /* indent of most lines */
} DabTextHabits;

static inline DabTextLine *dab_habit_line(const DabTextHabits *h, guint i) {
    return &g_array_index(h->lines, DabTextLine, g_array_index(h->flow, guint, i));
}

static inline gboolean dab_text_is_open(const DabTextLine *l) {
    return l->end == DAB_END_OPEN || l->end == DAB_END_CLAUSE;
}

static inline guint dab_text_distance(guint a, guint b) {
    return a > b ? a - b : b - a;
}

/* Cells of a line and the indent of its paragraph. */
static inline guint dab_text_extent(const DabTextLine *l) {
    return l->width + (l->indent <= DAB_TEXT_MAX_INDENT ? l->indent : 0);
}

/* How wide the line would be with the beginning of the next word, which no line end may break. */
static inline guint dab_text_filled(const DabTextLine *l, const DabTextLine *next) {
    return dab_text_extent(l) + (next->head > 1 ? next->head - 1 : 0);
}

/* Learns all but the labels from layout, lines and flow. */
void dab_habits_learn(DabTextHabits *h);
/* Counts short lines that come again, for dab_habit_label. */
void dab_habits_count_labels(DabTextHabits *h);

/* A short line that stands there three times or more, as a cell's word does: no part of a paragraph. */
gboolean dab_habit_label(const DabTextHabits *h, const DabTextLine *l);
gboolean dab_habit_indent(const DabTextHabits *h, const DabTextLine *l); /* of a paragraph's first line */
/* A width at which many lines of the file are cut. */
gboolean dab_habit_usual_width(const DabTextHabits *h, guint width);

#endif
