/* pattern.h: a compiled PCRE2 pattern behind a few plain functions; the only user of PCRE2.
 * Patterns and texts are UTF-8 (UTF and UCP on); \s \d \w know all of Unicode. JIT where there is one.
 * Match limits are in limits.h: a match that hits them, or finds no memory, counts as no match, and dab_patterns_gave_up tells of
 * it. */
#ifndef DABIAO_BASE_PATTERN_H
#define DABIAO_BASE_PATTERN_H

#include "base/reach.h"

typedef struct DabPattern DabPattern;

typedef struct {
    guint n; /* groups, whole match included */
    const gsize
        *spans; /* n pairs of start, end; G_MAXSIZE where a group took no part. Lent until the next match of this pattern. */
} DabMatch;

/* NULL and an error (DAB_ERROR_RULES, PCRE2's own words) with *error_offset in bytes when it does not compile. */
DabPattern *dab_pattern_new(const char *regex, gsize *error_offset, GError **error);
void dab_pattern_free(DabPattern *pattern); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DabPattern, dab_pattern_free)

/* Where matches may begin, lent as long as the pattern lives: others are not looked for. */
void dab_pattern_set_reach(DabPattern *pattern, const DabReach *reach);

/* First match at or after byte `start`. `text` must be valid UTF-8 and is not copied. Not for two threads at once. */
gboolean dab_pattern_match(DabPattern *pattern, const char *text, gsize len, gsize start, DabMatch *match);
/* The same, but only a match that begins at byte `last` or before it. */
gboolean dab_pattern_match_until(DabPattern *pattern, const char *text, gsize len, gsize start, gsize last, DabMatch *match);
/* The same, but only a match that begins at `start`. */
gboolean dab_pattern_match_here(DabPattern *pattern, const char *text, gsize len, gsize start, DabMatch *match);
/* Number of the named group, or -1. */
int dab_pattern_group(const DabPattern *pattern, const char *name);
/* Where the pattern was written, for dab_patterns_gave_up: "40-measures.yaml:120". Copied; without it nothing is told. */
void dab_pattern_set_place(DabPattern *pattern, const char *place);

/* `times`: matches that were given up. */
typedef void DabGaveUp(gpointer data, const char *place, guint times);
/* Tells of each place of which a match was given up since this was asked last, in the order in which they were. Of all patterns of
 * the process. */
void dab_patterns_gave_up(DabGaveUp *tell, gpointer data);

static inline gboolean dab_match_has(const DabMatch *m, int group) {
    return group >= 0 && (guint)group < m->n && m->spans[2 * group] != G_MAXSIZE;
}

#endif
