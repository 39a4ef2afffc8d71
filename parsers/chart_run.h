/* chart_run.h: the passages between two of running text, as captions and labels of charts. */
#ifndef DAB_PARSERS_CHART_RUN_H
#define DAB_PARSERS_CHART_RUN_H

#include "parsers/chart_parts.h"

/* A row of the passages between two of running text. */
typedef struct {
    guint passage;
    gboolean caption, side; /* side: it stands beside the caption before it */
    guint first, n;         /* in DabChartRun.tokens, of labels; of captions: in DabChartRun.captions */
} DabChartItem;

typedef struct {
    DabSpan title, span;
    DabBox box;
    const DabRule *rule;
    gboolean numbered;
} DabChartCaption;

typedef struct {
    DabDocument *d;
    const DabRules *rules;
    GPtrArray *tokens; /* DabToken of all items */
    GArray *items, *captions;
    guint8 *split; /* a flag for each passage of the document */
    guint charts;  /* looked at so far */
} DabChartRun;

/* Takes a passage into the run. FALSE when it is running text, at which the run ends. */
gboolean dab_chart_run_take(DabChartRun *run, guint passage);
/* Reads the charts of the run, which ends before the passage `behind` and begins behind `before` (-1: none), and empties it. */
void dab_chart_run_end(DabChartRun *run, gint before, gint behind);
/* Whether a chart may stand at a passage: a numbered caption, or a row of years. */
gboolean dab_chart_run_begins(DabChartRun *run, guint passage);

/* chart.c: says what each figure of a chart is. */
void dab_chart_read_figures(DabChartRun *run, DabChart *chart);

#endif
