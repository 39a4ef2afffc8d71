/* show.h: pieces of an output as people read them, on a terminal and in a browser. Strings are the caller's. */
#ifndef DABIAO_OUTPUT_SHOW_H
#define DABIAO_OUTPUT_SHOW_H

#include "output/read.h"

/* ">= 90%", "~ 372.09万余份", "up 2.3个百分点": the document's own words where they hold the unit, else value and unit. */
char *dab_show_quantity(const DabOutputMeasure *measure);
/* "missed by 3": the margin without its sign, in the target's unit; with the 亿元 of the report where that is 100,000,000 times it.
 */
char *dab_show_verdict(const DabOutput *output, const DabOutputLink *link);
/* Its value, or "1-2" for a range, without the unit. */
char *dab_show_value(const DabOutputMeasure *measure);
/* 16198300 → "16,198,300". */
char *dab_show_number(double number);

/* contradicted: links whose verdict the report's own claim denies. */
typedef struct {
    guint targets, outcomes, met, missed, unclear, contradicted;
} DabTally;
DabTally dab_show_tally(const DabOutput *output);

/* The finding that tells most: a claim that its own numbers contradict, before other findings; or NULL. */
const DabOutputFinding *dab_show_telling_finding(const DabOutput *output);
const DabOutputMeasure *dab_show_measure(const DabOutput *output, const char *id);

#endif
