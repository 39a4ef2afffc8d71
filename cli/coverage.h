/* coverage.h: reports → how often each rule decided something in them. Prints nothing. */
#ifndef DABIAO_CLI_COVERAGE_H
#define DABIAO_CLI_COVERAGE_H

#include "dabiao/measure.h"

typedef struct {
    GHashTable *uses; /* id of a rule → how often it decided, as GUINT */
    guint documents, numbers, measures, context, unclaimed;
} DabCoverage;

/* The stages whose rules are counted; NULL-terminated. */
extern const char *const dab_coverage_stages[];

/* Adds what the rules of these stages decided in a document. */
void dab_coverage_add(DabCoverage *coverage, const DabDocument *document, const DabRules *rules);

#endif
