/* compare.h: two outputs of one document → which numbers are read otherwise. Prints nothing.
 *
 * A number is told by its page, sentence and own words, not by its id, which moves when one before it comes or goes. Where its
 * words differ (a unit that only one side knows), one that holds the other in the same sentence is the same number. */
#ifndef DABIAO_CLI_COMPARE_H
#define DABIAO_CLI_COMPARE_H

#include "output/read.h"

/* For each measure the index of the same number on the other side, or -1. */
typedef struct {
    gint *in_b, *in_a;
} DabSameNumbers;

DabSameNumbers *dab_same_numbers(const DabOutput *a, const DabOutput *b);
void dab_same_numbers_free(DabSameNumbers *match);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DabSameNumbers, dab_same_numbers_free)

/* "role outcome → target, indicator 就诊率 → 基层就诊率": what differs between two readings of a number; NULL: nothing does. The
 * rule that made it is none of it. Free it. */
char *dab_measure_difference(const DabOutputMeasure *a, const DabOutputMeasure *b);

#endif
