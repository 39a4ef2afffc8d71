/* chart_series.h: the figures of a chart in a grid, a row for each place and a column for each series. */
#ifndef DAB_PARSERS_CHART_SERIES_H
#define DAB_PARSERS_CHART_SERIES_H

#include "parsers/chart_parts.h"

typedef struct {
    DabChart *c;
    guint n, k;          /* places, series */
    DabToken **at;       /* k figures of each place; NULL where a place has another number of them */
    GPtrArray *legend;   /* DabToken: words that are no place, in order */
    const char *unit[2]; /* of the drawing and the caption: of levels, of percentages; NULL */
} DabSeriesGrid;

static inline DabToken *dab_figure(const DabSeriesGrid *s, guint place, guint series) {
    return s->at[place * s->k + series];
}

/* A word of the legend, in the pool. */
const char *dab_legend_word(const DabSeriesGrid *s, guint i);
/* Gives a series its unit; NULL is none. */
void dab_series_unit(const DabSeriesGrid *s, DabChartSeries *out, const char *unit);

/* chart_legend.c: names the series by the words of the legend, and sorts the figures of each place accordingly. FALSE where the
 * page does not tell which word is whose. */
gboolean dab_series_by_legend(DabSeriesGrid *s, DabChartSeries *out);

#endif
