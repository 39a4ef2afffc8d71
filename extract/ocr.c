/* ocr.c: the only user of Tesseract. Part of the module that recogniser.c loads. */
#include "extract/ocr.h"

#include <dlfcn.h>
#include <locale.h>
#include <string.h>
#include <tesseract/capi.h>
#include <time.h>

#include "extract/percent_signs.h"
#include "extract/put_signs.h"
#include "extract/recogniser.h"

#define DARK 180      /* of ink, and above of paper */
#define LEAST_DARK 10 /* pixels: fewer are grain, and no stroke */
#define MOST_READS 3  /* of one rectangle, when signs in it turn out to be none */
#define GOOD_LINE 40  /* pixels: the height of a line that the nets read best */

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

static const char *missing(void) {
    return engine_of(FALSE)
               ? NULL
               : "Tesseract finds no data for Chinese (on Debian: apt-get install tesseract-ocr-chi-sim; elsewhere set "
                 "TESSDATA_PREFIX)";
}

static const char *vertical_missing(void) {
    return engine_of(TRUE) ? NULL
                           : "Tesseract finds no data for vertical Chinese (on Debian: apt-get install tesseract-ocr-chi-sim-vert)";
}

/* Not the clock on the wall: a busy machine is no reason to read less. */
static double seconds_spent(void) {
    struct timespec t;
    return clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t) == 0 ? (double)t.tv_sec + (double)t.tv_nsec * 1e-9 : 0;
}

static double seconds_allowed = G_MAXDOUBLE; /* seconds_spent() at which reading ends */

static void allow(guint seconds) {
    seconds_allowed = seconds_spent() + seconds;
}
static gboolean ran_out(void) {
    return seconds_spent() >= seconds_allowed;
}
static bool is_over(void *data, int n_words) {
    (void)data;
    (void)n_words;
    return ran_out();
}

/* What Tesseract was given of the picture, to find the way back. */
typedef struct {
    guint x0, y0, shrink, margin; /* pixels of the picture for one of its own; its own around it */
    guint width, height;
    guint8 *grey;
} Frame;

static gint back(const Frame *f, gint at, guint origin) {
    return (gint)origin + (at - (gint)f->margin) * (gint)f->shrink;
}

/* What one element of the iterator says, split into code points that share its width. */
static void take_symbol(TessResultIterator *it, const Frame *f, gboolean begins_line, gboolean begins_word, GArray *symbols) {
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
                           .x0 = back(f, x0 + (gint)((x1 - x0) * i / n), f->x0),
                           .y0 = back(f, y0, f->y0),
                           .x1 = back(f, x0 + (gint)((x1 - x0) * (i + 1) / n), f->x0),
                           .y1 = back(f, y1, f->y0)};
            g_array_append_val(symbols, s);
        }
    }
    if (text) TessDeleteText(text);
}

static float take_symbols(TessBaseAPI *engine, const Frame *f, GArray *symbols) {
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
        take_symbol(it, f, TessPageIteratorIsAtBeginningOf(place, RIL_TEXTLINE), TessPageIteratorIsAtBeginningOf(place, RIL_WORD),
                    symbols);
    } while (TessResultIteratorNext(it, RIL_SYMBOL));
    TessResultIteratorDelete(it);
    return n ? (float)n_vertical / (float)n : 0;
}

static guint8 mean_of(const DabImage *image, guint x0, guint y0, guint shrink) {
    guint sum = 0;
    for (guint y = y0; y < y0 + shrink; y++)
        for (guint x = x0; x < x0 + shrink; x++) sum += image->grey[(gsize)y * image->width + x];
    return (guint8)(sum / (shrink * shrink));
}

/* The rectangle with white around it, for Tesseract misreads characters that touch the edge; shrunk where its one line is so
 * large that the net would misread it too. */
static Frame put_on_white(const DabImage *image, DabOcrMode mode, guint x0, guint y0, guint x1, guint y1) {
    Frame f = {
        .x0 = x0, .y0 = y0, .shrink = mode == DAB_OCR_LINE ? MAX((y1 - y0) / GOOD_LINE, 1) : 1, .margin = MAX(image->text / 2, 8)};
    guint w = MAX((x1 - x0) / f.shrink, 1), h = MAX((y1 - y0) / f.shrink, 1);
    f.width = w + 2 * f.margin;
    f.height = h + 2 * f.margin;
    f.grey = g_malloc((gsize)f.width * f.height);
    memset(f.grey, 255, (gsize)f.width * f.height);
    for (guint y = 0; y < h; y++) {
        guint8 *to = f.grey + (gsize)(y + f.margin) * f.width + f.margin;
        if (f.shrink == 1)
            memcpy(to, image->grey + (gsize)(y0 + y) * image->width + x0, w);
        else
            for (guint x = 0; x < w; x++) to[x] = mean_of(image, x0 + x * f.shrink, y0 + y * f.shrink, f.shrink);
    }
    return f;
}

static void whiten(const Frame *f, guint x0, guint y0, guint x1, guint y1) {
    x1 = MIN(x1, f->width);
    y1 = MIN(y1, f->height);
    for (guint y = y0; y < y1 && x0 < x1; y++) memset(f->grey + (gsize)y * f->width + x0, 255, x1 - x0);
}

/* White over the signs that stand wholly in the frame, and the pale edges of their strokes. TRUE when nothing else is left. */
static gboolean hide_signs(const DabImage *image, const Frame *f) {
    const guint right = f->x0 + (f->width - 2 * f->margin) * f->shrink, bottom = f->y0 + (f->height - 2 * f->margin) * f->shrink;
    guint n_hidden = 0, n_dark = 0;
    for (guint i = 0; image->signs && i < image->signs->len; i++) {
        const DabPercentSign *s = &g_array_index(image->signs, DabPercentSign, i);
        if (s->x0 < f->x0 || s->y0 < f->y0 || s->x1 > right || s->y1 > bottom) continue;
        whiten(f, f->margin + (s->x0 - f->x0) / f->shrink - 1, f->margin + (s->y0 - f->y0) / f->shrink - 2,
               f->margin + (s->x1 - f->x0) / f->shrink + 2, f->margin + (s->y1 - f->y0) / f->shrink + 2);
        n_hidden++;
    }
    for (gsize i = 0; n_hidden && i < (gsize)f->width * f->height; i++) n_dark += f->grey[i] < DARK;
    return n_hidden && n_dark < LEAST_DARK;
}

static float read_frame(TessBaseAPI *engine, const DabImage *image, DabOcrMode mode, const Frame *f, GArray *symbols) {
    static const TessPageSegMode modes[] = {PSM_AUTO, PSM_SINGLE_BLOCK, PSM_SINGLE_LINE, PSM_SINGLE_BLOCK_VERT_TEXT};
    float vertical = 0;
    TessBaseAPISetPageSegMode(engine, modes[mode]);
    TessBaseAPISetImage(engine, f->grey, (int)f->width, (int)f->height, 1, (int)f->width);
    TessBaseAPISetSourceResolution(engine, (int)CLAMP(image->density * 72 / (float)f->shrink, 70, 2400));
    ETEXT_DESC *monitor = TessMonitorCreate();
    TessMonitorSetCancelFunc(monitor, is_over);
    if (TessBaseAPIRecognize(engine, monitor) == 0) vertical = take_symbols(engine, f, symbols);
    TessMonitorDelete(monitor);
    TessBaseAPIClear(engine);
    return vertical;
}

static float read_rectangle(const DabImage *image, DabOcrMode mode, guint x0, guint y0, guint x1, guint y1, GArray *symbols) {
    TessBaseAPI *engine = engine_of(mode == DAB_OCR_VERTICAL);
    if (!engine || x0 >= x1 || y0 >= y1 || x1 > image->width || y1 > image->height) return 0;
    guint first = symbols->len;
    float vertical = 0;
    gboolean done = FALSE;
    for (guint i = 0; i < MOST_READS && !done && !ran_out(); i++) {
        Frame f = put_on_white(image, mode, x0, y0, x1, y1);
        gboolean upright = mode != DAB_OCR_VERTICAL, empty = upright && hide_signs(image, &f);
        g_array_set_size(symbols, first);
        if (!empty) vertical = read_frame(engine, image, mode, &f, symbols);
        g_free(f.grey);
        done = !upright || dab_signs_put(image, x0, y0, x1, y1, symbols, first);
    }
    return vertical;
}

const DabOcrFunctions dab_ocr_functions = {DAB_RECOGNISER_VERSION, missing, vertical_missing, allow, ran_out, read_rectangle};
