#include "extract/recogniser.h"

#include <dlfcn.h>

#include "dabiao/error.h"
#include "dabiao/recogniser.h"

#define MODULE "dabiao-ocr.so"

static struct {
    gboolean tried;
    const DabOcrFunctions *ocr; /* NULL: there is no recognition */
    const DabScanFunctions *scan;
    const char *problem;
} loaded;

/* Installed: PREFIX/bin/dabiao and PREFIX/lib/dabiao/dabiao-ocr.so; else both stand in the build folder. */
const char *dab_recogniser_file(void) {
    static char *file;
    g_autofree char *program = file ? NULL : g_file_read_link("/proc/self/exe", NULL);
    if (!program) return file;
    g_autofree char *folder = g_path_get_dirname(program);
    g_autofree char *name = g_path_get_basename(folder);
    file = g_str_equal(name, "bin") ? g_build_filename(folder, "..", "lib", "dabiao", MODULE, NULL)
                                    : g_build_filename(folder, MODULE, NULL);
    return file;
}

static void load_module(void) {
    const char *file = dab_recogniser_file();
    if (!file || !g_file_test(file, G_FILE_TEST_EXISTS)) {
        loaded.problem = "this build has no OCR (make it again where libtesseract-dev and libleptonica-dev are installed)";
        return;
    }
    void *module = dlopen(file, RTLD_LAZY | RTLD_LOCAL);
    const DabOcrFunctions *ocr = module ? dlsym(module, "dab_ocr_functions") : NULL;
    const DabScanFunctions *scan = ocr ? dlsym(module, "dab_scan_functions") : NULL;
    if (!scan)
        loaded.problem = g_strdup_printf("OCR cannot be loaded: %s", dlerror());
    else if (ocr->version != DAB_RECOGNISER_VERSION)
        loaded.problem = g_strdup_printf("OCR cannot be loaded: %s is another version's", file);
    else {
        loaded.ocr = ocr;
        loaded.scan = scan;
    }
}

void dab_recogniser_load(void) {
    if (loaded.tried) return;
    loaded.tried = TRUE;
    if (&dab_ocr_functions && &dab_scan_functions) {
        loaded.ocr = &dab_ocr_functions;
        loaded.scan = &dab_scan_functions;
    } else
        load_module();
}

gboolean dab_recogniser_is_loaded(void) {
    return loaded.tried;
}

static gboolean is_there(void) {
    dab_recogniser_load();
    return loaded.ocr != NULL;
}

/* ---- ocr.h ---- */

const char *dab_ocr_missing(void) {
    return is_there() ? loaded.ocr->missing() : loaded.problem;
}

const char *dab_ocr_vertical_missing(void) {
    return is_there() ? loaded.ocr->vertical_missing() : loaded.problem;
}

void dab_ocr_allow(guint seconds) {
    if (is_there()) loaded.ocr->allow(seconds);
}

gboolean dab_ocr_ran_out(void) {
    return is_there() && loaded.ocr->ran_out();
}

float dab_ocr_read(const DabImage *image, DabOcrMode mode, guint x0, guint y0, guint x1, guint y1, GArray *symbols) {
    return is_there() ? loaded.ocr->read(image, mode, x0, y0, x1, y1, symbols) : 0;
}

/* ---- scan.h ---- */

guint dab_scan_count(const guint8 *data, gsize bytes, guint limit) {
    return is_there() ? loaded.scan->count(data, bytes, limit) : 0;
}

DabImage *dab_scan_decode(const guint8 *data, gsize bytes, guint index, GError **error) {
    if (is_there()) return loaded.scan->decode(data, bytes, index, error);
    g_set_error_literal(error, DAB_ERROR, DAB_ERROR_EMPTY, loaded.problem);
    return NULL;
}

float dab_scan_clean(DabImage *image, GArray *segments, float *ink) {
    if (is_there()) return loaded.scan->clean(image, segments, ink);
    *ink = 0;
    return 0;
}
