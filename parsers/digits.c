/* 0-9 with separators, decimals and powers → their exact value; and small questions about the characters around them. */
#include <math.h>

#include "parsers/numerals.h"

gunichar dab_char_before(const char *text, gsize start, gsize at) {
    return at > start ? g_utf8_get_char(g_utf8_prev_char(text + at)) : 0;
}

gunichar dab_char_at(const char *text, gsize at, gsize end) {
    return at < end ? g_utf8_get_char(text + at) : 0;
}

gboolean dab_is_hanzi(gunichar c) {
    return (c >= 0x3400 && c <= 0x9FFF) || c == 0x3007 || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

static gboolean is_digit_at(const char *text, gsize at, gsize end) {
    return at < end && g_ascii_isdigit(text[at]);
}

static gsize skip_digits(const char *text, gsize at, gsize end) {
    while (is_digit_at(text, at, end)) at++;
    return at;
}

/* 1,050,000: groups of three behind one of one to three. Returns where they end, or `at`'s digits when they are no groups. */
static gsize skip_groups(const char *text, gsize at, gsize end) {
    gsize first = skip_digits(text, at, end), last = first;
    if (first - at > 3) return first;
    while (last < end && text[last] == ',' && skip_digits(text, last + 1, end) == last + 4) last += 4;
    return last;
}

/* The digits of text[at, end), commas and one point among them. */
static DabDecimal digits_value(const char *text, gsize at, gsize end) {
    gint64 m = 0;
    int e = 0;
    guint digits = 0;
    gboolean point = FALSE;
    for (gsize i = at; i < end; i++) {
        if (text[i] == '.') point = TRUE;
        if (!g_ascii_isdigit(text[i])) continue;
        if (m || text[i] != '0') digits++;
        if (digits <= 18) {
            m = m * 10 + (text[i] - '0');
            e -= point;
        } else if (!point) {
            e++;
        }
    }
    DabDecimal d = dab_decimal_scale(dab_decimal_int(m), e);
    if (digits <= 18) return d;
    /* more digits than a gint64 takes: as a double, from as many of them as decide it */
    char buffer[400];
    gsize n = 0;
    for (gsize i = at; i < end && n < sizeof buffer - 1; i++)
        if (text[i] != ',') buffer[n++] = text[i];
    buffer[n] = 0;
    return n < sizeof buffer - 1 ? dab_decimal_double(g_ascii_strtod(buffer, NULL)) : dab_decimal_double(dab_decimal_value(d));
}

/* 2.5e-3 and 2^5: rare in reports, but never two numbers. Returns where it ends; `at` when there is nothing of the kind. */
static gsize read_power(const char *text, gsize at, gsize end, DabDecimal *value) {
    char sign = at < end ? text[at] : 0;
    if (sign != '^' && sign != 'e' && sign != 'E') return at;
    gsize i = at + 1;
    gboolean negative = FALSE;
    while (sign == '^' ? i < end && i < at + 3 && (text[i] == '-' || text[i] == '+')
                       : i == at + 1 && i < end && (text[i] == '-' || text[i] == '+'))
        negative ^= text[i++] == '-'; /* 1.1^--23 */
    gsize last = skip_digits(text, i, end);
    if (last == i || last - i > 3 || (last < end && (g_ascii_isalnum(text[last]) || text[last] == '.'))) return at;
    int power = (int)g_ascii_strtoll(text + i, NULL, 10) * (negative ? -1 : 1);
    if (sign == '^')
        *value = dab_decimal_double(pow(dab_decimal_value(*value), power));
    else
        *value = dab_decimal_scale(*value, power);
    return last;
}

gsize dab_digits_read(const char *text, gsize start, gsize at, gsize end, DabDecimal *value) {
    gsize last = skip_groups(text, at, end);
    /* 2.3.1 is no decimal: neither before nor behind one of two points */
    gboolean dotted = at >= start + 2 && text[at - 1] == '.' && g_ascii_isdigit(text[at - 2]);
    if (!dotted && last < end && text[last] == '.' && is_digit_at(text, last + 1, end)) {
        gsize decimals = skip_digits(text, last + 1, end);
        if (!(decimals + 1 < end && text[decimals] == '.' && g_ascii_isdigit(text[decimals + 1]))) last = decimals;
    }
    if (last == at) return at;
    *value = digits_value(text, at, last);
    return read_power(text, last, end, value);
}
