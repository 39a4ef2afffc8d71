/* rulings.c: horizontal rules, whole again. */
#include "extract/rulings.h"

#include <stdlib.h>

#define BROKEN 14.0f /* points between the pieces of a rule drawn column by column */

static int by_at(const void *a, const void *b) {
    const DabSegment *p = a, *q = b;
    if (p->at != q->at) return p->at < q->at ? -1 : 1;
    return p->from < q->from ? -1 : p->from > q->from;
}

GArray *dab_rulings_find(DabPool *pool, const DabRawPage *page, gboolean whole) {
    GArray *rules = dab_pool_array(pool, sizeof(DabSegment));
    const GArray *segments = page->segments;
    for (guint i = 0; page->shades && i < page->shades->len; i++) {
        DabBox b = g_array_index(page->shades, DabBox, i);
        if (b.y1 - b.y0 > 0.3f * page->height) continue;
        DabSegment edges[] = {{FALSE, b.y0, b.x0, b.x1}, {FALSE, b.y1, b.x0, b.x1}};
        g_array_append_vals(rules, edges, 2);
    }
    for (guint i = 0; i < segments->len; i++) {
        const DabSegment *s = &g_array_index(segments, DabSegment, i);
        if (!s->vertical) g_array_append_val(rules, *s);
    }
    if (rules->len) qsort(rules->data, rules->len, sizeof(DabSegment), by_at);
    if (!whole) return rules;
    DabSegment *r = (DabSegment *)rules->data;
    guint out = 0;
    for (guint i = 0; i < rules->len; i++) {
        gboolean joined = FALSE;
        for (guint k = out; k-- > 0 && r[i].at - r[k].at < 1.6f && !joined;) {
            if (dab_overlap(r[k].from, r[k].to, r[i].from, r[i].to) < -BROKEN) continue;
            r[k].from = MIN(r[k].from, r[i].from);
            r[k].to = MAX(r[k].to, r[i].to);
            joined = TRUE;
        }
        if (!joined) r[out++] = r[i];
    }
    g_array_set_size(rules, out);
    return rules;
}
