/* The unit behind a numeral: a word of the lists, alone or joined to another (床/万人, 元/人次, 例/10万). */
#include <string.h>

#include "parsers/numerals.h"

#define MAX_UNIT_BYTES 96 /* longer joined units do not exist */

/* The word at text[at], if it may stand behind such a numeral. */
static gsize read_word(const DabNumerals *t, const char *text, gsize at, gsize end, gboolean arabic, const char **unit) {
    guint value;
    gsize n = dab_trie_longest(t->units, text, at, end, &value);
    if (!n || (value & DAB_UNIT_NOT) || ((value & DAB_UNIT_DIGITS) && !arabic)) return 0;
    /* kg, m: not the beginning of a Latin word */
    if (g_ascii_isalpha(text[at + n - 1]) && at + n < end && g_ascii_isalnum(text[at + n])) return 0;
    *unit = t->names->pdata[value & DAB_UNIT_INDEX];
    return n;
}

/* 10万, 万, 千, 1000: only powers of ten, so that joined units stay few. */
static gsize read_base(const DabNumerals *t, const char *text, gsize at, gsize end) {
    gsize i = at, n;
    if (i < end && text[i] == '1')
        for (i++; i < end && text[i] == '0' && i < at + 9;) i++;
    if (i < end && g_ascii_isdigit(text[i])) return 0;
    for (guint k = 0; k < 4 && i < end; k++, i += n) {
        DabNumChar c = dab_num_char(t, text, i, end, &n);
        if (c.klass != DAB_NUM_SMALL && c.klass != DAB_NUM_BIG) break;
    }
    return i - at;
}

gsize dab_per_read(const DabNumerals *t, const char *text, gsize at, gsize end) {
    const char *unit;
    gsize base = read_base(t, text, at, end);
    gsize n = read_word(t, text, at + base, end, TRUE, &unit);
    if (base == 1 && text[at] == '1' && !n) return 0;
    return base + n;
}

gsize dab_unit_read(const DabNumerals *t, const char *text, gsize at, gsize end, gboolean arabic, const char **unit) {
    gsize n = read_word(t, text, at, end, arabic, unit);
    if (!n) return 0;
    gsize whole = n;
    for (guint i = 0; i < 2; i++) { /* 元/人·年 */
        gsize joint = dab_trie_longest(t->joints, text, at + whole, end, NULL);
        gsize per = joint ? dab_per_read(t, text, at + whole + joint, end) : 0;
        if (!per || whole + joint + per >= MAX_UNIT_BYTES) break;
        whole += joint + per;
    }
    if (whole == n) return n;
    char joined[MAX_UNIT_BYTES + 1];
    memcpy(joined, text + at, whole);
    joined[whole] = 0;
    *unit = g_intern_string(joined);
    return whole;
}

gsize dab_mark_read(const char *text, gsize at, gsize end) {
    gsize i = at;
    if (i == end || g_unichar_type(dab_char_at(text, i, end)) != G_UNICODE_OPEN_PUNCTUATION) return 0;
    gsize digits = i += (gsize)g_utf8_skip[(guchar)text[i]];
    while (i < end && g_ascii_isdigit(text[i])) i++;
    if (i == digits || i > digits + 3 || i >= end || g_unichar_type(dab_char_at(text, i, end)) != G_UNICODE_CLOSE_PUNCTUATION)
        return 0;
    return i + (gsize)g_utf8_skip[(guchar)text[i]] - at;
}
