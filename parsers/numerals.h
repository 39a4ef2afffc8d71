/* numerals.h: the compiled form of rules/10-numerals.yaml and 20-units.yaml, and the readers that use it; parsers/ only.
 *
 * A passage goes through: claims (context.c) take dates, names, numbering …; numbers.c walks over the rest and puts together
 * a numeral (numeral.c), its unit (units.c) and the words beside it (cues.c). Offsets are bytes of the whole text. */
#ifndef DAB_PARSERS_NUMERALS_H
#define DAB_PARSERS_NUMERALS_H

#include "base/decimal.h"
#include "base/sieve.h"
#include "base/trie.h"
#include "dabiao/number.h"

/* What a character is in a numeral. */
typedef enum {
    DAB_NUM_NONE,
    DAB_NUM_ARABIC,   /* 0-9 */
    DAB_NUM_DIGIT,    /* 一 */
    DAB_NUM_SMALL,    /* 十 百 千: value is the power of ten */
    DAB_NUM_TENS,     /* 廿 卅 */
    DAB_NUM_BIG,      /* 万 亿 */
    DAB_NUM_ENCLOSED, /* ① */
} DabNumClass;

enum {
    DAB_NUM_PAIR = 1,
    DAB_NUM_ZERO = 2,
    DAB_NUM_WEAK = 4,
    DAB_NUM_SEVERAL = 8,
    DAB_NUM_MORE = 16,
    DAB_NUM_HALF = 32,
    DAB_NUM_POINT = 64,
    DAB_NUM_MINUS = 128,
    DAB_NUM_LITERAL = 256, /* a literal begins with it */
    DAB_NUM_NEEDED = 512,  /* some context rule is tried only where it stands */
};

typedef struct {
    guint8 klass, value;
    guint16 roles;
} DabNumChar;

#define DAB_NUM_CHARS 0x10000 /* the Basic Multilingual Plane */
#define DAB_MAX_NEEDED 63     /* different characters in the `needs` of all context rules: bits of a guint64 */
#define DAB_NEEDS_LATIN 63    /* the bit for any Latin letter */

#define DAB_MAX_DIGITS 15 /* in a row, as far as it matters to context rules */

/* Values of the cue tries: a DabComparator, or */
enum { DAB_CUE_ABOUT = 5, DAB_CUE_NO = 6, DAB_CUE_GE_ABOUT = 7 };

/* A rule of the stage "context". */
typedef struct {
    const DabRule *rule;
    DabPattern *pattern; /* of a rule with `set: {at: number}`: anchored at the place asked for; else the rule's own (lent) */
    int claim;           /* number of the group `claim`, or -1 */
    gboolean at_number;  /* `pattern` is its own: tried where a numeral begins */
    gboolean at_start;   /* tried only where a passage begins */
    guint64 needs;       /* of `needed`: a match holds one of these; 0: nothing is asked */
} DabContextRule;

/* A word that is a number as a whole: 一半. */
typedef struct {
    double value;
    const char *kind, *unit;
    DabComparator comparator;
    gboolean comparator_said;
} DabNumLiteral;

typedef struct {
    DabNumChar *chars;   /* of the Basic Multilingual Plane */
    guint64 known[1024]; /* one bit for each of them: it is something. Fits the first cache, where `chars` does not. */
    DabTrie *before, *after, *far, *bare, *within, *ranges, *more_not, *half_not, *minus_after, *tenths, *tenths_not, *tenths_whole,
        *factors, *factors_not, *literals;
    DabTrie *several_not_after, *fraction, *and_word, *ratios, *currency, *joints, *units, *lexicon, *vague, *range_words,
        *range_not_after;
    DabTrie *brackets, *within_units, *within_not, *latin;
    DabTrie *between, *between_ends, *between_narrow, *between_narrow_ends, *than_then, *limit_joints, *subunits, *than_before,
        *than, *past, *past_after;
    GPtrArray *names;             /* interned strings that tries point to: units, kinds of context */
    GHashTable *unit_kinds;       /* interned unit → interned kind of number (元 → money); other units: number */
    GArray *literal_values;       /* DabNumLiteral */
    const char *shares[32];       /* power of ten → unit, or NULL */
    const char *plain_shares[32]; /* the same, for text that is no report */
    GHashTable *whole;            /* interned kinds of context whose stretches are not told apart there (code, phone) */
    GArray *context;              /* DabContextRule: all of the stage, in its order */
    guint first_behind_words;     /* in it: the lexicons claim before this one */
    /* Which rules may hold: bits as in base/sieve.h, by the place in `context`. */
    DabSieve *likely;              /* by the words a passage must hold */
    DabSieve *start;               /* by what it begins with */
    DabSieve *left, *head;         /* by what stands before a place, and by what begins there */
    DabSieve *next;                /* by what follows the figures of a rule with `next` */
    guint64 *of_digits, *of_hanzi; /* the rules that are tried at figures in 0-9, or at Chinese ones */
    guint64 *searched;             /* those that are searched for */
    guint64 *of_length;            /* for each number of digits up to DAB_MAX_DIGITS: those that need no more */
    guint64 *wanted, *here;        /* scratch of context.c */
    const DabRules *all_rules;
    gunichar needed[DAB_MAX_NEEDED]; /* characters that context rules need; their place here is their bit */
    guint n_needed;
    GArray *blocks;                   /* guint64: which rules may hold in each block of the passage */
    GArray *places, *pieces, *claims; /* scratch of context.c, kept from passage to passage: most passages are short */
    GByteArray *owner;
    const char *empty, *number, *percent, *permille, *points, *money, *ratio, *fraction_kind, *word, *numbering,
        *percent_sign; /* interned */
} DabNumerals;

#define DAB_UNIT_NOT 0x40000000u    /* in the value of `units`: a word that is no unit */
#define DAB_UNIT_DIGITS 0x20000000u /* only behind 0-9 */
#define DAB_UNIT_INDEX 0x0FFFFFFFu

/* A numeral as written, before units and cues. */
typedef struct {
    gsize start, end;
    DabDecimal value, spread; /* spread > 0: from value to value + spread (三四百, 数百万) */
    gboolean pair;            /* 七八: 7–8 before a measure word; `value` is 78 */
    guint8 first, second;     /* its digits */
    gboolean approximate;     /* 十余万 */
    gboolean arabic;          /* its first character is 0-9 */
    gboolean bare;            /* multipliers only: 百, 千万 */
    gboolean weak;            /* everyday characters only: 陆 */
    guint chars;              /* characters in it */
    int big;                  /* power of ten of its last 万 or 亿, or 0 */
    const char *unit;         /* of a share: 百分之九十 → "%"; else NULL */
    gboolean fraction;        /* 三分之二 */
} DabNumeral;

static inline DabNumChar dab_num_of(const DabNumerals *t, guint32 ch) {
    static const DabNumChar none = {0, 0, 0};
    return t->known[ch / 64] >> (ch % 64) & 1 ? t->chars[ch] : none;
}

/* The character at text[at] and its length in bytes; `at` < `end`. */
static inline DabNumChar dab_num_char(const DabNumerals *t, const char *text, gsize at, gsize end, gsize *len) {
    static const DabNumChar none = {0, 0, 0};
    const guint8 *s = (const guint8 *)text + at;
    if (*s < 0x80) {
        *len = 1;
        return dab_num_of(t, *s);
    }
    if (*s >= 0xE0 && *s < 0xF0 && end - at >= 3) {
        *len = 3;
        return dab_num_of(t, (guint32)(s[0] & 15) << 12 | (guint32)(s[1] & 63) << 6 | (s[2] & 63));
    }
    if (*s < 0xE0 && end - at >= 2) {
        *len = 2;
        return dab_num_of(t, (guint32)(s[0] & 31) << 6 | (s[1] & 63));
    }
    *len = MIN(*s < 0xE0 ? 2 : 4, end - at);
    return none;
}

static inline gboolean dab_num_is(DabNumChar c) {
    return c.klass != DAB_NUM_NONE;
}
/* The character before text[at], or 0 at `start`. */
gunichar dab_char_before(const char *text, gsize start, gsize at);
/* The character at text[at], or 0 at `end`. */
gunichar dab_char_at(const char *text, gsize at, gsize end);
gboolean dab_is_hanzi(gunichar c);

/* Reads a cardinal number that begins at text[at]: `unit` and `fraction` stay empty. FALSE when there is none, and *out is no
 * numeral. The text from `start` on may be looked at. */
gboolean dab_cardinal_read(const DabNumerals *t, const char *text, gsize start, gsize at, gsize end, DabNumeral *out);
/* The same for any numeral (a sign before it is the caller's). */
gboolean dab_numeral_read(const DabNumerals *t, const char *text, gsize start, gsize at, gsize end, DabNumeral *out);
/* Adds 0-9 digits with separators and decimals at text[at] to *value; returns where they end (== at: none). */
gsize dab_digits_read(const char *text, gsize start, gsize at, gsize end, DabDecimal *value);

/* A unit at text[at]: its length, 0 when there is none. `*unit` is interned. `arabic`: the numeral was written in 0-9. */
gsize dab_unit_read(const DabNumerals *t, const char *text, gsize at, gsize end, gboolean arabic, const char **unit);
/* A mark of a note in brackets at text[at], [1]: its length, 0 when there is none. */
gsize dab_mark_read(const char *text, gsize at, gsize end);
/* What stands behind a slash as "per": 10万, 万人, 平方公里. Its length. */
gsize dab_per_read(const DabNumerals *t, const char *text, gsize at, gsize end);

/* The cues at a number's sides: grow `extent`, set comparator and approximate. `start`, `end`: of the passage or the gap. */
void dab_cues_before(const DabNumerals *t, const char *text, gsize start, DabNumber *n);
void dab_cues_after(const DabNumerals *t, const char *text, gsize start, gsize end, DabNumber *n);
/* A multiplier alone counts only behind a cue (近百, 上万): the cue's length, and what it says of the number. */
gsize dab_cue_bare(const DabNumerals *t, const char *text, gsize start, gsize at, DabNumber *n);

/* Claims of the context rules in one passage. */
typedef struct {
    DabSpan span;
    const char *kind; /* interned */
    const char *rule; /* id, or NULL: a lexicon word */
    gboolean valued;  /* its only numeral's value may be kept */
} DabClaim;
/* Compiles the rules of the stage "context" into the table. DAB_ERROR_RULES. */
gboolean dab_context_rules_compile(DabNumerals *t, const DabRules *rules, GError **error);
/* In order of place, none overlapping: DabClaim. Lent until the next call. */
const GArray *dab_claims_find(DabNumerals *t, const char *text, DabSpan span);

#endif
