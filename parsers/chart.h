/* chart.h: labels of charts drawn in a page: bars, lines and pies whose figures stand around a drawing as scattered text.
 *
 * Two steps: dab_charts_find parts the passages of a chart, so that each label is a passage of its own, and says what each figure
 * is (DabLabel); dab_charts_number joins these with the numbers, once they are found. What captions, units and places of an axis
 * look like, the rules of stage "chart" say. Tables are left alone. Where the figures cannot be told apart they become context. */
#ifndef DAB_PARSERS_CHART_H
#define DAB_PARSERS_CHART_H

#include "dabiao/document.h"

/* Before the sentences are cut. Passages that are no chart's stay as they are. */
void dab_charts_find(DabDocument *document, const DabRules *rules);

/* Behind it: gives each label its number, and makes context of those that measure nothing. */
void dab_charts_number(DabDocument *document);

#endif
