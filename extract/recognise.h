/* recognise.h: the picture of a page → its characters and ruling lines as a PDF would give them, so that everything behind
 * (runs, grids, columns, paragraphs) works on a scan as on text. Uses scan.c and ocr.c; knows no file formats. */
#ifndef DABIAO_EXTRACT_RECOGNISE_H
#define DABIAO_EXTRACT_RECOGNISE_H

#include "extract/image.h"
#include "extract/page.h"

typedef struct DabRecognition DabRecognition;

/* Recognises the picture, which it takes. Replaces size, rulings and characters of the page: the size is that of the picture at
 * its density; each cell between rulings is read by itself, which is more exact by far in narrow cells than the page as a
 * whole, then what stands outside. A page that lies on a side or upside down is read upright; one of vertical writing is turned so
 * that its lines lie. NULL when there is nothing to read: then `page` is left as it is. */
DabRecognition *dab_recognise(DabImage *image, DabRawPage *page);
/* Takes all boxes of page `index` of the layout back to where they are on the page as it was: before it was laid straight and set
 * upright. */
void dab_recognition_turn_back(const DabRecognition *r, DabLayout *layout, guint index);
/* What its reader should know, static; or NULL. */
const char *dab_recognition_warning(const DabRecognition *r);
/* Whether it took more than DAB_OCR_PAGE_SECONDS, and holds what was read until then. */
gboolean dab_recognition_is_cut(const DabRecognition *r);
void dab_recognition_free(DabRecognition *r); /* NULL is fine */

#endif
