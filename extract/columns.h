/* columns.h: the runs and tables of a page → columns in reading order. Whitespace that goes through several rows of text
 * is a gutter; a headline that closes a gutter, or stands alone over it, begins a new band of columns (recursive cuts
 * after Nagy and Seth's X-Y tree, 1984, with bands found by how long a gutter lasts). */
#ifndef DABIAO_EXTRACT_COLUMNS_H
#define DABIAO_EXTRACT_COLUMNS_H

#include "extract/lines.h"

/* A stretch of text in one column, or one table. */
typedef struct {
    guint column, n_columns;   /* its place among the columns at this height, and how many there are */
    gint table;                /* the run's `table`, or -1 */
    guint first_line, n_lines; /* in `lines` */
    float left, right;         /* edges of the column, as far as its text tells */
} DabStretch;

/* Appends the stretches of the page in reading order to `stretches` (DabStretch) and their lines to `lines` (DabLine).
 * `rules` are the page's segments outside tables: a line across the page ends what stands above it.
 * `runs` is reordered. */
void dab_columns_make(DabLayout *layout, guint page, const GArray *chars, const GArray *rules, DabRun *runs, guint n,
                      GArray *stretches, GArray *lines);

#endif
