/* digits.h: numbers → the digits that results show, without what a locale would change. */
#ifndef DABIAO_OUTPUT_DIGITS_H
#define DABIAO_OUTPUT_DIGITS_H

#include <glib.h>

#define DAB_DIGITS 64 /* bytes that any of these needs */

/* All write into `digits` and return what to show of it; "null" for what is no finite number.
 * Fifteen significant digits (DBL_DIG) bring every decimal of up to fifteen digits back as it was written, and hide the
 * noise of a multiplication: 52.3 × 10000 is 523000, not 523000.00000000006. */
const char *dab_digits_of(double number, char *digits);
/* At most so many decimals, none of them a zero at the end: 72.50 → 72.5, 90.00 → 90, -0 → 0. From 1e15 on as dab_digits_of. */
const char *dab_digits_rounded(double number, guint decimals, char *digits);
const char *dab_digits_count(guint64 count, char *digits);

#endif
