/* scan.c: the only user of Leptonica. Part of the module that recogniser.c loads. */
#include "extract/scan.h"

#include <leptonica/allheaders.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dabiao/error.h"
#include "dabiao/limits.h"
#include "extract/page.h"
#include "extract/recogniser.h"

#define PAPER 200       /* what the background becomes, and white from PAPER_WHITE on */
#define PAPER_WHITE 200 /* grain of the paper stays above */
#define INK 180         /* darker is ink, with the pale edges of thin strokes */
#define SPECK_REACH 2
#define SURE_LINE 6      /* heights of text: no stroke is so long */
#define TOUCH 9          /* pixels: twice what lines that meet may lie apart */
#define LEAST_SKEW 0.05f /* degrees: less moves no line by a pixel */
#define SURE_SKEW 2.5f   /* Leptonica's measure of how clear an angle is; it calls 3 sure */
#define SMALL_TEXT 34    /* pixels: hanzi smaller than this are enlarged to GOOD_TEXT, those larger than LARGE_TEXT made smaller: */
/* Tesseract's nets were trained on lines of 36 to 48 pixels, and read larger ones worse */
#define GOOD_TEXT 34
#define LARGE_TEXT 38
#define USUAL_LENGTH 842 /* points: the longer side of A4, for a picture that does not say its size */

static void take(PIX **place, PIX *fresh) {
    if (!fresh) return;
    pixDestroy(place);
    *place = fresh;
}

/* Rows of `width` bytes ↔ Leptonica's words. */
static PIX *to_pix(const DabImage *image) {
    PIX *pix = pixCreateNoInit((l_int32)image->width, (l_int32)image->height, 8);
    if (!pix) return NULL;
    for (guint y = 0; y < image->height; y++) {
        l_uint32 *line = pixGetData(pix) + (gsize)y * (gsize)pixGetWpl(pix);
        const guint8 *from = image->grey + (gsize)y * image->width;
        for (guint x = 0; x < image->width; x++) SET_DATA_BYTE(line, x, from[x]);
    }
    return pix;
}
/* The picture takes the size of `pix`. */
static void from_pix(PIX *pix, DabImage *image) {
    guint width = (guint)pixGetWidth(pix), height = (guint)pixGetHeight(pix);
    if (width != image->width || height != image->height) {
        image->grey = g_realloc(image->grey, (gsize)width * height);
        image->width = width;
        image->height = height;
    }
    for (guint y = 0; y < image->height; y++) {
        l_uint32 *line = pixGetData(pix) + (gsize)y * (gsize)pixGetWpl(pix);
        guint8 *to = image->grey + (gsize)y * image->width;
        for (guint x = 0; x < image->width; x++) to[x] = (guint8)GET_DATA_BYTE(line, x);
    }
}

static int by_size(const void *a, const void *b) {
    return *(const int *)a - *(const int *)b;
}

/* How tall hanzi are, pixels: most of their parts are smaller, few are larger. 0 when there is hardly any text. */
static guint text_height(PIX *ink) {
    BOXA *boxes = pixConnCompBB(ink, 8);
    gint n = boxes ? boxaGetCount(boxes) : 0, kept = 0, height = 0;
    g_autofree int *sizes = g_new(int, (gsize)n + 1);
    for (gint i = 0; i < n; i++) {
        l_int32 w, h;
        boxaGetBoxGeometry(boxes, i, NULL, NULL, &w, &h);
        if (h >= 8 && w >= 4 && h <= 160 && w <= 3 * h && h <= 5 * w) sizes[kept++] = MAX(w, h);
    }
    boxaDestroy(&boxes);
    if (kept >= 5) {
        qsort(sizes, (gsize)kept, sizeof *sizes, by_size);
        height = sizes[kept * 3 / 4];
    }
    return (guint)height;
}

/* The long thin pieces of `ink` in one direction; `length` is the shortest that counts. */
static PIX *find_lines(PIX *ink, gboolean vertical, gint length) {
    /* a line that is one pixel off here and there is still one */
    PIX *thick = vertical ? pixDilateBrick(NULL, ink, 3, 1) : pixDilateBrick(NULL, ink, 1, 3);
    PIX *lines = thick ? (vertical ? pixOpenBrick(NULL, thick, 1, length) : pixOpenBrick(NULL, thick, length, 1)) : NULL;
    pixDestroy(&thick);
    return lines;
}

static void add_segments(PIX *lines, gboolean vertical, gint length, gint thickest, float density, GArray *segments) {
    BOXA *boxes = pixConnCompBB(lines, 8);
    gint n = boxes ? boxaGetCount(boxes) : 0;
    for (gint i = 0; i < n && segments->len < DAB_MAX_SEGMENTS; i++) {
        l_int32 x, y, w, h;
        boxaGetBoxGeometry(boxes, i, &x, &y, &w, &h);
        gint along = vertical ? h : w, across = vertical ? w : h;
        if (along < length || across > MAX(thickest, along / 40)) continue;
        DabSegment s = {.vertical = vertical,
                        .at = (vertical ? (float)x + (float)w / 2 : (float)y + (float)h / 2) / density,
                        .from = (float)(vertical ? y : x) / density,
                        .to = (float)(vertical ? y + h : x + w) / density};
        g_array_append_val(segments, s);
    }
    boxaDestroy(&boxes);
}

/* White where `mask` is black, in the picture and in its ink. */
static void wipe(PIX *grey, PIX *ink, PIX *mask) {
    if (!mask) return;
    pixSetMasked(grey, mask, 255);
    pixSubtract(ink, ink, mask);
}

/* Those of `lines` that are long, or touch what is long the other way: the rest are strokes of a headline. */
static PIX *keep_sure(PIX *lines, gboolean vertical, gint sure, PIX *crossing) {
    PIX *kept = vertical ? pixSelectBySize(lines, 0, sure, 8, L_SELECT_HEIGHT, L_SELECT_IF_GTE, NULL)
                         : pixSelectBySize(lines, sure, 0, 8, L_SELECT_WIDTH, L_SELECT_IF_GTE, NULL);
    PIX *near = crossing ? pixDilateBrick(NULL, crossing, TOUCH, TOUCH) : NULL, *seed = near ? pixAnd(NULL, near, lines) : NULL;
    PIX *touching = seed ? pixSeedfillBinary(NULL, seed, lines, 8) : NULL;
    if (kept && touching) pixOr(kept, kept, touching);
    pixDestroy(&near);
    pixDestroy(&seed);
    pixDestroy(&touching);
    return kept;
}

static void take_lines(PIX *grey, PIX *ink, guint height, float density, GArray *segments) {
    /* a table's row may be as low as its text */
    gint across = (gint)MAX(height * 5 / 2, 20), down = (gint)MAX(height * 9 / 5, 20), thickest = (gint)MAX(height / 3, 6);
    gint sure = (gint)(height * SURE_LINE);
    PIX *all_across = find_lines(ink, FALSE, across), *all_down = find_lines(ink, TRUE, down);
    PIX *long_across = all_across ? keep_sure(all_across, FALSE, sure, NULL) : NULL;
    PIX *vertical = all_down ? keep_sure(all_down, TRUE, sure, long_across) : NULL;
    PIX *horizontal = all_across && vertical ? keep_sure(all_across, FALSE, sure, vertical) : NULL;
    if (horizontal && vertical) {
        add_segments(horizontal, FALSE, across, thickest, density, segments);
        add_segments(vertical, TRUE, down, thickest, density, segments);
        pixOr(horizontal, horizontal, vertical);
        PIX *wide = pixDilateBrick(NULL, horizontal, 3, 3);
        wipe(grey, ink, wide);
        pixDestroy(&wide);
    }
    pixDestroy(&all_across);
    pixDestroy(&all_down);
    pixDestroy(&long_across);
    pixDestroy(&horizontal);
    pixDestroy(&vertical);
}

/* What is smaller both ways than a full stop and stands alone: strokes of pale print fall apart, but their parts lie close. */
static void take_specks(PIX *grey, PIX *ink, guint height) {
    gint size = (gint)MAX(height / 16, 1) + 2 * SPECK_REACH, reach = 2 * SPECK_REACH + 1;
    PIX *thick = pixDilateBrick(NULL, ink, reach, reach);
    PIX *specks = thick ? pixSelectBySize(thick, size, size, 8, L_SELECT_IF_BOTH, L_SELECT_IF_LTE, NULL) : NULL;
    wipe(grey, ink, specks);
    pixDestroy(&specks);
    pixDestroy(&thick);
}

/* Tesseract reads hanzi best at a certain size, and thin lines hold only where they have some pixels. */
static void scale(PIX **grey, guint height) {
    float factor = 1;
    if (height && (height < SMALL_TEXT || height > LARGE_TEXT)) factor = CLAMP((float)GOOD_TEXT / (float)height, 0.4f, 2.5f);
    float pixels = (float)pixGetWidth(*grey) * (float)pixGetHeight(*grey);
    if (pixels * factor * factor > DAB_MAX_SCAN_PIXELS) factor = sqrtf(DAB_MAX_SCAN_PIXELS / pixels);
    if (fabsf(factor - 1) > 0.05f) take(grey, pixScale(*grey, factor, factor));
}

static guint measure_text(PIX *grey) {
    PIX *ink = pixThresholdToBinary(grey, INK);
    guint height = ink ? text_height(ink) : 0;
    pixDestroy(&ink);
    return height;
}

static float straighten(PIX **grey) {
    l_float32 angle = 0, sure = 0;
    PIX *ink = pixThresholdToBinary(*grey, INK);
    gboolean found = ink && pixFindSkew(ink, &angle, &sure) == 0;
    pixDestroy(&ink);
    if (!found || sure < SURE_SKEW || fabsf(angle) < LEAST_SKEW) return 0;
    float radians = angle * (float)(G_PI / 180);
    PIX *straight = pixRotate(*grey, radians, L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0);
    if (!straight) return 0;
    take(grey, straight);
    return radians;
}

/* Paper to white, whatever its shade and wherever the light fell. */
static PIX *whiten(const DabImage *image) {
    PIX *grey = to_pix(image);
    if (!grey) return NULL;
    take(&grey, pixBackgroundNorm(grey, NULL, NULL, 10, 15, 60, 40, PAPER, 2, 1));
    pixGammaTRC(grey, grey, 1.0f, 20, PAPER_WHITE);
    return grey;
}

static float clean(DabImage *image, GArray *segments, float *share) {
    setMsgSeverity(L_SEVERITY_NONE);
    *share = 0;
    PIX *grey = whiten(image);
    if (!grey) return 0;
    scale(&grey, measure_text(grey));
    float density = image->density * (float)pixGetWidth(grey) / (float)image->width, angle = straighten(&grey);
    PIX *ink = pixThresholdToBinary(grey, INK);
    guint height = ink ? text_height(ink) : 0;
    l_float32 fraction = 0;
    if (height) {
        take_lines(grey, ink, height, density, segments);
        take_specks(grey, ink, height);
    }
    if (ink) pixForegroundFraction(ink, &fraction);
    *share = fraction;
    image->density = density;
    image->text = height;
    from_pix(grey, image);
    pixDestroy(&ink);
    pixDestroy(&grey);
    return angle;
}

static guint count(const guint8 *data, gsize bytes, guint limit) {
    setMsgSeverity(L_SEVERITY_NONE);
    l_int32 format = 0, w, h;
    if (pixReadHeaderMem(data, bytes, &format, &w, &h, NULL, NULL, NULL) != 0) return 0;
    guint n = 1;
    if (format == IFF_TIFF || (format >= IFF_TIFF_PACKBITS && format <= IFF_TIFF_ZIP))
        while (n < limit && readHeaderMemTiff(data, bytes, (l_int32)n, &w, &h, NULL, NULL, NULL, NULL, NULL) == 0) n++;
    return n;
}

static gboolean read_header(const guint8 *data, gsize bytes, guint index, l_int32 *w, l_int32 *h) {
    l_int32 format;
    if (index) return readHeaderMemTiff(data, bytes, (l_int32)index, w, h, NULL, NULL, NULL, NULL, NULL) == 0;
    return pixReadHeaderMem(data, bytes, &format, w, h, NULL, NULL, NULL) == 0;
}

static DabImage *decode(const guint8 *data, gsize bytes, guint index, GError **error) {
    setMsgSeverity(L_SEVERITY_NONE);
    l_int32 w = 0, h = 0;
    gboolean known = read_header(data, bytes, index, &w, &h);
    if (known && (guint64)w * (guint64)h > DAB_MAX_IMAGE_PIXELS) {
        g_set_error(error, DAB_ERROR, DAB_ERROR_TOO_LARGE, "%d × %d pixels; at most %u million are read: make it smaller", w, h,
                    DAB_MAX_IMAGE_PIXELS / 1000000);
        return NULL;
    }
    PIX *pix = known ? (index ? pixReadMemTiff(data, bytes, (l_int32)index) : pixReadMem(data, bytes)) : NULL;
    if (pix && pixGetSpp(pix) == 4) take(&pix, pixAlphaBlendUniform(pix, 0xffffff00));
    PIX *grey = pix ? pixConvertTo8(pix, FALSE) : NULL;
    gint dpi = pix ? pixGetXRes(pix) : 0;
    pixDestroy(&pix);
    DabImage *image = NULL;
    if (grey) {
        guint width = (guint)pixGetWidth(grey), height = (guint)pixGetHeight(grey);
        image =
            dab_image_new(width, height, dpi >= 100 && dpi <= 1200 ? (float)dpi / 72 : (float)MAX(width, height) / USUAL_LENGTH);
        if (image) from_pix(grey, image);
    }
    pixDestroy(&grey);
    if (!image) g_set_error_literal(error, DAB_ERROR, DAB_ERROR_DAMAGED, "the picture cannot be decoded; get the file again");
    return image;
}

const DabScanFunctions dab_scan_functions = {count, decode, clean};
