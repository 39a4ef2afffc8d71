/* put_signs.h: percent signs that were found by their shape → symbols among those that were recognised around them. */
#ifndef DABIAO_EXTRACT_PUT_SIGNS_H
#define DABIAO_EXTRACT_PUT_SIGNS_H

#include "extract/image.h"

/* Puts the picture's signs in the rectangle into the lines that begin at symbol `first` (DabSymbol): behind the figure that stands
 * before each, or as a line of its own. FALSE when some of them stand within a number, and thus are none: those are taken from
 * the picture's list, nothing is put, and the rectangle is to be read again. */
gboolean dab_signs_put(const DabImage *image, guint x0, guint y0, guint x1, guint y1, GArray *symbols, guint first);

#endif
