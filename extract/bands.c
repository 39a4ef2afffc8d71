#include "extract/bands.h"

#include <stdlib.h>

#define MIN_COLUMN 5.0f /* of the font size: narrower columns are those of a table */

static int by_float(const void *a, const void *b) {
    float x = *(const float *)a, y = *(const float *)b;
    return x < y ? -1 : x > y;
}

/* What stays free in both. Evidence grows by the row's lines where it has text on both sides of the gap. */
static DabStripes intersect(const DabStripes *band, const DabRunRow *row, float em) {
    DabStripes out = {.n = 0};
    for (guint i = 0; i < band->n; i++)
        for (guint k = 0; k < row->free.n; k++) {
            float a = MAX(band->stripes[i].a, row->free.stripes[k].a), b = MIN(band->stripes[i].b, row->free.stripes[k].b);
            if (b - a >= 0.75f * DAB_MIN_GUTTER * em)
                dab_stripes_add(&out, a, b, band->stripes[i].evidence + row->free.stripes[k].evidence);
        }
    return out;
}

static gboolean closes_gutter(const DabStripes *before, const DabStripes *after) {
    for (guint i = 0; i < before->n; i++) {
        if (before->stripes[i].evidence < 2) continue;
        gboolean open = FALSE;
        for (guint k = 0; k < after->n && !open; k++)
            open = after->stripes[k].a >= before->stripes[i].a - 0.01f && after->stripes[k].b <= before->stripes[i].b + 0.01f;
        if (!open) return TRUE;
    }
    return FALSE;
}

DabColumnBand dab_band_grow(const GArray *rows, guint floor_row, guint first, float x0, float x1, float em) {
    DabRunRow *r = (DabRunRow *)rows->data;
    DabColumnBand band = {first, first + 1, r[first].free};
    for (; band.end < rows->len; band.end++) {
        if (r[band.end].ruled || dab_run_row_is_headline(&r[band.end], x0, x1, em)) break;
        DabStripes next = intersect(&band.free, &r[band.end], em);
        if (closes_gutter(&band.free, &next)) break;
        band.free = next;
    }
    while (band.first > floor_row && !r[band.first].ruled && !dab_run_row_is_headline(&r[band.first - 1], x0, x1, em) &&
           !dab_run_row_is_centred(&r[band.first - 1], x0, x1, em)) {
        DabStripes next = intersect(&band.free, &r[band.first - 1], em);
        if (closes_gutter(&band.free, &next)) break;
        band.free = next;
        band.first--;
    }
    return band;
}

/* Whether what stands between two gutters reads as a column of text and not as a column of a table. */
static gboolean is_text_column(const DabRun *runs, guint n, float a, float b, float em) {
    float x0 = DAB_FAR, x1 = -DAB_FAR, ink = 0, y0 = DAB_FAR, y1 = -DAB_FAR;
    guint count = 0;
    for (guint i = 0; i < n; i++) {
        float mid = dab_mid(runs[i].box.x0, runs[i].box.x1);
        if (mid < a || mid > b) continue;
        if (runs[i].table >= 0) return TRUE;
        x0 = MIN(x0, runs[i].box.x0);
        x1 = MAX(x1, runs[i].box.x1);
        y0 = MIN(y0, dab_core_y0(runs[i].box, runs[i].size));
        y1 = MAX(y1, dab_core_y1(runs[i].box, runs[i].size));
        ink += runs[i].box.x1 - runs[i].box.x0;
        count++;
    }
    if (!count || x1 - x0 < MIN_COLUMN * em) return FALSE;
    /* lines of running text fill a column; at 1.2 to 2.2 times the size from line to line that is a share of its height */
    return ink * em * 2.4f >= 0.45f * (x1 - x0) * MAX(y1 - y0, em);
}

guint dab_band_gutters(const DabColumnBand *band, const DabRunRow *rows, const DabRun *runs, float em, float *out) {
    guint first = rows[band->first].first, end = rows[band->end - 1].first + rows[band->end - 1].n, k = 0;
    float at[DAB_MAX_STRIPES];
    for (guint i = 0; i < band->free.n; i++)
        if (band->free.stripes[i].evidence >= 2) at[k++] = dab_mid(band->free.stripes[i].a, band->free.stripes[i].b);
    if (!k) return 0;
    qsort(at, k, sizeof *at, by_float);
    guint evidence = 0, n = 0;
    for (guint i = 0; i < band->free.n; i++) evidence += band->free.stripes[i].evidence >= 2 ? band->free.stripes[i].evidence : 0;
    if (evidence < 3) return 0;
    float left = -DAB_FAR;
    for (guint i = 0; i < k; i++) {
        float right = i + 1 < k ? at[i + 1] : DAB_FAR;
        if (!is_text_column(runs + first, end - first, left, at[i], em)) continue;
        if (i + 1 == k && !is_text_column(runs + first, end - first, at[i], right, em)) continue;
        left = out[n++] = at[i];
    }
    return n;
}
