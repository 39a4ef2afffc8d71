/* run_rows.h: the runs of a page, or of a column, → rows, top to bottom, each with the blank stripes in it; what columns are told
 * by. */
#ifndef DABIAO_EXTRACT_RUN_ROWS_H
#define DABIAO_EXTRACT_RUN_ROWS_H

#include "extract/lines.h"

#define DAB_FAR 1e6f        /* beyond any page, points */
#define DAB_MAX_STRIPES 48  /* of one row, or of one band, that are looked at */
#define DAB_MIN_GUTTER 0.8f /* of the font size */

/* A blank stripe from `a` to `b` (points); the outer ones reach to DAB_FAR. */
typedef struct {
    float a, b;
    guint evidence; /* rows with text on both sides */
} DabStripe;

typedef struct {
    DabStripe stripes[DAB_MAX_STRIPES];
    guint n;
} DabStripes;

/* What stands beside each other. `em` below is the font size of the body. */
typedef struct {
    guint first, n; /* runs */
    float x0, x1, y0, y1, size;
    float ink, large; /* width of its pieces, and of those larger than the body */
    guint lines;      /* how many lines high it is: columns set off against each other make one tall row */
    gboolean table;
    gboolean ruled;  /* a line across the region stands above it */
    DabStripes free; /* between its pieces, and left and right of them */
} DabRunRow;

/* One more stripe, while there is room: others are not looked at. */
void dab_stripes_add(DabStripes *stripes, float a, float b, guint evidence);

/* Rows of the runs, which are reordered: those of a row stand together, left to right. GArray of DabRunRow; g_array_free it. */
GArray *dab_run_rows_find(DabRun *runs, guint n, float em);
/* Sets `ruled` of the rows below a line of `rules` (DabSegment; NULL: none) that goes over most of [x0, x1]. */
void dab_run_rows_rule(GArray *rows, const GArray *rules, float x0, float x1);

/* Order of runs from top to bottom, for qsort. */
int dab_runs_by_top(const void *a, const void *b);

/* Text stands on both sides of a stripe. */
gboolean dab_run_row_is_split(const DabRunRow *row);
/* Stands in the middle of [x0, x1], the whole width: a title, or the writers' names below it. */
gboolean dab_run_row_is_centred(const DabRunRow *row, float x0, float x1, float em);
/* A headline over columns whose gutters it happens not to close: larger, alone at its height, at the left edge or in the middle. A
 * small line may stand beside it. */
gboolean dab_run_row_is_headline(const DabRunRow *row, float x0, float x1, float em);

#endif
