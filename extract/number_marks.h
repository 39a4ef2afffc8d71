/* number_marks.h: the points and commas within numbers, by the ink between their digits: a comma goes below the line that the
 * digits stand on, a point does not. Nets for Chinese mix them up, write both, or leave a blank. */
#ifndef DABIAO_EXTRACT_NUMBER_MARKS_H
#define DABIAO_EXTRACT_NUMBER_MARKS_H

#include "extract/image.h"

/* Sets right the marks between digits of symbols [first, …) (DabSymbol) that were read from the picture. What cannot be told by its
 * ink, because it touches a digit or there is none, stays as it was read. */
void dab_number_marks_mend(const DabImage *image, GArray *symbols, guint first);

/* How many upright bars the rectangle holds, and nothing else: 11, 111, which as lines by themselves are read as anything but that.
 * 0 when there is something else, only one, which may be a piece of a ruling, or more than four of them. */
guint dab_ones_count(const DabImage *image, guint x0, guint y0, guint x1, guint y1);

#endif
