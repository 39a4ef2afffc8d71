/* percent_signs.c: rings in pairs, and the stroke between them. */
#include "extract/percent_signs.h"

#include <math.h>
#include <stdlib.h>

#include "dabiao/limits.h"

/* All of the height of the text's hanzi. */
#define LEAST_HOLE 0.06f
#define MOST_HOLE 0.55f
#define LEAST_HEIGHT 0.42f
#define MOST_HEIGHT 1.15f
#define LEAST_WIDTH 0.36f
#define MOST_WIDTH 1.2f
#define STROKE 0.16f /* how thick ink may be */

#define LIKE 2.0f    /* times that one ring may be as wide or high as the other */
#define ENDS 0.06f   /* of the height: where the stroke may have ended */
#define BREAKS 0.08f /* of the height: rows without the stroke */
#define MOST_BREAK 1
#define MOST_TRIES 20000 /* pairs of rings on a picture whose stroke is looked for; grain has more, a page some hundred */
#define CORNER 0.06f     /* share of ink in a corner that is empty */

typedef struct {
    gint x0, y0, x1, y1; /* end exclusive */
} Hole;

typedef struct {
    gint x0, x1, y; /* of white pixels */
    guint parent;
} Run;

typedef struct {
    const DabImage *image;
    guint8 threshold;
    float text;
} View;

static gboolean is_ink(const View *v, gint x, gint y) {
    const DabImage *image = v->image;
    return x >= 0 && y >= 0 && x < (gint)image->width && y < (gint)image->height &&
           image->grey[(gsize)y * image->width + (gsize)x] < v->threshold;
}

static guint root_of(GArray *runs, guint i) {
    while (g_array_index(runs, Run, i).parent != i) {
        Run *run = &g_array_index(runs, Run, i);
        run->parent = g_array_index(runs, Run, run->parent).parent;
        i = run->parent;
    }
    return i;
}

/* Joins the runs of row [from, to) to those above, [above, from), that they touch: white touches along edges only. */
static void join_rows(GArray *runs, guint above, guint from) {
    guint k = above;
    for (guint i = from; i < runs->len; i++) {
        gint x0 = g_array_index(runs, Run, i).x0, x1 = g_array_index(runs, Run, i).x1;
        while (k < from && g_array_index(runs, Run, k).x1 <= x0) k++;
        for (guint j = k; j < from && g_array_index(runs, Run, j).x0 < x1; j++) {
            guint a = root_of(runs, i), b = root_of(runs, j);
            g_array_index(runs, Run, MAX(a, b)).parent = MIN(a, b);
        }
    }
}

static GArray *find_runs(const View *v) {
    GArray *runs = g_array_new(FALSE, FALSE, sizeof(Run));
    guint above = 0;
    for (guint y = 0; y < v->image->height; y++) {
        const guint8 *row = v->image->grey + (gsize)y * v->image->width;
        guint from = runs->len, width = v->image->width;
        for (guint x = 0; x < width; x++) {
            if (row[x] < v->threshold) continue;
            Run run = {(gint)x, 0, (gint)y, runs->len};
            while (x < width && row[x] >= v->threshold) x++;
            run.x1 = (gint)x;
            g_array_append_val(runs, run);
        }
        join_rows(runs, above, from);
        above = from;
    }
    return runs;
}

/* White all around in ink, as large as the inside of a ring may be; top to bottom. */
static GArray *find_holes(const View *v) {
    g_autoptr(GArray) runs = find_runs(v);
    GArray *holes = g_array_new(FALSE, FALSE, sizeof(Hole));
    g_autofree Hole *boxes = g_new(Hole, runs->len + 1);
    for (guint i = 0; i < runs->len; i++) { /* a root comes before what hangs on it */
        const Run *run = &g_array_index(runs, Run, i);
        Hole own = {run->x0, run->y, run->x1, run->y + 1}, *b = boxes + root_of(runs, i);
        *b = b == boxes + i ? own : (Hole){MIN(b->x0, own.x0), b->y0, MAX(b->x1, own.x1), own.y1};
    }
    gint least = (gint)fmaxf(LEAST_HOLE * v->text, 2), most = (gint)(MOST_HOLE * v->text);
    for (guint i = 0; i < runs->len; i++) {
        gint w = boxes[i].x1 - boxes[i].x0, h = boxes[i].y1 - boxes[i].y0;
        if (g_array_index(runs, Run, i).parent == i && w >= least / 2 && h >= least && w <= most && h <= most)
            g_array_append_val(holes, boxes[i]);
    }
    return holes;
}

static gboolean are_like(const Hole *a, const Hole *b) {
    float wa = (float)(a->x1 - a->x0) + 1, wb = (float)(b->x1 - b->x0) + 1, ha = (float)(a->y1 - a->y0) + 1,
          hb = (float)(b->y1 - b->y0) + 1;
    return fmaxf(wa, wb) <= LIKE * fminf(wa, wb) && fmaxf(ha, hb) <= LIKE * fminf(ha, hb);
}

/* The hole with the ring around it. FALSE when what is around it is too thick for one. */
static gboolean ring_around(const View *v, const Hole *hole, Hole *ring) {
    gint most = (gint)(STROKE * v->text) + 1, cx = (hole->x0 + hole->x1) / 2, cy = (hole->y0 + hole->y1) / 2;
    *ring = *hole;
    for (gint n = 0; is_ink(v, ring->x0 - 1, cy) && n < most; n++) ring->x0--;
    for (gint n = 0; is_ink(v, ring->x1, cy) && n < most; n++) ring->x1++;
    for (gint n = 0; is_ink(v, cx, ring->y0 - 1) && n < most; n++) ring->y0--;
    for (gint n = 0; is_ink(v, cx, ring->y1) && n < most; n++) ring->y1++;
    return !is_ink(v, cx, ring->y0 - 1) && !is_ink(v, cx, ring->y1);
}

typedef struct {
    float x, lean; /* where it crosses the middle row, and how far it leans to the right on the way up, for each row */
} Stroke;

static float stroke_at(Stroke s, gint y, float middle) {
    return s.x + s.lean * (middle - (float)y - 0.5f);
}

/* Whether the stroke has ink from row to row: a grain of paper may break it once or twice, but never for long. */
static gboolean is_inked(const View *v, Stroke s, gint y0, gint y1) {
    float middle = (float)(y0 + y1) / 2;
    gint cut = (gint)((float)(y1 - y0) * ENDS), missing = 0, row = 0;
    for (gint y = y0 + cut; y < y1 - cut; y++) {
        gint x = (gint)stroke_at(s, y, middle);
        gboolean ink = is_ink(v, x, y);
        row = ink ? 0 : row + 1;
        missing += !ink;
        if (row > MOST_BREAK || (float)missing > BREAKS * (float)(y1 - y0)) return FALSE;
    }
    return TRUE;
}

/* Neither above the lower ring right of the stroke, nor below the upper one left of it, is there ink. */
static gboolean corners_empty(const View *v, Stroke s, const Hole *upper, const Hole *lower) {
    float middle = (float)(upper->y0 + lower->y1) / 2, room = STROKE * v->text * 0.6f + 1;
    guint n = 0, ink = 0;
    for (gint y = upper->y0; y < lower->y0 - 1; y++)
        for (gint x = (gint)(stroke_at(s, y, middle) + room) + 1; x < lower->x1; x++, n++) ink += is_ink(v, x, y);
    for (gint y = upper->y1 + 1; y < lower->y1; y++)
        for (gint x = upper->x0; x < (gint)(stroke_at(s, y, middle) - room); x++, n++) ink += is_ink(v, x, y);
    return n >= 6 && (float)ink <= CORNER * (float)n;
}

static gboolean has_stroke(const View *v, const Hole *a, const Hole *b, const Hole *upper, const Hole *lower) {
    gint y0 = upper->y0, y1 = lower->y1;
    float middle = (float)(y0 + y1) / 2, from = (float)(a->x0 + a->x1) / 2, to = (float)(b->x0 + b->x1) / 2;
    for (float lean = 0.1f; lean <= 1.05f; lean += 0.04f)
        for (float at = 0.3f; at <= 0.71f; at += 0.025f) {
            Stroke s = {from + (to - from) * at, lean};
            gboolean between = stroke_at(s, (a->y0 + a->y1) / 2, middle) >= (float)a->x1 &&
                               stroke_at(s, (b->y0 + b->y1) / 2, middle) <= (float)b->x0;
            if (between && is_inked(v, s, y0, y1) && corners_empty(v, s, upper, lower)) return TRUE;
        }
    return FALSE;
}

static gboolean fits(float at, float least, float most, float text) {
    return at >= least * text && at <= most * text;
}

/* Whether the two are the rings of a sign; `whole` gets its ink. */
static gboolean is_sign(const View *v, const Hole *a, const Hole *b, Hole *whole, guint *n_tries) {
    Hole upper, lower;
    if (!are_like(a, b) || b->y0 * 4 < a->y1 * 4 - (a->y1 - a->y0) || b->x0 < a->x1) return FALSE;
    if (!fits((float)(b->y1 - a->y0), LEAST_HEIGHT * 0.7f, MOST_HEIGHT, v->text)) return FALSE;
    if (!ring_around(v, a, &upper) || !ring_around(v, b, &lower)) return FALSE;
    *whole = (Hole){upper.x0, upper.y0, lower.x1, lower.y1};
    return fits((float)(whole->x1 - whole->x0), LEAST_WIDTH, MOST_WIDTH, v->text) &&
           fits((float)(whole->y1 - whole->y0), LEAST_HEIGHT, MOST_HEIGHT, v->text) && ++*n_tries <= MOST_TRIES &&
           has_stroke(v, a, b, &upper, &lower);
}

/* A third ring beside the lower one. */
static const Hole *third_ring(const View *v, const GArray *holes, guint at, Hole *ring) {
    const Hole *b = &g_array_index(holes, Hole, at);
    gint height = b->y1 - b->y0;
    for (guint i = at > 200 ? at - 200 : 0; i < holes->len && i < at + 200; i++) {
        const Hole *c = &g_array_index(holes, Hole, i);
        if (c->x0 <= b->x1 || (float)(c->x0 - b->x1) > 0.35f * v->text || abs(c->y0 - b->y0) > height / 3 + 1 ||
            abs(c->y1 - b->y1) > height / 3 + 1 || !are_like(b, c) || !ring_around(v, c, ring))
            continue;
        return c;
    }
    return NULL;
}

static gboolean overlap(const DabPercentSign *a, const DabPercentSign *b) {
    return a->x0 < b->x1 && b->x0 < a->x1 && a->y0 < b->y1 && b->y0 < a->y1;
}

/* Of two that overlap the wider one is meant: ‰ and not its % or its rings with the full stop behind it. */
static void add_sign(GArray *signs, DabPercentSign sign) {
    for (guint i = 0; i < signs->len; i++) {
        DabPercentSign *old = &g_array_index(signs, DabPercentSign, i);
        if (!overlap(old, &sign)) continue;
        if (sign.ch != '%' && old->ch == '%') *old = sign;
        return;
    }
    g_array_append_val(signs, sign);
}

static void find_signs(const View *v, GArray *signs) {
    guint n_tries = 0;
    g_autoptr(GArray) holes = find_holes(v);
    if (holes->len > DAB_MAX_RINGS) return;
    for (guint i = 0; i < holes->len; i++) {
        const Hole *a = &g_array_index(holes, Hole, i);
        for (guint k = i + 1; k < holes->len; k++) {
            const Hole *b = &g_array_index(holes, Hole, k);
            Hole whole, third;
            if ((float)(b->y0 - a->y0) > 0.8f * v->text) break;
            if (b->x0 < a->x1 || (float)(b->x1 - a->x0) > MOST_WIDTH * v->text || b->y1 <= a->y1) continue;
            if (!is_sign(v, a, b, &whole, &n_tries)) continue;
            DabPercentSign sign = {(guint)whole.x0, (guint)whole.y0, (guint)whole.x1, (guint)whole.y1, '%'};
            if (third_ring(v, holes, k, &third)) {
                sign.ch = 0x2030;
                sign.x1 = (guint)third.x1;
            }
            add_sign(signs, sign);
            break;
        }
    }
}

GArray *dab_percent_signs_find(const DabImage *image) {
    GArray *signs = g_array_new(FALSE, FALSE, sizeof(DabPercentSign));
    static const guint8 thresholds[] = {150, 190, 220}; /* bold rings run full, fine ones break: at one of these they are whole */
    for (guint i = 0; image->text && i < G_N_ELEMENTS(thresholds); i++) {
        View view = {image, thresholds[i], (float)image->text};
        find_signs(&view, signs);
    }
    return signs;
}
