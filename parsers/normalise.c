#include "parsers/normalise.h"

#include <string.h>
#include <utf8proc.h>

#include "parsers/blanks.h"

/* What becomes of a code point. */
typedef enum {
    FORM_COPY,   /* one code point: itself or another */
    FORM_NFKC,   /* several code points, or a mark that may combine: utf8proc is asked */
    FORM_DROP,   /* nothing */
    FORM_LOST,   /* nothing, and two digits beside it are not one number */
    FORM_HYPHEN, /* soft hyphen: nothing, but a word goes on behind the line end */
    FORM_BLANK,  /* one blank */
    FORM_WIDE,   /* a blank as wide as a hanzi */
    FORM_TAB,
    FORM_LINE, /* a line end */
} Form;

/* Table entry: code point in the low 21 bits, kind above, form on top. */
#define ENTRY(ch, kind, form) ((guint32)(ch) | (guint32)(kind) << 21 | (guint32)(form) << 26)
#define ENTRY_CH(e) ((gunichar)((e)&0x1FFFFF))
#define ENTRY_KIND(e) ((guint8)((e) >> 21 & 31))
#define ENTRY_FORM(e) ((Form)((e) >> 26))

#define BMP 0x10000
#define MAX_DECOMPOSED 32 /* code points; the longest in Unicode is 18 (U+FDFA) */

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

static guint8 kind_of(gunichar c) {
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

/* NFKC of `n` code points in place, at most MAX_DECOMPOSED; 0 where utf8proc refuses. */
static guint compose(utf8proc_int32_t *chars, guint n) {
    utf8proc_ssize_t m = utf8proc_normalize_utf32(chars, (utf8proc_ssize_t)n, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    return m < 0 ? 0 : (guint)m;
}

static guint nfkc(gunichar c, utf8proc_int32_t *out) {
    int boundary = 0;
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)c, out, MAX_DECOMPOSED,
                                                 UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_STABLE, &boundary);
    return n < 1 || n > MAX_DECOMPOSED ? 0 : compose(out, (guint)n);
}

static guint32 copy(gunichar c) {
    return ENTRY(c, kind_of(c), FORM_COPY);
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
        return ENTRY(0, 0, FORM_DROP);
    case UTF8PROC_CATEGORY_ZS:
        return ENTRY(0, 0, FORM_BLANK);
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return ENTRY(0, 0, FORM_LINE);
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CN: /* the ideographic planes grow with every Unicode version */
        return c >= 0x20000 && c <= 0x3FFFD ? copy(c) : ENTRY(0, 0, FORM_LOST);
    default:
        break;
    }
    if (p->combining_class) return ENTRY(c, kind_of(c), FORM_NFKC);
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
    utf8proc_int32_t out[MAX_DECOMPOSED];
    guint n = nfkc(c, out);
    if (n == 0 || out[0] == ' ') return copy(c); /* a spacing accent is no blank with a mark */
    if (n > 1 || utf8proc_get_property(out[0])->combining_class) return ENTRY(c, kind_of(c), FORM_NFKC);
    if (c >= 0x2E80 && is_chinese_mark((gunichar)out[0]))
        return copy(0xFEE0 + (gunichar)out[0]); /* ﹐ ︰ ， → the full-width form */
    return copy((gunichar)out[0]);
}

static guint32 find_entry(gunichar c) {
    if (c == '\t') return ENTRY(0, 0, FORM_TAB);
    if ((c >= '\n' && c <= '\f') || c == 0x85) return ENTRY(0, 0, FORM_LINE);
    if (c == 0xAD) return ENTRY(0, 0, FORM_HYPHEN);
    if (c == 0xFFFD) return ENTRY(0, 0, FORM_LOST);
    if (c == 0x2001 || c == 0x2003 || c == 0x3000) return ENTRY(0, 0, FORM_WIDE);
    if ((c >= 0xFE00 && c <= 0xFE0F) || (c >= 0x180B && c <= 0x180F) || (c >= 0xE0000 && c <= 0xE0FFF) || c == 0x034F)
        return ENTRY(0, 0, FORM_DROP); /* variation selectors, tags */
    for (guint i = 0; i < G_N_ELEMENTS(lookalikes); i++)
        if (c >= lookalikes[i].first && c <= lookalikes[i].last) return copy(lookalikes[i].to);
    if (c >= radicals[0].first && c <= radicals[G_N_ELEMENTS(radicals) - 1].last)
        for (guint i = 0; i < G_N_ELEMENTS(radicals); i++)
            if (c >= radicals[i].first && c <= radicals[i].last) return copy(radicals[i].to);
    return by_properties(c);
}

static guint32 bmp[BMP];

static void fill_table(void) {
    static gsize done;
    if (!g_once_init_enter(&done)) return;
    for (gunichar c = 0; c < BMP; c++) {
        if (c >= 0x3400 && c <= 0x9FFF)
            bmp[c] = ENTRY(c, DAB_CHAR_HANZI, FORM_COPY);
        else if (c >= 0xAC00 && c <= 0xD7A3)
            bmp[c] = ENTRY(c, DAB_CHAR_LATIN, FORM_COPY);
        else
            bmp[c] = find_entry(c);
    }
    g_once_init_leave(&done, 1);
}

static inline guint32 entry_of(gunichar c) {
    if (c < BMP) return bmp[c];
    if (c > 0x10FFFF) return ENTRY(0, 0, FORM_LOST); /* a glyph may hold anything */
    return find_entry(c);
}

/* The units of a passage as they come together. */
typedef struct {
    GArray *memory; /* DabUnit: as many as there is room for */
    DabUnit *units;
    guint n, room;
    guint8 gap; /* since the last unit */
    guint32 gap_glyph;
    gboolean soft_hyphen;
} Builder;

static void make_room(Builder *b, guint room) {
    if (room > b->memory->len) g_array_set_size(b->memory, room);
    b->room = b->memory->len;
    b->units = (DabUnit *)(void *)b->memory->data;
}

static void builder_init(Builder *b, DabText *text, guint expected) {
    fill_table();
    *b = (Builder){.memory = text->units, .gap_glyph = DAB_NO_GLYPH};
    make_room(b, MAX(expected, 256));
}

static inline void add_unit(Builder *b, gunichar c, guint8 kind, guint32 glyph) {
    if (G_UNLIKELY(b->n == b->room)) make_room(b, 2 * b->room);
    b->units[b->n++] = (DabUnit){.ch = c, .glyph = glyph, .gap_glyph = b->gap_glyph, .kind = kind, .gap = b->gap};
    b->gap = DAB_GAP_NONE;
    b->gap_glyph = DAB_NO_GLYPH;
    b->soft_hyphen = FALSE;
}

static void add_gap(Builder *b, Form form, guint32 glyph) {
    static const guint8 wider[] = {DAB_GAP_BLANK, DAB_GAP_BLANK, DAB_GAP_PAIR, DAB_GAP_WIDE,
                                   DAB_GAP_WIDE,  DAB_GAP_LINE,  DAB_GAP_KEPT};
    if (b->gap_glyph == DAB_NO_GLYPH) b->gap_glyph = glyph;
    if (b->gap == DAB_GAP_LINE) return;
    if (form == FORM_TAB || (form == FORM_WIDE && b->gap > DAB_GAP_LOST))
        b->gap = DAB_GAP_WIDE;
    else
        b->gap = form == FORM_WIDE ? DAB_GAP_PAIR : wider[b->gap];
}

static void add_line_end(Builder *b) {
    if (b->n) b->gap = b->soft_hyphen ? DAB_GAP_NONE : DAB_GAP_LINE;
    b->soft_hyphen = FALSE;
}

/* Several code points for one glyph (ﬁ), or a mark that may combine with the letter before it (e + ´). */
static void add_nfkc(Builder *b, gunichar c, guint32 glyph) {
    utf8proc_int32_t out[MAX_DECOMPOSED];
    guint n = nfkc(c, out);
    DabUnit *last = b->n ? &b->units[b->n - 1] : NULL;
    if (n == 1 && last && !b->gap && last->kind != DAB_CHAR_DIGIT) {
        utf8proc_int32_t pair[2] = {(utf8proc_int32_t)last->ch, out[0]};
        if (compose(pair, 2) == 1) {
            last->ch = (gunichar)pair[0];
            return;
        }
    }
    for (guint i = 0; i < n; i++) add_unit(b, (gunichar)out[i], kind_of((gunichar)out[i]), glyph);
}

static inline void add_char(Builder *b, gunichar c, guint32 glyph) {
    guint32 e = entry_of(c);
    switch (ENTRY_FORM(e)) {
    case FORM_COPY:
        add_unit(b, ENTRY_CH(e), ENTRY_KIND(e), glyph);
        break;
    case FORM_NFKC:
        add_nfkc(b, c, glyph);
        break;
    case FORM_DROP:
        break;
    case FORM_LOST:
        if (b->gap == DAB_GAP_NONE && b->n) b->gap = DAB_GAP_LOST, b->gap_glyph = glyph;
        break;
    case FORM_HYPHEN:
        b->soft_hyphen = TRUE;
        break;
    case FORM_LINE:
        add_line_end(b);
        break;
    default:
        add_gap(b, ENTRY_FORM(e), glyph);
    }
}

static void add_lines(Builder *b, const DabLayout *layout, guint first, guint n) {
    const DabGlyph *glyphs = (const DabGlyph *)(const void *)layout->glyphs->data;
    for (guint i = first; i < first + n && i < layout->lines->len; i++) {
        const DabLine *line = &g_array_index(layout->lines, DabLine, i);
        guint end = MIN(line->first_glyph + line->n_glyphs, layout->glyphs->len);
        add_line_end(b);
        for (guint g = line->first_glyph; g < end; g++) add_char(b, glyphs[g].ch, g);
    }
}

static guint count_glyphs(const DabLayout *layout, guint first, guint n) {
    guint sum = 0;
    for (guint i = first; i < first + n && i < layout->lines->len; i++) sum += g_array_index(layout->lines, DabLine, i).n_glyphs;
    return MIN(sum, layout->glyphs->len);
}

static inline guint utf8_bytes(gunichar c) {
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

/* Three bytes at once, as hanzi have them; g_unichar_to_utf8 for what is rare. */
static inline guint put_char(gunichar c, char *out, guint32 *map, guint32 glyph) {
    if (c >= 0x800 && c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 63));
        out[2] = (char)(0x80 | (c & 63));
        map[0] = map[1] = map[2] = glyph;
        return 3;
    }
    guint len = (guint)g_unichar_to_utf8(c, out);
    for (guint i = 0; i < len; i++) map[i] = glyph;
    return len;
}

/* Settles the gaps and writes the units to the text's end. */
static void finish(Builder *b, DabText *text, gboolean keep_blanks) {
    DabUnit *units = b->units;
    guint n = b->n;
    gsize at = text->utf8->len, bytes = 0;
    dab_blanks_settle(units, n, keep_blanks);
    for (guint i = 0; i < n; i++)
        if (units[i].ch) bytes += utf8_bytes(units[i].ch) + (units[i].gap == DAB_GAP_KEPT);
    if (bytes == 0) return; /* the map may be NULL still: nothing may be added to that */
    g_string_set_size(text->utf8, at + bytes);
    g_array_set_size(text->glyph, (guint)(at + bytes));
    char *out = text->utf8->str + at;
    guint32 *map = (guint32 *)(void *)text->glyph->data + at;
    for (guint i = 0; i < n; i++) {
        const DabUnit *u = &units[i];
        if (!u->ch) continue;
        if (u->gap == DAB_GAP_KEPT) *out++ = ' ', *map++ = u->gap_glyph;
        guint len = put_char(u->ch, out, map, u->glyph);
        out += len;
        map += len;
    }
}

DabSpan dab_normalise_lines(DabText *text, const DabLayout *layout, guint first_line, guint n_lines, gboolean keep_blanks) {
    DabSpan span = {text->utf8->len, text->utf8->len};
    Builder b;
    builder_init(&b, text, count_glyphs(layout, first_line, n_lines));
    add_lines(&b, layout, first_line, n_lines);
    finish(&b, text, keep_blanks);
    span.end = text->utf8->len;
    return span;
}

/* Takes the last `want` characters of the passage off the text and makes units of them whose gaps are settled. */
static void take_back(Builder *b, DabText *text, gsize passage_start, guint want) {
    const char *str = text->utf8->str;
    gsize at = text->utf8->len;
    while (want-- && at > passage_start) {
        do at--;
        while (at > passage_start && ((guchar)str[at] & 0xC0) == 0x80);
    }
    for (gsize i = at; i < text->utf8->len; i = (gsize)(g_utf8_next_char(str + i) - str)) {
        gunichar c = g_utf8_get_char(str + i);
        guint32 glyph = g_array_index(text->glyph, guint32, i);
        if (c == ' ')
            b->gap = DAB_GAP_KEPT, b->gap_glyph = glyph;
        else
            add_unit(b, c, kind_of(c), glyph);
    }
    g_string_truncate(text->utf8, at);
    g_array_set_size(text->glyph, (guint)at);
}

void dab_normalise_more(DabText *text, const DabLayout *layout, gsize passage_start, guint first_line, guint n_lines) {
    enum { CONTEXT = 32 }; /* characters before the joint; the longest number with its groups is shorter */
    Builder b;
    builder_init(&b, text, count_glyphs(layout, first_line, n_lines) + CONTEXT);
    take_back(&b, text, MIN(passage_start, text->utf8->len), CONTEXT);
    add_lines(&b, layout, first_line, n_lines);
    finish(&b, text, FALSE);
}

void dab_normalise_string(DabText *text, const char *s, gssize len) {
    const char *end = s + (len < 0 ? (gssize)strlen(s) : len);
    Builder b;
    builder_init(&b, text, 0);
    for (guint32 index = 0; s < end; index++) {
        gunichar c = g_utf8_get_char_validated(s, end - s);
        if (c == (gunichar)-1 || c == (gunichar)-2) {
            add_char(&b, 0xFFFD, index);
            s++;
        } else {
            add_char(&b, c, index);
            s += utf8_bytes(c);
        }
    }
    finish(&b, text, FALSE);
}

static void free_string(void *string) {
    g_string_free(string, TRUE);
}

DabText *dab_text_new(DabPool *pool) {
    DabText *text = dab_pool_new0(pool, DabText);
    text->utf8 = dab_pool_own(pool, g_string_new(NULL), free_string);
    text->glyph = dab_pool_own(pool, g_array_new(FALSE, FALSE, sizeof(guint32)), (GDestroyNotify)g_array_unref);
    text->units = dab_pool_own(pool, g_array_new(FALSE, FALSE, sizeof(DabUnit)), (GDestroyNotify)g_array_unref);
    return text;
}
