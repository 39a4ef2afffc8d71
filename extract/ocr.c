/* ocr.c: the only user of Tesseract. */
#include "extract/ocr.h"

#ifndef DAB_WITH_OCR

const char *dab_ocr_missing(void) {
    return "this build has no OCR (make it again where libtesseract-dev and libleptonica-dev are installed)";
}

float dab_ocr_read(const DabImage *image G_GNUC_UNUSED, DabOcrMode mode G_GNUC_UNUSED, guint x0 G_GNUC_UNUSED, guint y0 G_GNUC_UNUSED,
                   guint x1 G_GNUC_UNUSED, guint y1 G_GNUC_UNUSED, GArray *symbols G_GNUC_UNUSED) {
    return 0;
}

#else

#include <dlfcn.h>
#include <locale.h>
#include <string.h>
#include <tesseract/capi.h>

/* One process works on one document, and -j starts as many as there are processors: Tesseract's own threads would only get in
 * each other's way. It takes them from OpenMP, whose environment variable is read before main begins. */
static void use_one_thread(void) {
    void (*set_levels)(int);
    void *symbol = dlsym(RTLD_DEFAULT, "omp_set_max_active_levels");
    memcpy(&set_levels, &symbol, sizeof symbol);
    if (set_levels) set_levels(0);
}

static TessBaseAPI *open_engine(const char *language) {
    /* Tesseract reads its files with scanf: a decimal comma would break it */
    g_autofree char *before = g_strdup(setlocale(LC_NUMERIC, NULL));
    setlocale(LC_NUMERIC, "C");
    TessBaseAPI *engine = TessBaseAPICreate();
    TessBaseAPISetVariable(engine, "debug_file", "/dev/null");
    if (TessBaseAPIInit2(engine, NULL, language, OEM_LSTM_ONLY) != 0) {
        TessBaseAPIDelete(engine);
        engine = NULL;
    } else {
        /* a space of its own between a figure and hanzi is the normaliser's to judge */
        TessBaseAPISetVariable(engine, "preserve_interword_spaces", "1");
        TessBaseAPISetVariable(engine, "tessedit_do_invert", "0");
    }
    setlocale(LC_NUMERIC, before);
    return engine;
}

/* Kept for the process: loading takes a fifth of a second, a document many pages. */
static TessBaseAPI *engine_of(gboolean vertical) {
    static TessBaseAPI *engines[2];
    static gboolean tried[2];
    if (!tried[vertical]) {
        tried[vertical] = TRUE;
        use_one_thread();
        engines[vertical] = open_engine(vertical ? "chi_sim_vert" : "chi_sim");
    }
    return engines[vertical];
}

const char *dab_ocr_missing(void) {
    return engine_of(FALSE) ? NULL
                            : "Tesseract finds no data for Chinese (on Debian: apt-get install tesseract-ocr-chi-sim; elsewhere set "
                              "TESSDATA_PREFIX)";
}

/* What one element of the iterator says, split into code points that share its width. */
static void take_symbol(TessResultIterator *it, gboolean begins_line, gboolean begins_word, gint dx, gint dy, GArray *symbols) {
    TessPageIterator *place = TessResultIteratorGetPageIterator(it);
    char *text = TessResultIteratorGetUTF8Text(it, RIL_SYMBOL);
    int x0, y0, x1, y1;
    if (text && g_utf8_validate(text, -1, NULL) && TessPageIteratorBoundingBox(place, RIL_SYMBOL, &x0, &y0, &x1, &y1)) {
        glong n = g_utf8_strlen(text, -1), i = 0;
        for (const char *p = text; *p; p = g_utf8_next_char(p), i++) {
            DabSymbol s = {.ch = g_utf8_get_char(p),
                           .confidence = CLAMP(TessResultIteratorConfidence(it, RIL_SYMBOL) / 100, 0, 1),
                           .begins_line = begins_line && i == 0,
                           .begins_word = begins_word && i == 0,
                           .x0 = dx + x0 + (gint)((x1 - x0) * i / n),
                           .y0 = dy + y0,
                           .x1 = dx + x0 + (gint)((x1 - x0) * (i + 1) / n),
                           .y1 = dy + y1};
            g_array_append_val(symbols, s);
        }
    }
    if (text) TessDeleteText(text);
}

static float take_symbols(TessBaseAPI *engine, gint dx, gint dy, GArray *symbols) {
    guint n = 0, n_vertical = 0;
    TessResultIterator *it = TessBaseAPIGetIterator(engine);
    if (!it) return 0;
    TessPageIterator *place = TessResultIteratorGetPageIterator(it);
    do {
        TessOrientation orientation;
        TessWritingDirection direction;
        TessTextlineOrder order;
        float angle;
        TessPageIteratorOrientation(place, &orientation, &direction, &order, &angle);
        n++;
        n_vertical += direction == WRITING_DIRECTION_TOP_TO_BOTTOM;
        take_symbol(it, TessPageIteratorIsAtBeginningOf(place, RIL_TEXTLINE), TessPageIteratorIsAtBeginningOf(place, RIL_WORD), dx,
                    dy, symbols);
    } while (TessResultIteratorNext(it, RIL_SYMBOL));
    TessResultIteratorDelete(it);
    return n ? (float)n_vertical / (float)n : 0;
}

/* Tesseract misreads characters that touch the edge of its picture. */
static guint8 *put_on_white(const DabImage *image, guint x0, guint y0, guint x1, guint y1, guint margin) {
    gsize width = x1 - x0 + 2 * margin, height = y1 - y0 + 2 * margin;
    guint8 *to = g_malloc(width * height);
    memset(to, 255, width * height);
    for (guint y = y0; y < y1; y++)
        memcpy(to + (y - y0 + margin) * width + margin, image->grey + (gsize)y * image->width + x0, x1 - x0);
    return to;
}

float dab_ocr_read(const DabImage *image, DabOcrMode mode, guint x0, guint y0, guint x1, guint y1, GArray *symbols) {
    static const TessPageSegMode modes[] = {PSM_AUTO, PSM_SINGLE_BLOCK, PSM_SINGLE_LINE, PSM_AUTO};
    TessBaseAPI *engine = engine_of(mode == DAB_OCR_VERTICAL);
    if (!engine || x0 >= x1 || y0 >= y1 || x1 > image->width || y1 > image->height) return 0;
    float vertical = 0;
    guint margin = MAX(image->text / 2, 8);
    guint width = x1 - x0 + 2 * margin, height = y1 - y0 + 2 * margin;
    g_autofree guint8 *framed = put_on_white(image, x0, y0, x1, y1, margin);
    TessBaseAPISetPageSegMode(engine, modes[mode]);
    TessBaseAPISetImage(engine, framed, (int)width, (int)height, 1, (int)width);
    TessBaseAPISetSourceResolution(engine, (int)CLAMP(image->density * 72, 70, 2400));
    if (TessBaseAPIRecognize(engine, NULL) == 0) vertical = take_symbols(engine, (gint)(x0 - margin), (gint)(y0 - margin), symbols);
    TessBaseAPIClear(engine);
    return vertical;
}

#endif
