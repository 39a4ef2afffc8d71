/* DabSeriesGrid that a legend names: bars side by side, bars one upon the other. What is told by nothing but a colour is not told
 * here. */
#include <math.h>
#include <stdlib.h>

#include "parsers/chart_series.h"

#define STACKED_FIT 0.98  /* share of where the figures stand that stacking explains */
#define SIDE_BY_SIDE 0.5f /* times the size: bars of one place */

static int cmp_x(const void *a, const void *b) {
    float d = dab_token_x(*(DabToken *const *)a) - dab_token_x(*(DabToken *const *)b);
    return d < 0 ? -1 : d > 0;
}

static int cmp_up(const void *a, const void *b) {
    float d = dab_token_y(*(DabToken *const *)b) - dab_token_y(*(DabToken *const *)a);
    return d < 0 ? -1 : d > 0;
}

static void sort_places(DabSeriesGrid *s, int (*order)(const void *, const void *)) {
    for (guint i = 0; i < s->n; i++)
        if (dab_figure(s, i, 0)) qsort(s->at + i * s->k, s->k, sizeof *s->at, order);
}

/* Bars side by side: the same way beside the middle of each place, each series by itself. */
static gboolean side_by_side(DabSeriesGrid *s) {
    if (s->c->upright) return FALSE;
    sort_places(s, cmp_x);
    for (guint k = 0; k < s->k; k++) {
        float low = G_MAXFLOAT, high = -G_MAXFLOAT, next = G_MAXFLOAT;
        for (guint i = 0; i < s->n; i++) {
            if (!dab_figure(s, i, k)) continue;
            float d = dab_token_x(dab_figure(s, i, k)) - g_array_index(s->c->places, DabChartPlace, i).at;
            low = MIN(low, d);
            high = MAX(high, d);
            if (k + 1 < s->k)
                next = MIN(next, dab_token_x(dab_figure(s, i, k + 1)) - g_array_index(s->c->places, DabChartPlace, i).at);
        }
        float size = MAX(((DabToken *)s->legend->pdata[0])->size, 1);
        if (high - low > size || next - high < SIDE_BY_SIDE * size) return FALSE;
    }
    return TRUE;
}

/* Bars one upon the other: each figure stands in the middle of its own, which lies on those below. */
static gboolean stacked(DabSeriesGrid *s) {
    if (s->c->upright) return FALSE;
    sort_places(s, cmp_up);
    double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0, syy = 0;
    for (guint i = 0; i < s->n; i++) {
        double below = 0;
        for (guint k = 0; k < s->k && dab_figure(s, i, 0); k++) {
            double x = below + dab_figure(s, i, k)->number / 2, y = dab_token_y(dab_figure(s, i, k));
            below += dab_figure(s, i, k)->number;
            n++;
            sx += x;
            sy += y;
            sxx += x * x;
            sxy += x * y;
            syy += y * y;
        }
    }
    double covariance = n * sxy - sx * sy, spread = (n * sxx - sx * sx) * (n * syy - sy * sy);
    return n >= 6 && covariance < 0 && spread > 0 && covariance * covariance / spread > STACKED_FIT;
}

/* Names in a row go from left to right; in a column from the top down, as the bars themselves do. */
static gboolean legend_in_column(const DabSeriesGrid *s) {
    const DabToken *a = s->legend->pdata[0], *b = s->legend->pdata[s->legend->len - 1];
    return fabsf(dab_token_y(a) - dab_token_y(b)) > a->size / 2;
}

gboolean dab_series_by_legend(DabSeriesGrid *s, DabChartSeries *out) {
    if (s->legend->len != s->k || !s->c->boxes) return FALSE;
    gboolean beside = side_by_side(s), from_top = !beside && legend_in_column(s);
    if (!beside && !stacked(s)) return FALSE;
    gboolean change, rate = dab_chart_is_rate(s->c->rules, s->c->name, &change);
    gboolean percent = !s->unit[0] && (s->unit[1] || rate);
    DabChartSeries whole = {.indicator = s->c->name, .share = s->c->part && percent && !rate ? s->c->share : NULL};
    for (guint k = 0; k < s->k; k++) {
        out[k].indicator = dab_chart_name(s->c, &whole, dab_legend_word(s, from_top ? s->k - 1 - k : k));
        out[k].change = rate && change;
        dab_series_unit(s, &out[k], percent ? "%" : s->unit[0]);
    }
    return TRUE;
}
