/* pixel_rows.h: a column of text in a straight picture → its lines, where the rows of pixels between them hold least ink. */
#ifndef DABIAO_EXTRACT_PIXEL_ROWS_H
#define DABIAO_EXTRACT_PIXEL_ROWS_H

#include "extract/image.h"

typedef struct {
    guint x0, y0, x1, y1; /* pixels, end exclusive, with some white around */
} DabPixelRow;

/* The lines in the rectangle, top to bottom (DabPixelRow; owned). NULL when the rows do not look like lines of one size: then
 * there is no saying where to cut. */
GArray *dab_rows_find(const DabImage *image, guint x0, guint y0, guint x1, guint y1);

/* What stands on the page as a line by itself, white above and below: a headline, a label over a table. Cut at wide gaps
 * (pixel_table.h), as are the rows of tables. The rest are rectangles of several lines or columns (`single` FALSE). DabPixelZone,
 * top to bottom; owned. */
typedef struct {
    DabPixelRow row;
    gboolean single;
} DabPixelZone;
GArray *dab_zones_find(const DabImage *image);

/* Appends the pieces of a line that wide gaps part (DabPixelZone). */
void dab_row_cut(const DabImage *image, DabPixelRow row, GArray *zones);

/* Whether any pixel of a column is ink. */
gboolean dab_ink_at(const DabImage *image, guint x, guint y0, guint y1);

/* Takes the white off the rectangle's sides. FALSE when it is all white. */
gboolean dab_row_trim(const DabImage *image, DabPixelRow *row);

#endif
