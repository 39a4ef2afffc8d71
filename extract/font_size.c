/* font_size.c: font sizes from the width of hanzi. */
#include "extract/font_size.h"

#include <stdlib.h>

#define NARROWEST 0.7f /* condensed type */
#define WIDEST 1.4f    /* spaced type: a box reaches to the next character */
#define SAMPLE 200u    /* hanzi of one font whose widths are looked at */
/* Poppler lets a Type 3 font reach 0.95 of its size above the base line and 0.35 below. */
#define BASE_LINE (0.95f / 1.3f)

static int by_float(const void *a, const void *b) {
    float x = *(const float *)a, y = *(const float *)b;
    return x < y ? -1 : x > y;
}

/* By what the size of font `font` is to be multiplied: 0 when no hanzi tells. */
static float find_factor(const GArray *chars, guint font, float size, float *widths) {
    guint n = 0;
    for (guint i = 0; i < chars->len; i++) {
        const DabChar *c = &g_array_index(chars, DabChar, i);
        if (c->font == font && !(c->style & DAB_CHAR_BLANK) && dab_is_wide_letter(c->glyph.ch))
            widths[n++] = c->glyph.box.x1 - c->glyph.box.x0;
    }
    if (!n || size <= 0) return 0;
    if (n > SAMPLE) { /* they are much alike */
        for (guint i = 0; i < SAMPLE; i++) widths[i] = widths[(gsize)i * n / SAMPLE];
        n = SAMPLE;
    }
    qsort(widths, n, sizeof *widths, by_float);
    float factor = widths[n / 4] / size;
    return factor < NARROWEST || factor > WIDEST ? factor : 1;
}

static void mend(DabGlyph *g, float factor) {
    float base = g->box.y0 + BASE_LINE * (g->box.y1 - g->box.y0);
    g->size *= factor;
    g->box.y0 = base - 0.9f * g->size;
    g->box.y1 = base + 0.25f * g->size;
}

void dab_font_size_mend(GArray *chars, const GArray *fonts) {
    if (!fonts->len || !chars->len) return;
    g_autofree float *factors = g_new0(float, fonts->len), *widths = g_new(float, chars->len);
    gboolean any = FALSE;
    for (guint i = 0; i < fonts->len; i++) {
        factors[i] = find_factor(chars, i, g_array_index(fonts, DabFont, i).size, widths);
        any = any || (factors[i] != 0 && factors[i] != 1);
    }
    if (!any) return;
    for (guint i = 0; i < fonts->len; i++) /* digits and letters of the same face */
        for (guint k = 0; k < fonts->len && factors[i] == 0; k++)
            if (factors[k] != 0 && g_strcmp0(g_array_index(fonts, DabFont, i).name, g_array_index(fonts, DabFont, k).name) == 0)
                factors[i] = factors[k];
    for (guint i = 0; i < chars->len; i++) {
        DabChar *c = &g_array_index(chars, DabChar, i);
        float factor = c->font < fonts->len ? factors[c->font] : 1;
        if (factor != 0 && factor != 1) mend(&c->glyph, factor);
    }
}
