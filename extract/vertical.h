/* vertical.h: pages whose lines go from top to bottom, the first one rightmost. They are found on the picture as it would be if a
 * quarter turn to the left had laid them down, and recognised upright. */
#ifndef DABIAO_EXTRACT_VERTICAL_H
#define DABIAO_EXTRACT_VERTICAL_H

#include "extract/image.h"
#include "extract/pixel_rows.h"

/* Appends the symbols of the picture (DabSymbol), with boxes as they are when the page is laid down: (x, y) → (y, width − x). */
void dab_vertical_read(const DabImage *image, GArray *symbols);
/* The same for one line; `row` is where it is on the picture laid down. */
void dab_vertical_read_row(const DabImage *image, DabPixelRow row, GArray *symbols);

#endif
