/* sieve.h: many entries (rules, say), each asking for words; which of them may hold in a text is told by one walk over it, and
 * costs the same for ten entries and for ten thousand whose words are not there. */
#ifndef DABIAO_BASE_SIEVE_H
#define DABIAO_BASE_SIEVE_H

#include "base/needs.h"

typedef struct DabSieve DabSieve;

typedef enum {
    DAB_SIEVE_PLAIN,     /* where a text begins and ends is not looked at: words lose the places that they name */
    DAB_SIEVE_FRAMED,    /* a text is walked over as it stands between DAB_TEXT_START and DAB_TEXT_END */
    DAB_SIEVE_BACKWARDS, /* asked with dab_sieve_at alone, for words that end at a place */
} DabSieveKind;

/* For entries 0 to n - 1. */
DabSieve *dab_sieve_new(guint n, DabSieveKind kind);
void dab_sieve_free(DabSieve *sieve); /* NULL is fine */

/* The entry needs one of the words; asked more than once, one of each set. NULL asks nothing. All before dab_sieve_close. */
void dab_sieve_ask(DabSieve *sieve, guint entry, const DabWords *words);
void dab_sieve_close(DabSieve *sieve);

/* Which entries may hold in the text: bit k of the result is entry k. Lent until the next call. Entries that asked nothing
 * always may. */
const guint64 *dab_sieve_scan(DabSieve *sieve, const char *text, gsize len);
/* The same for words that begin at text[at] and end by text[end]; backwards: that end at text[at] and begin at text[end] or behind.
 */
const guint64 *dab_sieve_at(DabSieve *sieve, const char *text, gsize at, gsize end);

/* 64-bit words in a result. */
guint dab_sieve_size(const DabSieve *sieve);

/* The first entry ≥ `from` and < `end` whose bit is set; `end` when there is none. */
static inline guint dab_bits_next(const guint64 *bits, guint from, guint end) {
    while (from < end) {
        guint64 rest = bits[from / 64] >> (from % 64);
        if (rest) return MIN(from + (guint)__builtin_ctzll(rest), end);
        from = (from / 64 + 1) * 64;
    }
    return end;
}

static inline gboolean dab_bits_has(const guint64 *bits, guint at) {
    return bits[at / 64] >> (at % 64) & 1;
}

#endif
