/* scanned.c: pages read from their picture. */
#include "extract/scanned.h"

#include "dabiao/limits.h"
#include "extract/ocr.h"

#define FEW 40        /* characters that a scan may carry: a stamp of the scanner's, a page number */
#define COVERED 0.5f  /* share of the page that its pictures cover, when it is a scan */
#define GARBLED 0.3f  /* share of characters that mean nothing */
#define MOJIBAKE 0.4f /* share of accented letters, as no language has them */
#define LEAST_DENSITY 1.0f
#define USUAL_DENSITY (300.0f / 72)
#define MOST_DENSITY (400.0f / 72)

void dab_scanned_init(DabScanned *s, DabPool *pool, DabLayout *layout, const DabSource *source) {
    GPtrArray *turns = g_ptr_array_new_with_free_func((GDestroyNotify)dab_recognition_free);
    *s = (DabScanned){.ocr = source->ocr,
                      .before_ocr = source->before_ocr,
                      .slow_page = source->slow_page,
                      .layout = layout,
                      .turns = dab_pool_own(pool, turns, (GDestroyNotify)g_ptr_array_unref)};
}

static guint count_visible(const DabRawPage *page, gboolean *garbled) {
    guint n = 0, n_senseless = 0, n_accented = 0;
    for (guint i = 0; i < page->chars->len; i++) {
        const DabChar *c = &g_array_index(page->chars, DabChar, i);
        if (c->style & DAB_CHAR_BLANK) continue;
        gunichar ch = c->glyph.ch;
        n++;
        if (dab_is_hanzi(ch)) continue;
        GUnicodeType type = g_unichar_type(ch);
        n_senseless += ch == 0xFFFD || type == G_UNICODE_PRIVATE_USE || type == G_UNICODE_UNASSIGNED || type == G_UNICODE_CONTROL;
        n_accented += ch >= 0xA1 && ch < 0x250;
    }
    *garbled = n && ((float)n_senseless > GARBLED * (float)n || (float)n_accented > MOJIBAKE * (float)n);
    return n;
}

static float covered(const DabRawPage *page) {
    float area = 0;
    for (guint i = 0; i < page->images->len; i++) {
        DabBox b = g_array_index(page->images, DabBox, i);
        area += (b.x1 - b.x0) * (b.y1 - b.y0);
    }
    return area / (page->width * page->height);
}

const char *dab_scanned_reason(const DabScanned *s) {
    const char *missing = s->ocr == DAB_OCR_NEVER ? NULL : dab_ocr_missing();
    return s->ocr == DAB_OCR_NEVER ? "it was not recognised (--ocr never)" : missing ? missing : "no text was recognised on it";
}

static DabImage *render(DabScanned *s, DabPdf *pdf, const DabRawPage *page) {
    if (page->picture_pixels > DAB_MAX_IMAGE_PIXELS) {
        dab_layout_warn(s->layout, "picture_too_large", page->page + 1, "the picture on page %u has more than %u million pixels",
                        page->page + 1, DAB_MAX_IMAGE_PIXELS / 1000000);
        return NULL;
    }
    float density = page->picture_density > 0 ? CLAMP(page->picture_density, LEAST_DENSITY, MOST_DENSITY) : USUAL_DENSITY;
    return dab_pdf_render(pdf, page->page, density);
}

static gboolean recognise(DabScanned *s, DabImage *image, DabRawPage *page) {
    DabRecognition *r = image ? dab_recognise(image, page) : NULL;
    if (r) g_ptr_array_index(s->turns, page->page) = r;
    if (r && dab_recognition_is_cut(r))
        dab_layout_warn(s->layout, "slow_page", page->page + 1,
                        "page %u took more than %u seconds to recognise: the rest of it is not read", page->page + 1,
                        DAB_OCR_PAGE_SECONDS);
    if (r && dab_recognition_warning(r))
        dab_layout_warn(s->layout, "vertical_text", page->page + 1,
                        "page %u is in vertical writing, which was read as if it were not: %s", page->page + 1,
                        dab_recognition_warning(r));
    return r != NULL;
}

void dab_scanned_page(DabScanned *s, DabPdf *pdf, DabRawPage *page) {
    gboolean garbled, done = FALSE;
    guint visible = count_visible(page, &garbled), number = page->page + 1;
    gboolean scan = (visible == 0 || (visible < FEW && covered(page) > COVERED));
    gboolean wanted = s->ocr == DAB_OCR_ALWAYS || (s->ocr == DAB_OCR_AUTO && (scan || garbled));
    g_ptr_array_add(s->turns, NULL);
    if (wanted && s->before_ocr) s->before_ocr();
    if (wanted && s->slow_page) s->slow_page();
    if (wanted && page->width > 0 && !dab_ocr_missing()) done = recognise(s, render(s, pdf, page), page);
    if (garbled)
        dab_layout_warn(s->layout, "garbled_text", number, "the text of page %u is garbage%s", number,
                        done ? ": it was read from its picture" : "");
    s->n_recognised += done;
    s->n_text += !done && visible;
    if (done || (scan ? page->images->len == 0 : !garbled)) return;
    s->n_pictures++;
    if (scan && !visible)
        dab_layout_warn(s->layout, "no_text", number, "page %u is a picture without text: %s", number, dab_scanned_reason(s));
}

gboolean dab_scanned_is_recognised(const DabScanned *s, guint page) {
    return g_ptr_array_index(s->turns, page) != NULL;
}

void dab_scanned_picture(DabScanned *s, DabImage *image, DabRawPage *page) {
    page->width = (float)image->width / image->density;
    page->height = (float)image->height / image->density;
    g_ptr_array_add(s->turns, NULL);
    if (s->slow_page) s->slow_page();
    if (recognise(s, image, page))
        s->n_recognised++;
    else
        s->n_pictures++;
}

void dab_scanned_finish(DabScanned *s) {
    s->layout->text_from = !s->n_recognised ? DAB_TEXT_FROM_TEXT : s->n_text ? DAB_TEXT_FROM_MIXED : DAB_TEXT_FROM_OCR;
    for (guint i = 0; i < s->turns->len; i++)
        if (g_ptr_array_index(s->turns, i)) dab_recognition_turn_back(g_ptr_array_index(s->turns, i), s->layout, i);
}
