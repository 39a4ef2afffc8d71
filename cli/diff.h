/* diff.h: two outputs of one document → lines about what differs, and counts. */
#ifndef DABIAO_CLI_DIFF_H
#define DABIAO_CLI_DIFF_H

#include "cli/score.h"

/* Of all reports. won, lost, before, after: against gold files. */
typedef struct {
    guint reports, differ, added, gone, changed, rules, links, won, lost;
    gint findings, unclaimed;
    guint unclaimed_before;
    DabScore before, after;
    guint golds;
} DabDiffSum;

/* Prints what differs between both, under `name` where anything does, and adds to `sum`. `gold` may be NULL. */
void dab_diff_outputs(const char *name, const DabOutput *before, const DabOutput *after, const DabOutput *gold, DabDiffSum *sum);

#endif
