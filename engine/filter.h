/* filter.h: which rules may match in a text, by the words they need (base/needs.h). Rules need not all be tried: one walk over a
 * text leaves a few, and rules whose words are not there cost nothing, however many there are. */
#ifndef DABIAO_ENGINE_FILTER_H
#define DABIAO_ENGINE_FILTER_H

#include "base/sieve.h"
#include "dabiao/rules.h"

/* For the rules of one stage, or those of one kind in it, whose patterns are matched with one text. */
typedef struct DabFilter {
    const char *kind;       /* interned; NULL: all kinds */
    GPtrArray *rules;       /* in the order of the stage */
    struct DabFilter *next; /* of the same stage, for another kind */
    DabSieve *anywhere, *first, *last;
    guint64 *bits, *asking; /* the rules that need words anywhere */
    guint size;             /* 64-bit words of both */
} DabFilter;

/* For the rules of a kind, of several (lead|tail), or with NULL of any. */
DabFilter *dab_filter_new(const GPtrArray *rules, const char *kind);
void dab_filter_free(DabFilter *filter); /* and those behind it; NULL is fine */
/* Bit k: the rule of that place in the stage. Lent until the next call. */
const guint64 *dab_filter_bits(DabFilter *filter, const char *text, gsize len);

/* For the rules that are asked about each number of a sentence: one after the other those of the stages measure, role and time;
 * then those of the stage finding that relate the figures of a sentence. */
typedef struct {
    const GPtrArray *measures, *roles, *times;             /* lent */
    guint first_role, first_time, first_relation, n, size; /* size: 64-bit words of a result */
    DabSieve *anywhere, *before, *after;
} DabShapeFilter;

DabShapeFilter *dab_shape_filter_new(const GPtrArray *measures, const GPtrArray *roles, const GPtrArray *times,
                                     const GPtrArray *relations);
void dab_shape_filter_free(DabShapeFilter *filter); /* NULL is fine */
/* Writes `size` words to bits: which rules may hold somewhere in the sentence whose shape this is. */
void dab_shape_filter_sentence(const DabShapeFilter *filter, const char *shape, gsize len, guint64 *bits);
/* Of these, which may hold for the number whose tag stands at byte `at`. */
void dab_shape_filter_number(const DabShapeFilter *filter, const char *shape, gsize len, gsize at, const guint64 *sentence,
                             guint64 *bits);

/* For rules that are asked about each passage of a document, or parts of it: one walk tells which of them need not be. */
typedef struct {
    DabSieve *anywhere;
    guint8 *ask_of; /* DabPassageAsk of each entry */
    guint n;
} DabPassageFilter;

DabPassageFilter *dab_passage_filter_new(const DabRules *rules);
void dab_passage_filter_free(DabPassageFilter *filter); /* NULL is fine */
/* Bit k: rules of DabPassageAsk k may hold in the passage or in a part of it. */
guint32 dab_passage_filter_asks(const DabPassageFilter *filter, const char *text, gsize len);

#endif
