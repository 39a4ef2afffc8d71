/* claims.h: a passage on its way through the context rules: where figures stand in it and which rules may hold there;
 * parsers/context*.c only. All of it lives in the scratch of DabNumerals, until the next passage. */
#ifndef DAB_PARSERS_CLAIMS_H
#define DAB_PARSERS_CLAIMS_H

#include "parsers/numerals.h"

typedef struct {
    gsize start, end;
    guint64 holds; /* bits of DabNumerals.needed */
} Piece;

typedef struct {
    const DabNumerals *t;
    const char *text; /* the passage alone: patterns see ^ and $ where it begins and ends */
    gsize len, offset;
    guint8 *owner;
    GArray *claims;
    GArray *places; /* Place */
    GArray *pieces; /* Piece: those with a numeral in them */
    GArray *blocks; /* guint64: which rules may hold in each block of the passage */
} Claims;

/* A numeral character, or the first of a run of 0-9. */
typedef struct {
    guint32 at;
    guint8 arabic, first; /* first: of a run of such characters */
    guint8 digits;        /* of 0-9 in a row, at most DAB_MAX_DIGITS */
    gint rule;            /* the best rule that is tried here, by its place, or -1 */
    guint32 end;          /* of its match */
} Place;

static inline const DabContextRule *dab_context_rule(const Claims *c, guint which) {
    return &g_array_index(c->t->context, DabContextRule, which);
}

/* Fills `places`, and `pieces` with those that have one. */
void dab_places_find(Claims *claims);
/* Which rules of `searched` may hold somewhere in the passage, in DabNumerals.wanted; needs the places. */
void dab_searched_find(Claims *claims);
/* Which rules may hold around byte `at`, by the words they need; bits as in base/sieve.h. */
const guint64 *dab_likely_at(const Claims *claims, gsize at);
/* The first rule from `from` on that may hold at a place and matches there, its match in *m; -1 when there is none. */
gint dab_context_match(const Claims *claims, const Place *place, guint from, DabMatch *m);

#endif
