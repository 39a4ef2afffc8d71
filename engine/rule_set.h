/* rule_set.h: what a loaded rule set is made of, inside engine/. */
#ifndef DABIAO_ENGINE_RULE_SET_H
#define DABIAO_ENGINE_RULE_SET_H

#include "base/pool.h"
#include "dabiao/rules.h"
#include "engine/filter.h"
#include "engine/kept.h"
#include "engine/names.h"
#include "engine/words.h"

struct DabRules {
    DabPool *pool; /* trees, rules and patterns */
    char *digest;
    DabKept *words;           /* name → DabWordList */
    GHashTable *word_regexes; /* name → its words as a pattern; both its own */
    GHashTable *fragments;    /* name → const DabYaml (scalar) */
    DabKept *maps;            /* name → GHashTable string → string */
    GHashTable *nodes;        /* name → const DabYaml */
    GHashTable *stages;       /* name → GPtrArray of DabRule, best first */
    DabFilter **filters;      /* by DabStage, made when they are first asked: some never are in a short run */
    DabShapeFilter *shape_filter;
    DabPassageFilter *passage_filter;
    GHashTable *tails; /* of measure rules, while they are read: as it is written → the first DabRule that has it */
    gboolean try_all;
    DabLexicon *lexicon;
    DabNames *names; /* what was found of names so far */
    void *tables[DAB_N_TABLES];
};

/* The names of the stages, by DabStage; NULL-terminated, interned. */
extern const char *const dab_stage_names[];

/* Makes a rule of a node of `rules:`; lives with the rules. NULL and an error that points into the file. */
DabRule *dab_rule_new(DabRules *rules, const DabYaml *node, GError **error);

/* dab_rules_compile, and what a text must hold to match; `needs` in the pool of the rules. */
DabPattern *dab_rules_compile_with_needs(const DabRules *rules, const char *regex, const DabYaml *at, const DabNeeds **needs,
                                         GError **error);

#endif
