/* segments.c: ruling pieces → whole lines → groups. */
#include "extract/segments.h"

#include <math.h>
#include <stdlib.h>

#define SAME_LINE 1.6f /* points aside that two pieces of one line may be */
#define JOIN_GAP 3.0f  /* points between two dashes of one line */
#define MIN_LENGTH 7.0f

static int by_place(const void *a, const void *b) {
    const DabSegment *p = a, *q = b;
    if (p->vertical != q->vertical) return p->vertical - q->vertical;
    if (p->at != q->at) return p->at < q->at ? -1 : 1;
    return p->from < q->from ? -1 : p->from > q->from;
}
static int by_from(const void *a, const void *b) {
    const DabSegment *p = a, *q = b;
    return p->from < q->from ? -1 : p->from > q->from;
}

/* Pieces [first, end) lie on one line: joins them to whole ones at `*out`. */
static void join_line(DabSegment *s, guint first, guint end, guint *out) {
    qsort(s + first, end - first, sizeof *s, by_from);
    guint k = *out;
    for (guint i = first; i < end;) {
        DabSegment whole = s[i];
        double weight = whole.to - whole.from + 0.1, sum = whole.at * weight;
        for (i++; i < end && s[i].from <= whole.to + JOIN_GAP; i++) {
            double w = s[i].to - s[i].from + 0.1;
            sum += s[i].at * w;
            weight += w;
            whole.to = MAX(whole.to, s[i].to);
        }
        whole.at = (float)(sum / weight);
        if (whole.to - whole.from >= MIN_LENGTH) s[k++] = whole;
    }
    *out = k;
}

void dab_segments_merge(GArray *segments) {
    DabSegment *s = (DabSegment *)segments->data;
    guint n = segments->len, out = 0;
    if (n) qsort(s, n, sizeof *s, by_place);
    for (guint i = 0; i < n;) {
        guint k = i + 1;
        while (k < n && s[k].vertical == s[i].vertical && s[k].at - s[i].at <= SAME_LINE) k++;
        guint next = k;
        join_line(s, i, k, &out);
        i = next;
    }
    g_array_set_size(segments, out);
}

static guint find_root(guint *parent, guint i) {
    while (parent[i] != i) i = parent[i] = parent[parent[i]];
    return i;
}

guint *dab_segments_group(DabPool *pool, const GArray *segments, guint *n_groups) {
    const DabSegment *s = (const DabSegment *)segments->data;
    guint n = segments->len, n_horizontal = 0;
    guint *parent = dab_pool_alloc(pool, sizeof(guint) * (n + 1)), *group = dab_pool_alloc(pool, sizeof(guint) * (n + 1));
    for (guint i = 0; i < n; i++) parent[i] = i;
    while (n_horizontal < n && !s[n_horizontal].vertical) n_horizontal++; /* merge leaves them sorted: horizontal first, by place */
    for (guint v = n_horizontal; v < n; v++)
        for (guint h = 0; h < n_horizontal && s[h].at <= s[v].to + DAB_TOUCH; h++)
            if (s[h].at >= s[v].from - DAB_TOUCH && s[v].at >= s[h].from - DAB_TOUCH && s[v].at <= s[h].to + DAB_TOUCH)
                parent[find_root(parent, v)] = find_root(parent, h);
    *n_groups = 0;
    for (guint i = 0; i < n; i++)
        if (find_root(parent, i) == i) group[i] = (*n_groups)++;
    for (guint i = 0; i < n; i++) group[i] = group[find_root(parent, i)];
    return group;
}
