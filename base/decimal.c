#include "base/decimal.h"

#include <math.h>

DabDecimal dab_decimal_int(gint64 m) {
    return (DabDecimal){.m = m};
}

DabDecimal dab_decimal_double(double d) {
    return (DabDecimal){.wide = TRUE, .d = d};
}

DabDecimal dab_decimal_scale(DabDecimal a, int power) {
    if (a.wide)
        a.d *= pow(10, power);
    else
        a.e += power;
    return a;
}

DabDecimal dab_decimal_negate(DabDecimal a) {
    a.m = -a.m; /* |m| < 10^18, so there is always an opposite */
    a.d = -a.d;
    return a;
}

DabDecimal dab_decimal_times(DabDecimal a, gint64 factor) {
    gint64 m;
    if (a.wide || __builtin_mul_overflow(a.m, factor, &m)) return dab_decimal_double(dab_decimal_value(a) * (double)factor);
    a.m = m;
    return a;
}

/* a with its exponent lowered to e, where that fits. */
static gboolean lower(DabDecimal *a, int e) {
    if (a->m == 0) {
        a->e = e;
        return TRUE;
    }
    if (a->e - e > 18) return FALSE;
    for (; a->e > e; a->e--)
        if (__builtin_mul_overflow(a->m, 10, &a->m)) return FALSE;
    return TRUE;
}

DabDecimal dab_decimal_add(DabDecimal a, DabDecimal b) {
    if (!a.wide && !a.m) return b;
    if (!b.wide && !b.m) return a;
    DabDecimal x = a, y = b, sum;
    int e = MIN(a.e, b.e);
    if (a.wide || b.wide || !lower(&x, e) || !lower(&y, e) || __builtin_add_overflow(x.m, y.m, &sum.m))
        return dab_decimal_double(dab_decimal_value(a) + dab_decimal_value(b));
    sum.e = e;
    sum.wide = FALSE;
    sum.d = 0;
    return sum;
}

double dab_decimal_value(DabDecimal a) {
    if (a.wide) return a.d;
    static const double tens[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                  1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    const gint64 exact = (gint64)1 << 53;
    /* both operands are exact doubles, so the one division or multiplication rounds correctly (Clinger 1990, the fast case) */
    if (a.m < exact && a.m > -exact && a.e >= -22 && a.e <= 22) return a.e < 0 ? (double)a.m / tens[-a.e] : (double)a.m * tens[a.e];
    char digits[64];
    g_snprintf(digits, sizeof digits, "%" G_GINT64_FORMAT "e%d", a.m, CLAMP(a.e, -400, 400));
    return g_ascii_strtod(digits, NULL);
}

gboolean dab_decimal_is_zero(DabDecimal a) {
    return a.wide ? a.d == 0 : a.m == 0;
}
