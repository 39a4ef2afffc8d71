/* rules.h: the loaded rule set: word lists, fragments and compiled rules. Loading is engine/'s work; parsers/ and engine/
 * read from it through this page. One DabRules serves one thread; it is never changed after loading. */
#ifndef DABIAO_RULES_H
#define DABIAO_RULES_H

#include <glib.h>

#include "base/needs.h"
#include "base/pattern.h"
#include "base/yaml.h"

typedef struct DabRules DabRules;

/* Loads every *.yaml file below `dir`, in byte order of names. Error: DAB_ERROR_RULES with file, line, column, caret. */
DabRules *dab_rules_load(const char *dir, GError **error);
void dab_rules_free(DabRules *rules);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DabRules, dab_rules_free)

/* sha256 over the names and bytes of the rule files, 64 hex digits. */
const char *dab_rules_digest(const DabRules *rules);
/* The same of a folder whose rules are not loaded, and may be wrong; free it. Errors as for files that cannot be read. */
char *dab_rules_digest_of(const char *dir, GError **error);

/* A word list `words: NAME: […]` of the lexicons, in order of the files; NULL when no file has it. Lent. */
const GPtrArray *dab_rules_words(const DabRules *rules, const char *name);
/* Whether `word` of `len` bytes stands in the list. O(1). */
gboolean dab_rules_has_word(const DabRules *rules, const char *list, const char *word, gsize len);
/* Whether a word of the list stands anywhere in the text; length of the longest one that ends it, 0: none does. */
gboolean dab_rules_find_word(const DabRules *rules, const char *list, const char *text, gsize len);
gsize dab_rules_last_word(const DabRules *rules, const char *list, const char *text, gsize len);
/* Where the last word of the list in text[0, end) ends, and its length; 0 and 0: there is none. */
gsize dab_rules_word_before(const DabRules *rules, const char *list, const char *text, gsize end, gsize *len);
/* A `map` of the lexicons: map: NAME: {key: value}. NULL where there is none. */
const char *dab_rules_map(const DabRules *rules, const char *map, const char *key);

/* The top-level node `name` of the rule files (each may stand in one file only), for stages with tables of their own
 * (numerals); NULL when there is none. */
const DabYaml *dab_rules_node(const DabRules *rules, const char *name);
/* Tables a stage compiled from such a node, kept and freed with the rules. Set once while loading. */
typedef enum { DAB_TABLE_NUMERALS, DAB_N_TABLES } DabRulesTable;
void *dab_rules_table(const DabRules *rules, DabRulesTable which);

/* Where a rule holds; an empty list or NULL asks nothing. Words are interned, so they compare by address. */
typedef struct {
    const char **genre;      /* NULL-terminated: the document's genre is one of these */
    const char **column;     /* the role of the table column that the number stands in; "none": it stands in no table */
    const char **number;     /* the number's kind: percent, number, … */
    const char **unit;       /* a word list that has the number's unit */
    const char **comparator; /* the number's own: =, >=, … */
    const char **year;       /* later, earlier, same: the year the number is for, against the document's */
    const char **place;      /* heading: the number stands in the title of a section; text: it does not */
    const char **role;       /* target, outcome, reference (for the stages after "role") */
    const char **tense;      /* past, future, none: what a heading or an announcement says of all that follows */
    DabPattern *raw;         /* matches the number as written: 三项, 90% */
    DabPattern *section;     /* matches the title of the section, or of one around it */
    DabPattern *name;        /* matches the name of the column, or of the row */
    DabPattern *title;       /* matches the title of the document */
    DabPattern *next;        /* matches the rest of the passage, behind the sentence */
} DabWhen;

/* The stages, in the order in which a document meets them. */
typedef enum {
    DAB_STAGE_OUTLINE,
    DAB_STAGE_TENSE,
    DAB_STAGE_COLUMN,
    DAB_STAGE_CHART,
    DAB_STAGE_DOCUMENT,
    DAB_STAGE_CONTEXT,
    DAB_STAGE_DATE,
    DAB_STAGE_ROLE,
    DAB_STAGE_TRIM,
    DAB_STAGE_MEASURE,
    DAB_STAGE_TIME,
    DAB_STAGE_LINK,
    DAB_STAGE_FINDING,
    DAB_N_STAGES
} DabStage;

/* Groups of a measure rule's pattern by number, -1 where it has none. */
typedef struct {
    int n, prefix, indicator, object, since, scope;
} DabGroups;

/* What `set` of a measure or role rule says; NULL where it does not. */
typedef struct {
    const char *role, *context, *change, *unit, *comparator;
    gboolean carry;
} DabSaid;

/* One rule. What `set` may hold depends on the stage; docs/RULES.md says. */
typedef struct {
    const char *id;    /* unique: "date.full", "rate.reached" */
    const char *stage; /* interned: "context", "measure", "role", … */
    const char *kind;  /* interned; of a context rule: the kind of context it gives */
    gint priority;
    DabPattern *pattern; /* NULL: the rule has conditions only */
    DabPattern *before;  /* of the stages role and time: what must stand before the number in its sentence; NULL: nothing asked */
    DabPattern *after;   /* and behind it */
    guint32 number_tags; /* of a measure rule: the kinds of number its {N} may be, a bit for each tag of engine/fragments.h */
    DabPattern *tail;    /* of a measure rule: what must begin right behind its number; NULL: nothing that is known */
    guint tail_index;    /* the same for rules that ask the same */
    const DabWhen *when; /* NULL: always */
    const DabNeeds *pattern_needs, *before_needs, *after_needs; /* what a text must hold for each; NULL where there is none */
    DabGroups groups;
    DabSaid said;
    const DabYaml *set;  /* mapping, or NULL */
    const DabYaml *node; /* the whole rule, for messages and examples */
} DabRule;

/* The rules of a stage, best priority first, then in order of the files; never NULL. GPtrArray of DabRule. */
const GPtrArray *dab_rules_stage(const DabRules *rules, const char *stage);

/* Those of them that may match in a text: the others lack words they need there, or at its ends. dab_likely_next gives one after
 * the other, in the order of the stage, then NULL. Not for the stages context, measure, role, time, which look at more than one
 * text. Valid until the next call for the same stage and kind. */
typedef struct {
    const GPtrArray *rules;
    const guint64 *bits;
    guint next;
} DabLikely;
DabLikely dab_rules_likely(const DabRules *rules, DabStage stage, const char *text, gsize len);
/* The same for the rules of one kind alone: where a stage has several, most texts are asked about one. */
DabLikely dab_rules_likely_of(const DabRules *rules, DabStage stage, const char *kind, const char *text, gsize len);
const DabRule *dab_likely_next(DabLikely *likely);

/* What is asked of every passage of a document, and of parts of it: most have none of the words for it. */
typedef enum { DAB_PASSAGE_ASK_TENSE, DAB_PASSAGE_ASK_CAPTION } DabPassageAsk;
/* Bit k: rules of DabPassageAsk k may match in the passage or in a part of it. One walk for all. */
guint32 dab_rules_passage_asks(const DabRules *rules, const char *text, gsize len);

/* For tests: from now on every rule is tried everywhere, needed words or not. */
void dab_rules_try_all(DabRules *rules);
gboolean dab_rules_tries_all(const DabRules *rules);

/* Compiles `regex` with {fragments} of the rule set put in. `at` is blamed in the error. Free with dab_pattern_free. */
DabPattern *dab_rules_compile(const DabRules *rules, const char *regex, const DabYaml *at, GError **error);

#endif
