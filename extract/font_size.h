/* font_size.h: mends the font sizes that a PDF does not tell. A Type 3 font has a coordinate system of its own, and
 * Poppler guesses its size from the letter m; a Chinese subset has none. A hanzi is as wide as its font's size. */
#ifndef DABIAO_EXTRACT_FONT_SIZE_H
#define DABIAO_EXTRACT_FONT_SIZE_H

#include "extract/page.h"

/* The fonts of a page as the file names them. */
typedef struct {
    const char *name; /* may be NULL; compared, not kept */
    float size;
} DabFont;

/* Corrects size and height of the characters whose font is far from as large as its hanzi are wide. DabChar.font counts in
 * `fonts` (DabFont). */
void dab_font_size_mend(GArray *chars, const GArray *fonts);

#endif
