/* item.h: what is kept of an output for joining, inside join/. Strings live in the join's chunk, which keeps each once, so that
 * equal ones compare by address; NULL where the document says nothing. */
#ifndef DABIAO_JOIN_ITEM_H
#define DABIAO_JOIN_ITEM_H

#include "dabiao/likeness.h"
#include "join/join.h"

typedef struct {
    const char *name, *sha256, *region, *issuer, *date;
    const char *place; /* the region by the longest name that any document gives it: 浙江省松泽市 for 松泽市 */
    guint index;
} DabJoinDoc;

typedef struct {
    const DabJoinDoc *doc;
    const char *id, *indicator, *essence, *scope, *sentence, *raw, *unit, *as_of, *deadline, *change;
    DabUnitClass unit_class;
    DabComparator comparator;
    DabNature nature;
    gboolean target, answered; /* answered: by its own document */
    gboolean has_value, has_range, approximate;
    double value, low, high;
    gint year;
} DabJoinItem;

struct DabJoin {
    const DabRules *rules;
    GStringChunk *text;
    GPtrArray *docs;    /* DabJoinDoc */
    GPtrArray *items;   /* DabJoinItem, in order */
    GHashTable *places; /* place and year, in the chunk → GPtrArray of DabJoinItem: each is compared with those of its own only */
};

/* Gives each document its place, and files the items under place and issuer. Called once all outputs are added. */
void dab_join_file(DabJoin *join);
/* Those of a place ("region") or an issuer ("issuer"), of a year; NULL: none. Lent. */
const GPtrArray *dab_join_look(const DabJoin *join, const char *what, const char *place, gint year);

/* The region by the longest of the known names that end with it, where there is no doubt: 松泽市 is 浙江省松泽市 when no other
 * known region's name ends with it. `regions`: const char *. */
const char *dab_region_whole(const DabRules *rules, const GPtrArray *regions, const char *region);

/* How well an outcome answers a target, 0: not at all. *early: it is of a document that was written before the target's time was
 * up.
 */
double dab_join_fit(const DabRules *rules, const DabJoinItem *target, const DabJoinItem *outcome, gboolean *early);
/* Whether the two are of one thing in one place: their names, units, scopes and groups do not part them. The years may differ. */
double dab_join_alike(const DabRules *rules, const DabJoinItem *a, const DabJoinItem *b);
/* Whether `a` is dated before `b`, as far as both say: 2022-06 is not before 2022-06-30. */
gboolean dab_join_before(const char *a, const char *b);

/* Whether the target is met. *margin is NAN where that cannot be said; why it is so is appended to `why`. */
DabVerdict dab_join_judge(const DabRules *rules, const DabJoinItem *target, const DabJoinItem *outcome, gboolean early,
                          double *margin, GString *why);
gboolean dab_join_lower_is_better(const DabRules *rules, const DabJoinItem *target);

#endif
