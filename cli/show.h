/* show.h: pieces of an output as people read them, for inspect and summary. Strings are the caller's. */
#ifndef DABIAO_CLI_SHOW_H
#define DABIAO_CLI_SHOW_H

#include "cli/terminal.h"
#include "output/read.h"

/* ">= 90%", "~ 372.09万余份", "up 2.3个百分点": the document's own words where they hold the unit, else value and unit. */
char *dab_show_quantity(const DabOutputMeasure *measure);
/* "missed by 3": the margin without its sign, in the target's unit. */
char *dab_show_verdict(const DabOutputLink *link);
DabInk dab_show_verdict_ink(const char *verdict);
/* 16198300 → "16,198,300". */
char *dab_show_number(double number);
/* The finding that tells most: a claim that its own numbers contradict, before other findings; or NULL. */
const DabOutputFinding *dab_show_telling_finding(const DabOutput *output);
const DabOutputMeasure *dab_show_measure(const DabOutput *output, const char *id);

#endif
