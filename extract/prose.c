/* prose.c: a walk over a page's characters that ends at the first that no running text has. */
#include "extract/prose.h"

#include <math.h>

#include "extract/lines.h"

#define MIN_CHARS 100    /* a page with fewer may be a picture with some words */
#define SAME_LINE 0.35f  /* of the font size */
#define WIDEST_GAP 0.62f /* of the font size: what stands between two cells is wider, also where they are tight */
#define FARTHEST_BACK 0.5f
#define SLACK 0.1f /* of the font size: lines that touch */

/* Letters and signs of Chinese and plain ones. Of others a page may hold many only when its fonts lie. */
static gboolean is_plain(gunichar ch) {
    return dab_is_hanzi(ch) || ch < 0x7F || (ch >= 0x2010 && ch < 0x2070) || (ch >= 0x3000 && ch < 0x3040) ||
           (ch >= 0xFF00 && ch < 0xFFF0);
}

gboolean dab_prose_is_all(const DabRawPage *page) {
    const DabChar *last = NULL;
    guint n = 0, plain = 0;
    float bottom = -G_MAXFLOAT; /* of the lines so far */
    for (guint i = 0; i < page->chars->len; i++) {
        const DabChar *c = &g_array_index(page->chars, DabChar, i);
        if (c->style & DAB_CHAR_WHITE) return FALSE;
        if (c->style & DAB_CHAR_BLANK) continue;
        const DabGlyph *g = &c->glyph, *before = last ? &last->glyph : NULL;
        float size = before ? MIN(g->size, before->size) : g->size;
        if (before && fabsf(dab_mid(g->box.y0, g->box.y1) - dab_mid(before->box.y0, before->box.y1)) <= SAME_LINE * size) {
            float gap = g->box.x0 - before->box.x1;
            if (!(gap <= WIDEST_GAP * size && gap >= -FARTHEST_BACK * size)) return FALSE;
        } else if (!(dab_core_y0(g->box, g->size) >= bottom - SLACK * size)) {
            return FALSE;
        }
        bottom = MAX(bottom, dab_core_y1(g->box, g->size));
        plain += is_plain(g->ch);
        n++;
        last = c;
    }
    return n >= MIN_CHARS && plain * 10 >= n * 9;
}
