/* ocr.h: a grey picture → recognised symbols with boxes (Tesseract, neural nets for simplified Chinese). Finds no tables,
 * columns or paragraphs beyond what Tesseract needs to see lines: that is the layout's work, which runs on symbols as it
 * does on the characters of a PDF. One engine a language serves the process, made when first needed and kept. */
#ifndef DABIAO_EXTRACT_OCR_H
#define DABIAO_EXTRACT_OCR_H

#include "extract/image.h"

typedef struct {
    gunichar ch;
    float confidence; /* 0 … 1 */
    gboolean begins_line, begins_word;
    gint x0, y0, x1, y1; /* pixels of the picture */
} DabSymbol;

typedef enum {
    DAB_OCR_PAGE,  /* columns, headlines, anything */
    DAB_OCR_BLOCK, /* lines of one size, as in a cell */
    DAB_OCR_LINE,
    DAB_OCR_VERTICAL, /* one line from top to bottom */
} DabOcrMode;

/* NULL, or why there is no recognition: this build has none, or the data for Chinese is missing. Static. */
const char *dab_ocr_missing(void);

/* The same of lines that go from top to bottom: their data is a package of its own. */
const char *dab_ocr_vertical_missing(void);

/* From here on so many seconds of this process's own time may be spent on reading; what is being read when they are over is given
 * up, and nothing is read after. */
void dab_ocr_allow(guint seconds);
gboolean dab_ocr_ran_out(void);

/* Appends the symbols (DabSymbol) in the rectangle [x0, x1) × [y0, y1) of the picture, line by line. Returns the share of
 * them, 0 … 1, that Tesseract took for vertical writing. Nothing is appended where there is no recognition. */
float dab_ocr_read(const DabImage *image, DabOcrMode mode, guint x0, guint y0, guint x1, guint y1, GArray *symbols);

#endif
