/* unseen.c: white on white. */
#include "extract/unseen.h"

#include "dabiao/limits.h"

static gboolean is_on(const GArray *boxes, float x, float y) {
    for (guint i = 0; boxes && i < boxes->len; i++) {
        const DabBox *b = &g_array_index(boxes, DabBox, i);
        if (x >= b->x0 && x <= b->x1 && y >= b->y0 && y <= b->y1) return TRUE;
    }
    return FALSE;
}

/* A line as thick as a row of text may be its background; how thick it is nobody noted. */
static gboolean is_on_line(const GArray *segments, const DabBox *c, float x) {
    for (guint i = 0; i < segments->len; i++) {
        const DabSegment *s = &g_array_index(segments, DabSegment, i);
        if (!s->vertical && x >= s->from && x <= s->to && s->at > c->y0 && s->at < c->y1) return TRUE;
    }
    return FALSE;
}

void dab_unseen_drop(DabRawPage *page) {
    DabChar *c = (DabChar *)page->chars->data;
    guint out = 0;
    if (page->shades && page->shades->len >= DAB_MAX_SHADES) return; /* not all of them are known */
    for (guint i = 0; i < page->chars->len; i++) {
        const DabBox *b = &c[i].glyph.box;
        float x = dab_mid(b->x0, b->x1), y = dab_mid(b->y0, b->y1);
        gboolean seen = !(c[i].style & DAB_CHAR_WHITE) || is_on(page->shades, x, y) || is_on(page->images, x, y) ||
                        is_on_line(page->segments, b, x);
        if (seen) c[out++] = c[i];
    }
    g_array_set_size(page->chars, out);
}
