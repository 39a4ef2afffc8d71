/* memory.h: answers that hold for a whole document and that many of its numbers ask for: years of sections and of columns, whether
 * a title has certain words. Asked once, then known. */
#ifndef DABIAO_ENGINE_MEMORY_H
#define DABIAO_ENGINE_MEMORY_H

#include "dabiao/document.h"

typedef struct DabMemory DabMemory;

DabMemory *dab_memory_new(const DabDocument *document, const DabRules *rules); /* both lent, both must stay */
void dab_memory_free(DabMemory *memory);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DabMemory, dab_memory_free)

/* The document's genre, interned. */
const char *dab_memory_genre(const DabMemory *memory);
/* Words of conditions are interned, and so are those they are held against. */
static inline gboolean dab_is_among(const char *const *list, const char *word) {
    for (; *list; list++)
        if (*list == word) return TRUE;
    return FALSE;
}

/* Where a sentence stands, as far as whole rules are held off by it; all interned. */
typedef struct {
    const char *genre, *column, *tense;
} DabStand;

/* Whether that is what a condition asks, as far as it asks for genre, column and tense. */
gboolean dab_stands_so(const DabWhen *when, const DabStand *stand);
/* Which of the rules (DabRule) may hold for that: bit k is rule k, of those that ask for no genre, column or tense, or for these.
 * Lent until the next call, which mostly asks for the same. */
const guint64 *dab_memory_open_rules(DabMemory *memory, const GPtrArray *rules, const DabStand *stand);
/* The year that was found for a number, if that was the last one asked for: several rules ask, one after the other. */
gboolean dab_memory_last_year(const DabMemory *memory, gconstpointer number, gint *year);
void dab_memory_keep_year(DabMemory *memory, gconstpointer number, gint year);
/* The year that the first date of a name gives; 0: none. `name` is known by its address. */
gint dab_memory_year(DabMemory *memory, const char *name);
/* The year that the title of a section (-1: of none), or the next one above it that tells, gives to what stands in it; 0: none. */
gint dab_memory_section_year(DabMemory *memory, gint section);
/* The time as of which all stands below a section's title, or the document's: 主要指标完成情况（截至6月底）. NULL where none says
 * so. In the document's pool. */
const char *dab_memory_title_date(DabMemory *memory, gint section);
/* Whether the pattern matches the document's title. */
gboolean dab_memory_title_matches(DabMemory *memory, DabPattern *pattern);
/* Whether the pattern matches the title of a section (-1: of none), or of one around it. */
gboolean dab_memory_section_matches(DabMemory *memory, gint section, DabPattern *pattern);

#endif
