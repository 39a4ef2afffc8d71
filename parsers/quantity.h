/* quantity.h: one number under way: its numeral, unit, range, ratio, fraction, share, before cues and context decide what it is. */
#ifndef DAB_PARSERS_QUANTITY_H
#define DAB_PARSERS_QUANTITY_H

#include "parsers/numerals.h"

/* One stretch between two claims. */
typedef struct {
    const DabNumerals *t;
    const char *text;
    gsize start, end; /* the numbers of the stretch */
    gsize from, to;   /* how far signs and cues may be looked for */
    gsize floor;      /* cues before a number: where the number before it ends with its own */
} DabStretch;

/* What is known of the number under way. */
typedef struct {
    DabNumber n;
    DabNumeral numeral;
    gsize at;      /* read so far */
    gsize behind;  /* bytes of 之间 behind it */
    gboolean sure; /* a quantity, however short */
} DabDraft;

/* Reads the numeral at text[at] with its sign. FALSE when there is none. */
gboolean dab_draft_open(const DabStretch *s, gsize at, DabDraft *d);
/* Reads on from it: what makes a quantity of it. Cues are not looked for. */
void dab_draft_read(const DabStretch *s, DabDraft *d);
/* The unit of a numeral that has none yet, alone or behind a slash. */
void dab_draft_unit(const DabStretch *s, DabDraft *d);
/* Takes the second number of a range, if one follows. `first_end`: where the numeral ends, before its unit. */
void dab_range_read(const DabStretch *s, DabDraft *d, gsize first_end);
/* The last two numbers, if they are the two limits of one thing, become one with low and high. */
void dab_limits_join(const DabNumerals *t, const char *text, GArray *numbers);
/* The kind of number it is; interned. */
const char *dab_draft_kind(const DabStretch *s, const DabDraft *d);

#endif
