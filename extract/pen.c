/* pen.c: a path as it is painted → ruling pieces and filled areas. */
#include "extract/pen.h"

#include <math.h>

#include "dabiao/limits.h"

#define MIN_SHADE 5.0f /* points */
#define THIN 3.2f      /* points: a filled shape up to this thick is a line */
#define SHORTEST 1.5f  /* a dash of a dotted border */

static DabBox intersect(DabBox a, DabBox b) {
    return (DabBox){MAX(a.x0, b.x0), MAX(a.y0, b.y0), MIN(a.x1, b.x1), MIN(a.y1, b.y1)};
}

/* A thin box, whatever drew it, is a segment along its longer side. */
static void add_thin_box(DabPen *pen, DabBox box) {
    box = intersect(box, pen->now.clip);
    float w = box.x1 - box.x0, h = box.y1 - box.y0;
    if (!(w >= 0) || !(h >= 0) || MIN(w, h) > THIN || MAX(w, h) < SHORTEST || MAX(w, h) < 1.5f * MIN(w, h)) return;
    if (pen->canvas->page->segments->len >= DAB_MAX_SEGMENTS) {
        pen->canvas->overflow = TRUE;
        return;
    }
    DabSegment s = w > h ? (DabSegment){FALSE, dab_mid(box.y0, box.y1), box.x0, box.x1}
                         : (DabSegment){TRUE, dab_mid(box.x0, box.x1), box.y0, box.y1};
    g_array_append_val(pen->canvas->page->segments, s);
}

/* A filled area as high as a row of a table, or several: what a shaded row is known by. */
void dab_pen_shade(DabPen *pen, DabBox box) {
    GArray *shades = pen->canvas->page->shades;
    box = intersect(box, pen->now.clip);
    if (pen->now.white || !shades || shades->len >= DAB_MAX_SHADES || box.x1 - box.x0 < MIN_SHADE || box.y1 - box.y0 < MIN_SHADE)
        return;
    g_array_append_val(shades, box);
}

void dab_pen_point(DabPen *pen, double x, double y, int how) {
    if (pen->n_path >= DAB_MAX_PATH) {
        pen->too_long = TRUE;
        return;
    }
    const DabMatrix *m = &pen->now.ctm;
    pen->path[pen->n_path++] = (DabPoint){(float)(m->a * x + m->c * y + m->e), (float)(m->b * x + m->d * y + m->f), how};
}

void dab_pen_rectangle(DabPen *pen, const double *v) {
    dab_pen_point(pen, v[0], v[1], DAB_MOVE);
    dab_pen_point(pen, v[0] + v[2], v[1], DAB_LINE);
    dab_pen_point(pen, v[0] + v[2], v[1] + v[3], DAB_LINE);
    dab_pen_point(pen, v[0], v[1] + v[3], DAB_LINE);
    dab_pen_point(pen, v[0], v[1], DAB_LINE);
}

void dab_pen_close(DabPen *pen) {
    for (guint i = pen->n_path; i-- > 0;)
        if (pen->path[i].how == DAB_MOVE) {
            DabPoint p = pen->path[i];
            p.how = DAB_LINE;
            if (i + 1 < pen->n_path && pen->n_path < DAB_MAX_PATH) pen->path[pen->n_path++] = p;
            return;
        }
}

static void stroke(DabPen *pen) {
    for (guint i = 1; i < pen->n_path; i++) {
        const DabPoint *p = &pen->path[i - 1], *q = &pen->path[i];
        if (q->how != DAB_LINE) continue;
        float dx = fabsf(p->x - q->x), dy = fabsf(p->y - q->y);
        if (MIN(dx, dy) > 0.5f) continue; /* slanting */
        add_thin_box(pen, (DabBox){MIN(p->x, q->x), MIN(p->y, q->y), MAX(p->x, q->x), MAX(p->y, q->y)});
    }
}

/* The next subpath from *i on: its box, and whether it is made of straight lines. */
static gboolean next_subpath(const DabPen *pen, guint *i, DabBox *box, gboolean *straight) {
    if (*i >= pen->n_path) return FALSE;
    guint k = *i;
    *box = (DabBox){pen->path[k].x, pen->path[k].y, pen->path[k].x, pen->path[k].y};
    *straight = TRUE;
    do {
        const DabPoint *p = &pen->path[k];
        if (p->how == DAB_CURVE) *straight = FALSE;
        *box = (DabBox){MIN(box->x0, p->x), MIN(box->y0, p->y), MAX(box->x1, p->x), MAX(box->y1, p->y)};
        k++;
    } while (k < pen->n_path && pen->path[k].how != DAB_MOVE);
    *i = k;
    return TRUE;
}

/* A rectangle inside another, both filled, leaves a frame: four borders in one stroke of the pen. */
static gboolean add_frame(DabPen *pen, DabBox out, DabBox in) {
    float d[4] = {in.x0 - out.x0, in.y0 - out.y0, out.x1 - in.x1, out.y1 - in.y1};
    for (int k = 0; k < 4; k++)
        if (d[k] < -0.01f || d[k] > THIN) return FALSE;
    if (in.x1 - in.x0 < THIN || in.y1 - in.y0 < THIN) return FALSE;
    if (d[0] > 0.01f) add_thin_box(pen, (DabBox){out.x0, out.y0, in.x0, out.y1});
    if (d[1] > 0.01f) add_thin_box(pen, (DabBox){out.x0, out.y0, out.x1, in.y0});
    if (d[2] > 0.01f) add_thin_box(pen, (DabBox){in.x1, out.y0, out.x1, out.y1});
    if (d[3] > 0.01f) add_thin_box(pen, (DabBox){out.x0, in.y1, out.x1, out.y1});
    return TRUE;
}

static void fill(DabPen *pen) {
    DabBox box, before = {0, 0, 0, 0};
    gboolean straight, have_before = FALSE;
    for (guint i = 0; next_subpath(pen, &i, &box, &straight);) {
        if (!straight) {
            dab_pen_shade(pen, box);
            have_before = FALSE;
            continue;
        }
        gboolean frame = have_before && (add_frame(pen, before, box) || add_frame(pen, box, before));
        if (!frame) add_thin_box(pen, box);
        if (!frame) dab_pen_shade(pen, box);
        /* A large area filled behind a thin clip is a border too (WeasyPrint draws each side so): add_thin_box clips. */
        before = box;
        have_before = !frame;
    }
}

void dab_pen_end(DabPen *pen) {
    if (pen->clip_pending && pen->n_path) {
        DabBox box, all = {0, 0, 0, 0};
        gboolean straight, first = TRUE;
        for (guint i = 0; next_subpath(pen, &i, &box, &straight); first = FALSE)
            all = first ? box : (DabBox){MIN(all.x0, box.x0), MIN(all.y0, box.y0), MAX(all.x1, box.x1), MAX(all.y1, box.y1)};
        pen->now.clip = intersect(pen->now.clip, all);
    }
    pen->clip_pending = FALSE;
    pen->n_path = 0;
    pen->too_long = FALSE;
}

void dab_pen_paint(DabPen *pen, gboolean fills, gboolean strokes) {
    if (!pen->too_long) {
        if (fills) fill(pen);
        if (strokes) stroke(pen);
    }
    dab_pen_end(pen);
}
