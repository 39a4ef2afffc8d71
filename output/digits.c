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

const char *dab_digits_of(double number, char *digits) {
    if (!isfinite(number)) return "null";
    if (fabs(number) < 1e15 && number == floor(number)) return whole(number, digits);
    g_ascii_formatd(digits, DAB_DIGITS, "%.15g", number);
    if (!strchr(digits, 'e')) strip_zeros(digits);
    return digits;
}

/* Hundredths of a float (a side of a box: most numbers of a result are) are exact in a double, so that rounding them is all there
 * is to do. The same digits as printf's. */
static const char *hundredths(double number, char *digits) {
    gint64 n = llrint(fabs(number) * 100);
    char *at = &digits[DAB_DIGITS - 1];
    gboolean negative = number < 0 && n;
    *at = 0;
    if (n % 10) *--at = (char)('0' + n % 10);
    if (n % 100) {
        *--at = (char)('0' + n / 10 % 10);
        *--at = '.';
    }
    n /= 100;
    do *--at = (char)('0' + n % 10);
    while (n /= 10);
    if (negative) *--at = '-';
    return at;
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
