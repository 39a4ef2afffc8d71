/* names.h: what a name says by its words alone. Names come again, within a document and in the next one: each is looked at once,
 * and what was found is kept with the rules. */
#ifndef DABIAO_ENGINE_NAMES_H
#define DABIAO_ENGINE_NAMES_H

#include "dabiao/likeness.h"
#include "engine/words.h"

#define DAB_MAX_LIKENESS 64 /* characters of a name that are compared */

/* A name as it is compared (dab_name_essence). Names with the same essence have the same DabEssence. */
typedef struct {
    const char *text;
    gsize bytes;
    guint n;         /* characters, at most DAB_MAX_LIKENESS */
    guint64 some;    /* hashes of its pairs: two names whose hashes have nothing in common have no pair in common */
    guint64 pairs[]; /* n - 1: each two neighbouring characters */
} DabEssence;

typedef enum { DAB_UNASKED, DAB_NO, DAB_YES } DabAnswer;

typedef struct {
    const char *name;
    const DabEssence *essence;
    guint32 lists;              /* dab_lexicon_scan */
    guint chars;                /* how long it is */
    DabAnswer nothing, partial; /* engine/trim.c */
    guint64 asked, holds;       /* what rules of stage "finding" ask of names, by the rule's place: engine/audit.c */
} DabName;

typedef struct {
    const char *text;
    DabUnitClass class;
    gunichar tag; /* of a number in a shape that has this unit, where its kind does not tell */
} DabUnit;

typedef struct DabNames DabNames;
DabNames *dab_names_new(void);
void dab_names_free(DabNames *names); /* NULL is fine */

/* Lent until dab_names_tidy. */
DabName *dab_name_of(const DabRules *rules, const char *name);
const DabUnit *dab_unit_of(const DabRules *rules, const char *unit);
/* Forgets names and units when there are too many. Called where nobody holds any. */
void dab_names_tidy(const DabRules *rules);

/* As dab_name_likeness. */
double dab_essence_likeness(const DabEssence *a, const DabEssence *b);

/* By the lists of which words stand in a name, and in the clause before its number. */
DabNature dab_nature_of(guint32 lists);
gboolean dab_lists_lower_is_better(guint32 lists, DabChange change);

#endif
