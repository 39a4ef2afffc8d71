/* percent_signs.h: the signs % and ‰ of a straight picture, by their shape: a ring, a slanting stroke, a ring lower down (two for
 * ‰), and nothing in the corners that the stroke leaves. The nets for Chinese take them for 9%, 96, 26, 9 more often than for
 * anything right, so they are found here, hidden from the nets, and put into what those read. */
#ifndef DABIAO_EXTRACT_PERCENT_SIGNS_H
#define DABIAO_EXTRACT_PERCENT_SIGNS_H

#include "extract/image.h"

typedef struct {
    guint x0, y0, x1, y1; /* pixels, end exclusive: the ink of it */
    gunichar ch;          /* % or ‰ */
} DabPercentSign;

/* The signs (DabPercentSign) on the picture, whose height of text must be known; none where it is not, or where so much is ringed
 * that it is no text. Owned. */
GArray *dab_percent_signs_find(const DabImage *image);

#endif
