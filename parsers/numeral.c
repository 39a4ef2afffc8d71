/* A numeral as written → its value: a cardinal number (cardinal.c), a fraction (三分之二), a share (百分之九十), a mixed number
 * (三又二分之一). No units, no cues. */
#include "parsers/numerals.h"

/* Power of ten of a numeral that is one, or -1. */
static int power_of_ten(DabDecimal d) {
    double v = dab_decimal_value(d);
    int power = 0;
    for (; v >= 10 && power < 20; power++) v /= 10;
    return v == 1 ? power : -1;
}

/* "… 分之 …" behind the numeral `out`. */
static void read_fraction(const DabNumerals *t, const char *text, gsize start, gsize end, DabNumeral *out) {
    gsize n = dab_trie_longest(t->fraction, text, out->end, end, NULL), len;
    if (!n || !dab_decimal_is_zero(out->spread)) return;
    gsize at = out->end + n;
    gboolean negative = at < end && (dab_num_char(t, text, at, end, &len).roles & DAB_NUM_MINUS);
    DabNumeral top;
    if (!dab_cardinal_read(t, text, start, negative ? at + len : at, end, &top)) return;
    double bottom = dab_decimal_value(out->value);
    if (bottom == 0) return;
    gboolean bare = out->bare || (out->chars == 2 && !out->arabic && out->value.m == 1 && out->value.e == 5); /* 百, 万; 十万 */
    int power = bare ? power_of_ten(out->value) : -1;
    if (negative) top.value = dab_decimal_negate(top.value);
    out->end = top.end;
    out->chars += top.chars + 2;
    out->bare = out->weak = FALSE;
    out->approximate |= top.approximate;
    if (power > 0) { /* 百分之九十, 十万分之七 */
        out->unit = power < (int)G_N_ELEMENTS(t->shares) ? t->shares[power] : NULL;
        out->value = out->unit ? top.value : dab_decimal_scale(top.value, 2 - power);
        out->spread = out->unit ? top.spread : dab_decimal_scale(top.spread, 2 - power);
        if (!out->unit) out->unit = t->percent_sign;
    } else {
        out->value = dab_decimal_double(dab_decimal_value(top.value) / bottom);
        out->spread = dab_decimal_double(dab_decimal_value(top.spread) / bottom);
        out->fraction = TRUE;
    }
}

gboolean dab_numeral_read(const DabNumerals *t, const char *text, gsize start, gsize at, gsize end, DabNumeral *out) {
    if (!dab_cardinal_read(t, text, start, at, end, out)) return FALSE;
    read_fraction(t, text, start, end, out);
    gsize n = out->unit || out->fraction ? 0 : dab_trie_longest(t->and_word, text, out->end, end, NULL);
    DabNumeral part;
    if (n && dab_cardinal_read(t, text, start, out->end + n, end, &part)) { /* 三又二分之一 */
        read_fraction(t, text, start, end, &part);
        if (part.fraction) {
            out->value = dab_decimal_double(dab_decimal_value(out->value) + dab_decimal_value(part.value));
            out->end = part.end;
            out->chars += part.chars;
            out->fraction = TRUE;
            out->bare = out->weak = FALSE;
        }
    }
    return TRUE;
}
