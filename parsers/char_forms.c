#include "parsers/char_forms.h"

#include <utf8proc.h>

#include "parsers/blanks.h"

typedef struct {
    gunichar first, last, to;
} Range;

static const Range radicals[] = {
#include "parsers/radicals.inc"
};

/* Signs that NFKC leaves alone although writers mean the plain one. */
static const Range lookalikes[] = {
    {0x2010, 0x2011, '-'},    {0x2212, 0x2212, '-'},    {0x301C, 0x301C, '~'}, {0x223C, 0x223C, '~'},    {0x2236, 0x2236, ':'},
    {0x2044, 0x2044, '/'},    {0x2215, 0x2215, '/'},    {0x066A, 0x066A, '%'}, {0x2266, 0x2266, 0x2264}, {0x2267, 0x2267, 0x2265},
    {0x2A7D, 0x2A7D, 0x2264}, {0x2A7E, 0x2A7E, 0x2265}, {0xFE30, 0xFE30, ':'}, /* ︰ in 11.8︰48.3︰39.9 */
};

/* Blocks whose <compat> forms carry meaning that NFKC would lose: … ‼, ℃ № Ⅱ, ① ⑴, ㈠ ㎡. */
static gboolean keeps_form(gunichar c) {
    return (c >= 0x2000 && c <= 0x206F) || (c >= 0x2100 && c <= 0x2BFF) || (c >= 0x3200 && c <= 0x33FF) ||
           (c >= 0x1F100 && c <= 0x1F2FF);
}

guint8 dab_char_kind(gunichar c) {
    if (c >= '0' && c <= '9') return DAB_CHAR_DIGIT;
    if (c == '%' || c == 0x2030 || c == 0x2031 || c == 0xB0 || c == 0x2103 || c == 0x2109) return DAB_CHAR_PERCENT;
    if ((c >= 0x2018 && c <= 0x201F) || (c >= 0x3008 && c <= 0x3011) || (c >= 0x3014 && c <= 0x301B) || c == 0xFF08 || c == 0xFF09)
        return DAB_CHAR_QUOTE;
    if ((c >= 0x3005 && c <= 0x3007) || (c >= 0x3021 && c <= 0x3029) || (c >= 0x3031 && c <= 0x312F) ||
        (c >= 0x31A0 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF))
        return DAB_CHAR_HANZI;
    if ((c >= 0x3000 && c <= 0x303F) || (c >= 0xFE10 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFFEF) || c == 0x2014 ||
        c == 0x2015 || (c >= 0x2020 && c <= 0x2027) || (c >= 0x2460 && c <= 0x24FF) || (c >= 0x2500 && c <= 0x27BF) || c == 0xB7)
        return DAB_CHAR_STOP;
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NO: /* ² of m² */
        return DAB_CHAR_LATIN;
    default:
        return DAB_CHAR_PUNCT;
    }
}

/* NFKC of `n` code points in place, at most DAB_MAX_DECOMPOSED; 0 where utf8proc refuses. */
guint dab_compose(gint32 *chars, guint n) {
    utf8proc_ssize_t m = utf8proc_normalize_utf32(chars, (utf8proc_ssize_t)n, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    return m < 0 ? 0 : (guint)m;
}

guint dab_nfkc(gunichar c, gint32 *out) {
    int boundary = 0;
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)c, out, DAB_MAX_DECOMPOSED,
                                                 UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_STABLE, &boundary);
    return n < 1 || n > DAB_MAX_DECOMPOSED ? 0 : dab_compose(out, (guint)n);
}

static guint32 copy(gunichar c) {
    return DAB_ENTRY(c, dab_char_kind(c), DAB_FORM_COPY);
}

static gboolean is_chinese_mark(gunichar c) {
    return c == '!' || c == '(' || c == ')' || c == ',' || c == ':' || c == ';' || c == '?';
}

/* The entry of a code point by its Unicode properties alone. */
static guint32 by_properties(gunichar c) {
    const utf8proc_property_t *p = utf8proc_get_property((utf8proc_int32_t)c);
    switch (p->category) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
        return DAB_ENTRY(0, 0, DAB_FORM_DROP);
    case UTF8PROC_CATEGORY_ZS:
        return DAB_ENTRY(0, 0, DAB_FORM_BLANK);
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return DAB_ENTRY(0, 0, DAB_FORM_LINE);
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CN: /* the ideographic planes grow with every Unicode version */
        return c >= 0x20000 && c <= 0x3FFFD ? copy(c) : DAB_ENTRY(0, 0, DAB_FORM_LOST);
    default:
        break;
    }
    if (p->combining_class) return DAB_ENTRY(c, dab_char_kind(c), DAB_FORM_NFKC);
    switch (p->decomp_type) {
    case UTF8PROC_DECOMP_TYPE_CIRCLE:
    case UTF8PROC_DECOMP_TYPE_SUPER:
    case UTF8PROC_DECOMP_TYPE_SUB:
    case UTF8PROC_DECOMP_TYPE_SQUARE:
    case UTF8PROC_DECOMP_TYPE_FRACTION:
        return copy(c);
    case UTF8PROC_DECOMP_TYPE_COMPAT:
        if (keeps_form(c)) return copy(c);
        break;
    default:
        break;
    }
    gint32 out[DAB_MAX_DECOMPOSED];
    guint n = dab_nfkc(c, out);
    if (n == 0 || out[0] == ' ') return copy(c); /* a spacing accent is no blank with a mark */
    if (n > 1 || utf8proc_get_property(out[0])->combining_class) return DAB_ENTRY(c, dab_char_kind(c), DAB_FORM_NFKC);
    if (c >= 0x2E80 && is_chinese_mark((gunichar)out[0]))
        return copy(0xFEE0 + (gunichar)out[0]); /* ﹐ ︰ ， → the full-width form */
    return copy((gunichar)out[0]);
}

guint32 dab_find_entry(gunichar c) {
    if (c == '\t') return DAB_ENTRY(0, 0, DAB_FORM_TAB);
    if ((c >= '\n' && c <= '\f') || c == 0x85) return DAB_ENTRY(0, 0, DAB_FORM_LINE);
    if (c == 0xAD) return DAB_ENTRY(0, 0, DAB_FORM_HYPHEN);
    if (c == 0xFFFD) return DAB_ENTRY(0, 0, DAB_FORM_LOST);
    if (c == 0x2001 || c == 0x2003 || c == 0x3000) return DAB_ENTRY(0, 0, DAB_FORM_WIDE);
    if ((c >= 0xFE00 && c <= 0xFE0F) || (c >= 0x180B && c <= 0x180F) || (c >= 0xE0000 && c <= 0xE0FFF) || c == 0x034F)
        return DAB_ENTRY(0, 0, DAB_FORM_DROP); /* variation selectors, tags */
    for (guint i = 0; i < G_N_ELEMENTS(lookalikes); i++)
        if (c >= lookalikes[i].first && c <= lookalikes[i].last) return copy(lookalikes[i].to);
    if (c >= radicals[0].first && c <= radicals[G_N_ELEMENTS(radicals) - 1].last)
        for (guint i = 0; i < G_N_ELEMENTS(radicals); i++)
            if (c >= radicals[i].first && c <= radicals[i].last) return copy(radicals[i].to);
    return by_properties(c);
}

guint32 dab_char_forms[DAB_FORMS];

void dab_char_forms_fill(void) {
    static gsize done;
    if (!g_once_init_enter(&done)) return;
    for (gunichar c = 0; c < DAB_FORMS; c++) {
        if (c >= 0x3400 && c <= 0x9FFF)
            dab_char_forms[c] = DAB_ENTRY(c, DAB_CHAR_HANZI, DAB_FORM_COPY);
        else if (c >= 0xAC00 && c <= 0xD7A3)
            dab_char_forms[c] = DAB_ENTRY(c, DAB_CHAR_LATIN, DAB_FORM_COPY);
        else
            dab_char_forms[c] = dab_find_entry(c);
    }
    g_once_init_leave(&done, 1);
}
