#include "parsers/normalise.h"

#include <string.h>

#include "parsers/blanks.h"
#include "parsers/char_forms.h"

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
    dab_char_forms_fill();
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

static void add_gap(Builder *b, DabForm form, guint32 glyph) {
    static const guint8 wider[] = {DAB_GAP_BLANK, DAB_GAP_BLANK, DAB_GAP_PAIR, DAB_GAP_WIDE,
                                   DAB_GAP_WIDE,  DAB_GAP_LINE,  DAB_GAP_KEPT};
    if (b->gap_glyph == DAB_NO_GLYPH) b->gap_glyph = glyph;
    if (b->gap == DAB_GAP_LINE) return;
    if (form == DAB_FORM_TAB || (form == DAB_FORM_WIDE && b->gap > DAB_GAP_LOST))
        b->gap = DAB_GAP_WIDE;
    else
        b->gap = form == DAB_FORM_WIDE ? DAB_GAP_PAIR : wider[b->gap];
}

static void add_line_end(Builder *b) {
    if (b->n) b->gap = b->soft_hyphen ? DAB_GAP_NONE : DAB_GAP_LINE;
    b->soft_hyphen = FALSE;
}

/* Several code points for one glyph (ﬁ), or a mark that may combine with the letter before it (e + ´). */
static void add_nfkc(Builder *b, gunichar c, guint32 glyph) {
    gint32 out[DAB_MAX_DECOMPOSED];
    guint n = dab_nfkc(c, out);
    DabUnit *last = b->n ? &b->units[b->n - 1] : NULL;
    if (n == 1 && last && !b->gap && last->kind != DAB_CHAR_DIGIT) {
        gint32 pair[2] = {(gint32)last->ch, out[0]};
        if (dab_compose(pair, 2) == 1) {
            last->ch = (gunichar)pair[0];
            return;
        }
    }
    for (guint i = 0; i < n; i++) add_unit(b, (gunichar)out[i], dab_char_kind((gunichar)out[i]), glyph);
}

static inline void add_char(Builder *b, gunichar c, guint32 glyph) {
    guint32 e = dab_entry_of(c);
    switch (DAB_ENTRY_FORM(e)) {
    case DAB_FORM_COPY:
        add_unit(b, DAB_ENTRY_CH(e), DAB_ENTRY_KIND(e), glyph);
        break;
    case DAB_FORM_NFKC:
        add_nfkc(b, c, glyph);
        break;
    case DAB_FORM_DROP:
        break;
    case DAB_FORM_LOST:
        if (b->gap == DAB_GAP_NONE && b->n) b->gap = DAB_GAP_LOST, b->gap_glyph = glyph;
        break;
    case DAB_FORM_HYPHEN:
        b->soft_hyphen = TRUE;
        break;
    case DAB_FORM_LINE:
        add_line_end(b);
        break;
    default:
        add_gap(b, DAB_ENTRY_FORM(e), glyph);
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

#define MOST_BYTES 5 /* that a unit takes: a blank and a character */

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
    const DabUnit *units = b->units;
    guint n = b->n;
    if (!n) return; /* the map may be NULL still: nothing may be added to that */
    gsize at = text->utf8->len;
    dab_blanks_settle(b->units, n, keep_blanks);
    g_string_set_size(text->utf8, at + (gsize)n * MOST_BYTES);
    g_array_set_size(text->glyph, (guint)(at + (gsize)n * MOST_BYTES));
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
    g_string_set_size(text->utf8, (gsize)(out - text->utf8->str));
    g_array_set_size(text->glyph, (guint)text->utf8->len);
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
            add_unit(b, c, dab_char_kind(c), glyph);
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
