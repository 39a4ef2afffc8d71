#include "extract/counting.h"

#include <string.h>

#define COUNT_MAX 32767u /* what Word counts to; larger numbers come out in digits */

/* Code points: 〇 and the numerals from one to nine, then ten, hundred, thousand, ten thousand. */
static const gunichar plain[] = {0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D,
                                 0x4E03, 0x516B, 0x4E5D, 0x5341, 0x767E, 0x5343, 0x4E07}; /* 〇一二三四五六七八九十百千万 */
static const gunichar formal[] = {0x96F6, 0x58F9, 0x8D30, 0x53C1, 0x8086, 0x4F0D, 0x9646,
                                  0x67D2, 0x634C, 0x7396, 0x62FE, 0x4F70, 0x4EDF, 0x4E07}; /* 零壹贰叁肆伍陆柒捌玖拾佰仟万 */
static const gunichar stems[] = {0x7532, 0x4E59, 0x4E19, 0x4E01, 0x620A, 0x5DF1, 0x5E9A, 0x8F9B, 0x58EC, 0x7678}; /* 甲…癸 */
static const gunichar branches[] = {0x5B50, 0x4E11, 0x5BC5, 0x536F, 0x8FB0, 0x5DF3,
                                    0x5348, 0x672A, 0x7533, 0x9149, 0x620C, 0x4EA5}; /* 子…亥 */

static void append_digits(GString *out, guint n) {
    g_string_append_printf(out, "%u", n);
}

/* 十二, 一百零五, 二千三百: as it is spoken. A ten in front has no one before it (十二, not 一十二), but for the formal numerals.
 */
static void append_spoken(GString *out, const gunichar *numeral, guint n) {
    gboolean zero = FALSE, begun = FALSE;
    guint unit = 10000;
    gunichar nought = 0x96F6; /* 零 */
    for (guint place = 13; unit; unit /= 10, place--) {
        guint digit = n / unit % (unit == 10000 ? 10000 : 10);
        if (!digit) {
            zero = begun;
            continue;
        }
        if (zero) g_string_append_unichar(out, nought);
        zero = FALSE;
        if (!(digit == 1 && unit == 10 && !begun && numeral == plain)) g_string_append_unichar(out, numeral[MIN(digit, 9)]);
        if (unit > 1) g_string_append_unichar(out, numeral[place]);
        begun = TRUE;
    }
}

static void append_each_digit(GString *out, guint n, const gunichar *numeral, gunichar first) {
    char digits[12];
    g_snprintf(digits, sizeof digits, "%u", n);
    for (const char *d = digits; *d; d++) g_string_append_unichar(out, numeral ? numeral[*d - '0'] : first + (gunichar)(*d - '0'));
}

/* a … z, aa, bb …: Word repeats the letter. */
static void append_letter(GString *out, guint n, char first) {
    for (guint i = 0; i < (n - 1) / 26 + 1; i++) g_string_append_c(out, (char)(first + (n - 1) % 26));
}

static void append_roman(GString *out, guint n, gboolean upper) {
    static const struct {
        guint value;
        const char *sign;
    } signs[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"},
                 {40, "xl"},  {10, "x"},   {9, "ix"},  {5, "v"},    {4, "iv"},  {1, "i"}};
    gsize start = out->len;
    for (guint i = 0; i < G_N_ELEMENTS(signs); i++)
        for (; n >= signs[i].value; n -= signs[i].value) g_string_append(out, signs[i].sign);
    for (gsize i = start; upper && i < out->len; i++) out->str[i] = g_ascii_toupper(out->str[i]);
}

/* ① to ⑳, and what goes on elsewhere in Unicode. */
static void append_from(GString *out, guint n, gunichar first, guint last) {
    if (n <= last)
        g_string_append_unichar(out, first + n - 1);
    else
        append_digits(out, n);
}

static void append_circled(GString *out, guint n) {
    if (n > 35 && n <= 50)
        g_string_append_unichar(out, 0x32B1 + n - 36); /* ㊱ */
    else if (n > 20 && n <= 35)
        g_string_append_unichar(out, 0x3251 + n - 21); /* ㉑ */
    else
        append_from(out, n, 0x2460, 20); /* ① */
}

static gboolean is_in(const char *format, const char *const *list) {
    return g_strv_contains(list, format);
}

void dab_counting_append(GString *out, const char *format, guint n) {
    static const char *const spoken[] = {"chineseCounting",   "chineseCountingThousand",   "japaneseCounting",
                                         "taiwaneseCounting", "taiwaneseCountingThousand", NULL};
    static const char *const formals[] = {"chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal", NULL};
    static const char *const digits[] = {"ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital", NULL};
    static const char *const circles[] = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese", NULL};
    if (!strcmp(format, "none") || !strcmp(format, "bullet")) return;
    if (!n || n > COUNT_MAX)
        append_digits(out, n);
    else if (is_in(format, spoken))
        append_spoken(out, plain, n);
    else if (is_in(format, formals))
        append_spoken(out, formal, n);
    else if (is_in(format, digits))
        append_each_digit(out, n, plain, 0);
    else if (is_in(format, circles))
        append_circled(out, n);
    else if (!strcmp(format, "decimalFullWidth") || !strcmp(format, "decimalFullWidth2"))
        append_each_digit(out, n, NULL, 0xFF10);
    else if (!strcmp(format, "decimalEnclosedParen"))
        append_from(out, n, 0x2474, 20); /* ⑴ */
    else if (!strcmp(format, "decimalEnclosedFullstop"))
        append_from(out, n, 0x2488, 20); /* ⒈ */
    else if (!strcmp(format, "ideographEnclosedCircle"))
        append_from(out, n, 0x3280, 10); /* ㊀ */
    else if (!strcmp(format, "ideographTraditional") && n <= G_N_ELEMENTS(stems))
        g_string_append_unichar(out, stems[n - 1]);
    else if (!strcmp(format, "ideographZodiac") && n <= G_N_ELEMENTS(branches))
        g_string_append_unichar(out, branches[n - 1]);
    else if (!strcmp(format, "lowerLetter") || !strcmp(format, "upperLetter"))
        append_letter(out, n, format[0] == 'l' ? 'a' : 'A');
    else if (!strcmp(format, "lowerRoman") || !strcmp(format, "upperRoman"))
        append_roman(out, n, format[0] == 'u');
    else
        g_string_append_printf(out, strcmp(format, "decimalZero") ? "%u" : "%02u", n);
}

const char *dab_counting_of_html(const char *type) {
    static const struct {
        const char *type, *format;
    } types[] = {{"a", "lowerLetter"},
                 {"A", "upperLetter"},
                 {"i", "lowerRoman"},
                 {"I", "upperRoman"},
                 {"lower-alpha", "lowerLetter"},
                 {"lower-latin", "lowerLetter"},
                 {"upper-alpha", "upperLetter"},
                 {"upper-latin", "upperLetter"},
                 {"lower-roman", "lowerRoman"},
                 {"upper-roman", "upperRoman"},
                 {"decimal-leading-zero", "decimalZero"},
                 {"cjk-decimal", "ideographDigital"},
                 {"cjk-ideographic", "chineseCounting"},
                 {"simp-chinese-informal", "chineseCounting"},
                 {"trad-chinese-informal", "chineseCounting"},
                 {"simp-chinese-formal", "chineseLegalSimplified"},
                 {"trad-chinese-formal", "chineseLegalSimplified"},
                 {"cjk-heavenly-stem", "ideographTraditional"},
                 {"cjk-earthly-branch", "ideographZodiac"},
                 {"none", NULL},
                 {"disc", NULL},
                 {"circle", NULL},
                 {"square", NULL}};
    for (guint i = 0; i < G_N_ELEMENTS(types); i++)
        if (!strcmp(type, types[i].type)) return types[i].format;
    return "decimal";
}
