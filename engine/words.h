/* words.h: word lists while the rule files are read, and many of them asked at once. One list is asked through dabiao/rules.h. */
#ifndef DABIAO_ENGINE_WORDS_H
#define DABIAO_ENGINE_WORDS_H

#include "base/pool.h"
#include "dabiao/rules.h"

typedef struct DabWordList DabWordList;

DabWordList *dab_word_list_new(DabPool *pool); /* in the pool */
/* Adds a word (lent), unless it stands there already. */
void dab_word_list_add(DabWordList *list, const char *word);

/* Lists whose words say what kind of figure a name or a clause tells of. */
typedef enum {
    DAB_LIST_CUMULATIVE,
    DAB_LIST_ANNUAL,
    DAB_LIST_ADDED,
    DAB_LIST_LEVEL,
    DAB_LIST_BEGUN,
    DAB_LIST_FURTHER,
    DAB_LIST_BASE,
    DAB_LIST_NEVER_ANSWERS,
    DAB_LIST_NEVER_ANSWERING_COLUMNS,
    DAB_LIST_LOWER_IS_BETTER,
    DAB_LIST_NOT_LOWER_IS_BETTER,
    DAB_LIST_IGNORED,
    DAB_LIST_SAME,
    DAB_LIST_REST,
    DAB_N_LISTS
} DabListBit;

/* The words of these lists as one set, so that a text is walked over once for all of them. */
typedef struct DabLexicon DabLexicon;
DabLexicon *dab_lexicon_new(const DabRules *rules);
void dab_lexicon_free(DabLexicon *lexicon); /* NULL is fine */
/* Bit k: a word of list k stands in the text. */
guint32 dab_lexicon_scan(const DabLexicon *lexicon, const char *text, gsize len);

static inline gboolean dab_lists_have(guint32 found, DabListBit list) {
    return found >> list & 1;
}

#endif
