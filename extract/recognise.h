/* recognise.h: the picture of a page → its characters and ruling lines as a PDF would give them, so that everything behind
 * (runs, grids, columns, paragraphs) works on a scan as on text. Uses scan.c and ocr.c; knows no file formats. */
#ifndef DABIAO_EXTRACT_RECOGNISE_H
#define DABIAO_EXTRACT_RECOGNISE_H

#include "extract/image.h"
#include "extract/page.h"

typedef struct DabRecognition DabRecognition;

/* Cleans the picture, which it takes, and replaces page->segments by the ruling lines found on it. The page's size is that of
 * the picture at its density. NULL when there is nothing on it: then `page` is left as it is. */
DabRecognition *dab_recognition_begin(DabImage *image, DabRawPage *page);
/* Replaces page->chars by what is recognised: each cell of `grids` (DabGrid) by itself, which is more exact by far in narrow
 * cells than the page as a whole, then what stands outside. A page of vertical writing is turned so that its lines lie. */
void dab_recognition_read(DabRecognition *r, const GPtrArray *grids, DabRawPage *page);
/* Takes all boxes of page `index` of the layout back to where they are on the page as it was: before it was laid straight. */
void dab_recognition_turn_back(const DabRecognition *r, DabLayout *layout, guint index);
void dab_recognition_free(DabRecognition *r); /* NULL is fine */

#endif
