/* needs.h: which words a text must hold for a pattern to match in it, told from the pattern alone. What is told is necessary, never
 * sufficient: a text without these words need not be searched; one that has them may still not match. Where a pattern does not
 * tell (options, conditions, anything unusual), nothing is asked.
 * After the literals of RE2's FilteredRE2 and of Rust's regex-syntax. */
#ifndef DABIAO_BASE_NEEDS_H
#define DABIAO_BASE_NEEDS_H

#include "base/pool.h"

/* Any one of these; none is empty, none stands twice. */
typedef struct {
    guint n;
    const char **list;
} DabWords;

#define DAB_MAX_CLAUSES 3
#define DAB_TEXT_START "\002" /* stand for the ends of a text where a word asks for them */
#define DAB_TEXT_END "\003"

/* NULL where nothing is asked. */
typedef struct {
    guint n;
    const DabWords *anywhere[DAB_MAX_CLAUSES]; /* the text, between DAB_TEXT_START and DAB_TEXT_END, holds one word of each */
    const DabWords *first;                     /* the text begins with one of these (patterns that begin with ^) */
    const DabWords *last;           /* it ends with one of these, or with one and a line end (patterns that end with $) */
    const DabWords *left;           /* a match stands behind one of these, or behind DAB_TEXT_START */
    const DabWords *head;           /* it begins with one of these */
    const DabWords *before, *after; /* one of these stands next to the group N; before it perhaps DAB_TEXT_START */
    guint digits;                   /* it begins with so many of 0-9 at least */
    gboolean number_first;          /* no other number (private-use tag) stands in a match before the group N */
} DabNeeds;

/* Fills *needs from a pattern with everything put in. What it points to is in `pool`. */
void dab_needs_find(DabPool *pool, const char *regex, DabNeeds *needs);

#endif
