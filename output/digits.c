#include "output/digits.h"

#include <math.h>
#include <string.h>

static void strip_zeros(char *digits) {
    char *dot = strchr(digits, '.');
    if (dot) {
        char *end = digits + strlen(digits);
        while (end[-1] == '0') end--;
        if (end - 1 == dot) end--;
        *end = 0;
    }
    if (strcmp(digits, "-0") == 0) memmove(digits, digits + 1, 2);
}

/* Writes from the end of `digits` to its front. */
const char *dab_digits_count(guint64 count, char *digits) {
    char *at = &digits[DAB_DIGITS - 1];
    *at = 0;
    do *--at = (char)('0' + count % 10);
    while (count /= 10);
    return at;
}

static const char *whole(double number, char *digits) {
    char *text = (char *)dab_digits_count((guint64)fabs(number), digits);
    if (number < 0) *--text = '-';
    return text;
}

/* n / 10^decimals, without zeros at its end. */
static const char *with_point(guint64 n, guint decimals, gboolean negative, char *digits) {
    char *at = &digits[DAB_DIGITS - 1];
    *at = 0;
    gboolean begun = FALSE;
    for (; decimals; decimals--, n /= 10) {
        begun = begun || n % 10;
        if (begun) *--at = (char)('0' + n % 10);
    }
    if (begun) *--at = '.';
    do *--at = (char)('0' + n % 10);
    while (n /= 10);
    if (negative) *--at = '-';
    return at;
}

/* A number that is a decimal of few places, as nearly all in reports are; NULL where it is none. A double that is nearest to a
 * decimal of at most 15 digits is printed as that decimal by %.15g. */
static const char *few_decimals(double number, char *digits) {
    double power = 1;
    if (fabs(number) >= 1e10) return NULL;
    for (guint decimals = 1; decimals <= 4; decimals++) {
        double n = nearbyint(fabs(number) * (power *= 10));
        if (n / power == fabs(number)) return with_point((guint64)n, decimals, number < 0, digits);
    }
    return NULL;
}

const char *dab_digits_of(double number, char *digits) {
    if (!isfinite(number)) return "null";
    if (fabs(number) < 1e15 && number == floor(number)) return whole(number, digits);
    const char *few = few_decimals(number, digits);
    if (few) return few;
    g_ascii_formatd(digits, DAB_DIGITS, "%.15g", number);
    if (!strchr(digits, 'e')) strip_zeros(digits);
    return digits;
}

/* Hundredths of a float (a side of a box: most numbers of a result are) are exact in a double, so that rounding them is all there
 * is to do. The same digits as printf's. */
static const char *hundredths(double number, char *digits) {
    guint64 n = (guint64)llrint(fabs(number) * 100);
    return with_point(n, 2, number < 0 && n, digits);
}

const char *dab_digits_rounded(double number, guint decimals, char *digits) {
    if (!isfinite(number) || fabs(number) >= 1e15) return dab_digits_of(number, digits);
    if (decimals == 2 && fabs(number) < 1e7 && (double)(float)number == number) return hundredths(number, digits);
    char format[8];
    g_snprintf(format, sizeof format, "%%.%uf", MIN(decimals, 15u));
    g_ascii_formatd(digits, DAB_DIGITS, format, number);
    strip_zeros(digits);
    return digits;
}
