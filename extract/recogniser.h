/* recogniser.h: what ocr.c and scan.c give to the rest of the program. With Tesseract and Leptonica they are a module
 * (dabiao-ocr.so), for these bring 20 libraries along, which most runs need not load. recogniser.c calls through; callers include
 * ocr.h and scan.h. */
#ifndef DABIAO_EXTRACT_RECOGNISER_H
#define DABIAO_EXTRACT_RECOGNISER_H

#include "extract/ocr.h"
#include "extract/scan.h"

#define DAB_RECOGNISER_VERSION 1 /* goes up with any change of these tables, or of what their functions take */

typedef struct {
    guint version;
    const char *(*missing)(void);
    const char *(*vertical_missing)(void);
    void (*allow)(guint seconds);
    gboolean (*ran_out)(void);
    float (*read)(const DabImage *image, DabOcrMode mode, guint x0, guint y0, guint x1, guint y1, GArray *symbols);
} DabOcrFunctions;

typedef struct {
    guint (*count)(const guint8 *data, gsize bytes, guint limit);
    DabImage *(*decode)(const guint8 *data, gsize bytes, guint index, GError **error);
    float (*clean)(DabImage *image, GArray *segments, float *ink);
} DabScanFunctions;

/* In a program that has no need of a module (tests, tools) they are linked in. */
extern const DabOcrFunctions dab_ocr_functions __attribute__((weak));
extern const DabScanFunctions dab_scan_functions __attribute__((weak));

#endif
