/* font_size.c: font sizes from the width of hanzi. */
#include "extract/font_size.h"

#include "base/ranked.h"
#include "extract/sideways.h"

#define NARROWEST 0.7f /* condensed type */
#define WIDEST 1.4f    /* spaced type: a box reaches to the next character */
#define SAMPLE 200u    /* hanzi of one font whose widths are looked at */
/* Poppler lets a Type 3 font reach 0.95 of its size above the base line and 0.35 below. */
#define BASE_LINE (0.95f / 1.3f)

static gboolean tells_width(const DabChar *c) {
    return !(c->style & DAB_CHAR_BLANK) && dab_is_wide_letter(c->glyph.ch);
}

/* By what the size of a font is to be multiplied, told by the widths of its hanzi: 0 when there are none. */
static float find_factor(float *widths, guint n, float size) {
    if (!n || size <= 0) return 0;
    if (n > SAMPLE) { /* they are much alike */
        for (guint i = 0; i < SAMPLE; i++) widths[i] = widths[(gsize)i * n / SAMPLE];
        n = SAMPLE;
    }
    float factor = dab_ranked(widths, n, n / 4) / size;
    return factor < NARROWEST || factor > WIDEST ? factor : 1;
}

/* The factor of each font; whether there is anything to mend. */
static gboolean find_factors(const GArray *chars, const GArray *fonts, float *factors) {
    g_autofree float *widths = g_new(float, chars->len); /* those of a font stand together, from first[font] on */
    g_autofree guint *first = g_new0(guint, fonts->len + 2);
    gboolean any = FALSE;
    for (guint i = 0; i < chars->len; i++) {
        const DabChar *c = &g_array_index(chars, DabChar, i);
        if (c->font < fonts->len) first[c->font + 2] += tells_width(c);
    }
    for (guint i = 2; i < fonts->len + 2; i++) first[i] += first[i - 1];
    for (guint i = 0; i < chars->len; i++) {
        const DabChar *c = &g_array_index(chars, DabChar, i);
        if (c->font < fonts->len && tells_width(c)) widths[first[c->font + 1]++] = c->glyph.box.x1 - c->glyph.box.x0;
    }
    for (guint i = 0; i < fonts->len; i++) {
        factors[i] = find_factor(widths + first[i], first[i + 1] - first[i], g_array_index(fonts, DabFont, i).size);
        any = any || (factors[i] != 0 && factors[i] != 1);
    }
    return any;
}

static void mend(DabGlyph *g, float factor) {
    float base = g->box.y0 + BASE_LINE * (g->box.y1 - g->box.y0);
    g->size *= factor;
    g->box.y0 = base - 0.9f * g->size;
    g->box.y1 = base + 0.25f * g->size;
}

void dab_font_size_mend(GArray *chars, const GArray *fonts) {
    if (!fonts->len || !chars->len || dab_sideways_lies(chars)) return;
    g_autofree float *factors = g_new0(float, fonts->len);
    if (!find_factors(chars, fonts, factors)) return;
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
