/* score.h: an output and its gold file → how many measures and links are right. Prints nothing.
 *
 * A measure is right when its role, its value (or low and high) and its unit equal a gold measure's and both stand in
 * the same place of the text: the gold evidence is in the measure's sentence, blanks aside, or at least 60 % of its pairs
 * of neighbouring characters are. It is fully right when its comparator is one that gold accepts and its indicator names
 * the right thing. A link is right when both ends are and the verdict is gold's. Gold measures marked optional, and
 * references, cost nothing either way. Pairs are made best first: indicator and comparator right, then by nearness in
 * the order of the document. */
#ifndef DABIAO_CLI_SCORE_H
#define DABIAO_CLI_SCORE_H

#include "output/read.h"

typedef struct {
    guint required, hit, full, extra;     /* measures */
    guint indicators, comparators;        /* right ones among the hits */
    guint links, said_links, right_links; /* of gold; of the output; both and the verdict */
} DabScore;

/* What happened to each, for those who want to see it. */
typedef struct {
    DabScore sum;
    gint *of_gold;                     /* for each gold measure its index in the output, or -1 */
    gint *of_output;                   /* and the other way round */
    gboolean *required, *full, *extra; /* of gold, of gold, of the output */
    GPtrArray *missed_links;           /* const DabOutputLink of gold, without a right one in the output */
} DabScored;

DabScored *dab_score(const DabOutput *gold, const DabOutput *output);
void dab_scored_free(DabScored *scored);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DabScored, dab_scored_free)

void dab_score_add(DabScore *sum, const DabScore *one);
/* Harmonic mean of precision and recall; 1 where there was nothing to find and nothing was said. */
double dab_f1(guint hit, guint required, guint extra, double *precision, double *recall);

#endif
