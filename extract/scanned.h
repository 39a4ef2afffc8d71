/* scanned.h: which pages are read from their picture, and the reading of them: those without text, or whose text is garbage,
 * or all, as the source's `ocr` says. A document may mix pages of both kinds. */
#ifndef DABIAO_EXTRACT_SCANNED_H
#define DABIAO_EXTRACT_SCANNED_H

#include "dabiao/source.h"
#include "extract/pdf.h"
#include "extract/recognise.h"

/* The pages of one document so far. */
typedef struct {
    DabOcr ocr;
    void (*before_ocr)(void);               /* or NULL, as in DabSource */
    void (*slow_page)(void);                /* or NULL */
    DabLayout *layout;                      /* gets warnings: no_text, garbled_text, picture_too_large */
    guint n_text, n_recognised, n_pictures; /* n_pictures: pages of pictures that were not recognised */
    GPtrArray *turns;                       /* DabRecognition, by page; NULL where the text is the file's */
} DabScanned;

void dab_scanned_init(DabScanned *s, DabPool *pool, DabLayout *layout, const DabSource *source);
/* The next page as the PDF gives it, its pictures and rulings read: replaces both when it is read from its picture. */
void dab_scanned_page(DabScanned *s, DabPdf *pdf, DabRawPage *page);
/* Whether a page that was handed over was read from its picture. */
gboolean dab_scanned_is_recognised(const DabScanned *s, guint page);
/* The next page is this picture, which is taken. */
void dab_scanned_picture(DabScanned *s, DabImage *image, DabRawPage *page);
/* Once the layout is there: says where the text is from, and takes boxes back to the paper as it lay. */
void dab_scanned_finish(DabScanned *s);
/* Why pictures were not recognised: static. */
const char *dab_scanned_reason(const DabScanned *s);

#endif
