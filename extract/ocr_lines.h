/* ocr_lines.h: recognised symbols → characters as a typesetter would have set them. A recogniser's boxes are those of the
 * ink: here a line's characters get one size, one height and the room that the type takes, and figures get back their digits. */
#ifndef DABIAO_EXTRACT_OCR_LINES_H
#define DABIAO_EXTRACT_OCR_LINES_H

#include <glib.h>

/* Appends a DabChar for each of the symbols (DabSymbol; pixels, `density` of them a point) to `chars`. `symbols` is changed. */
void dab_ocr_lines_take(GArray *symbols, float density, GArray *chars);

#endif
