/* decimal.h: numbers as they are written: m × 10^e, exact as long as 18 digits suffice, so that 372.09万 is 3720900 and not
 * 3720899.9999999995. A number too long for that goes on as a double. */
#ifndef DABIAO_BASE_DECIMAL_H
#define DABIAO_BASE_DECIMAL_H

#include <glib.h>

typedef struct {
    gint64 m;
    int e;
    gboolean wide; /* m and e say nothing: `d` is the value */
    double d;
} DabDecimal;

DabDecimal dab_decimal_int(gint64 m);
DabDecimal dab_decimal_double(double d);
DabDecimal dab_decimal_scale(DabDecimal a, int power_of_ten);
DabDecimal dab_decimal_add(DabDecimal a, DabDecimal b);
DabDecimal dab_decimal_times(DabDecimal a, gint64 factor);
DabDecimal dab_decimal_negate(DabDecimal a);
/* The nearest double; not finite when the number is too large for one. */
double dab_decimal_value(DabDecimal a);
gboolean dab_decimal_is_zero(DabDecimal a);

#endif
