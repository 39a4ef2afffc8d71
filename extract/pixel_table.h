/* pixel_table.h: rows of a table that no rules part: where the gaps of neighbours continue a row's, there is a column's end. */
#ifndef DABIAO_EXTRACT_PIXEL_TABLE_H
#define DABIAO_EXTRACT_PIXEL_TABLE_H

#include "extract/pixel_rows.h"

/* The zones of a page (DabPixelZone), uncut, → lines cut at gaps, tables line by line, and what is left. Owned. */
GArray *dab_zones_cut(const DabImage *image, const GArray *zones);

/* Makes rules white that bound no cell: a line of text is nothing but its ink. */
void dab_rules_wipe(DabImage *image);

#endif
