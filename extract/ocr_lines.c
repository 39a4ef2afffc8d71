/* ocr_lines.c: lines of symbols → lines of type. */
#include "extract/ocr_lines.h"

#include <math.h>
#include <stdlib.h>

#include "extract/ocr.h"
#include "extract/page.h"

#define BRACKETED 12u    /* symbols between brackets that may be one pair */
#define HANZI_INK 0.93f  /* height of a hanzi's ink, of its size */
#define FIGURE_INK 0.72f /* height of a digit or capital */
#define SAME_SIZE 0.22f  /* sizes this near the body's are the body's: ink tells no more */
#define SIZE_STEP 0.16f
#define BEARING 0.05f /* white that a character keeps on either side, of its size */

typedef struct {
    guint first, n;
    float size, middle; /* pixels */
} Line;

static DabSymbol *symbol_at(const GArray *symbols, guint i) {
    return &g_array_index(symbols, DabSymbol, i);
}
static gboolean is_hanzi(gunichar ch) {
    return g_unichar_iswide(ch) && g_unichar_type(ch) == G_UNICODE_OTHER_LETTER && ch != 0x4E00; /* 一 has no height */
}
static gboolean is_wide_mark(gunichar ch) {
    return (ch >= 0x3000 && ch <= 0x3020) || (ch >= 0xFF01 && ch <= 0xFF65) || (ch >= 0x2010 && ch <= 0x2026);
}
static gboolean is_digit(gunichar ch) {
    return ch >= '0' && ch <= '9';
}
/* What stands within a figure or closes it. */
static gboolean is_of_figure(gunichar ch) {
    return is_digit(ch) || ch == '.' || ch == ',' || ch == '%' || ch == 0xFF05 || ch == 0x2030 || ch == 0x2105;
}

/* % that lost the second ring of its ‰, read as letters or zeros behind it: 5%o, 1.52%00. Takes them off. */
static void mend_permille(GArray *symbols) {
    for (guint i = 0; i + 1 < symbols->len; i++) {
        DabSymbol *s = symbol_at(symbols, i);
        guint k = i + 1;
        if (s->ch != '%' && s->ch != 0xFF05) continue;
        while (k < symbols->len && k < i + 3 && !symbol_at(symbols, k)->begins_line &&
               (symbol_at(symbols, k)->ch == 'o' || symbol_at(symbols, k)->ch == 'O' || symbol_at(symbols, k)->ch == '0'))
            k++;
        if (k == i + 1 || (k < symbols->len && !symbol_at(symbols, k)->begins_line && is_of_figure(symbol_at(symbols, k)->ch)))
            continue;
        s->ch = 0x2030;
        s->x1 = symbol_at(symbols, k - 1)->x1;
        g_array_remove_range(symbols, i + 1, k - i - 1);
    }
}

/* Three digits and no more follow, as behind a comma of thousands. */
static gboolean parts_three(const GArray *symbols, guint from) {
    guint n = 0;
    while (from + n < symbols->len && is_digit(symbol_at(symbols, from + n)->ch)) n++;
    return n == 3;
}

/* A bracket that closes as a round one does is one: 〈人次) → (人次). */
static void mend_brackets(GArray *symbols) {
    for (guint i = 0; i < symbols->len; i++) {
        DabSymbol *s = symbol_at(symbols, i);
        if (s->ch != 0x3008 && s->ch != 0x300A) continue;
        for (guint k = i + 1; k < symbols->len && k < i + BRACKETED && !symbol_at(symbols, k)->begins_line; k++) {
            gunichar ch = symbol_at(symbols, k)->ch;
            if (ch == ')' || ch == 0xFF09) s->ch = ch == ')' ? '(' : 0xFF08;
            if (ch == '(' || ch == ')' || (ch >= 0x3008 && ch <= 0x300B) || ch == 0xFF08 || ch == 0xFF09) break;
        }
    }
}

/* Shapes that recognisers mistake for each other, told by the digits beside them: 9O% → 90%, 1l.5 → 11.5, 3一11 → 3—11,
 * 1619。83 → 1619.83, 90℅ → 90%. A letter or hanzi that stands so in no figure is left as it is. */
static void mend_figures(GArray *symbols) {
    for (guint i = 1; i + 1 < symbols->len; i++) {
        DabSymbol *s = symbol_at(symbols, i);
        gunichar before = symbol_at(symbols, i - 1)->ch, after = symbol_at(symbols, i + 1)->ch;
        gboolean inside = is_digit(before) && is_digit(after) && !s->begins_line;
        gboolean figure = (is_digit(before) || before == '.') && is_of_figure(after);
        if (inside && s->ch == 0x4E00) s->ch = 0x2014; /* a range may be broken behind its dash */
        if (s->begins_line || symbol_at(symbols, i + 1)->begins_line) continue;
        if (figure && (s->ch == 'O' || s->ch == 'o' || s->ch == 0x3007 || s->ch == 0x25CB))
            s->ch = '0';
        else if (figure && (s->ch == 'l' || s->ch == 'I' || s->ch == '|'))
            s->ch = '1';
        else if (inside && (s->ch == 0x3002 || s->ch == 0xB7 || s->ch == 0x2022))
            s->ch = '.';
        else if (is_digit(before) && s->ch == 0x2105) /* ℅ */
            s->ch = '%';
        else if (inside && s->ch == 0xFF0C && parts_three(symbols, i + 1))
            s->ch = ',';
    }
    mend_permille(symbols);
    mend_brackets(symbols);
}

static gboolean is_numeral(gunichar ch) { /* 一二三四五六七八九十百千万亿〇零两几数 */
    static const gunichar numerals[] = {0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341,
                                        0x767E, 0x5343, 0x4E07, 0x4EBF, 0x3007, 0x96F6, 0x4E24, 0x51E0, 0x6570};
    for (guint i = 0; i < G_N_ELEMENTS(numerals); i++)
        if (ch == numerals[i]) return TRUE;
    return FALSE;
}
static gboolean is_power(gunichar ch) { /* 十百千万 */
    return ch == 0x5341 || ch == 0x767E || ch == 0x5343 || ch == 0x4E07;
}

/* Hanzi taken for others within numerals: 百分之力十 → 九十, 力万六千 → 九万六千, 四十入。 → 四十八。 */
static void mend_numerals(GArray *symbols) {
    for (guint i = 1; i + 1 < symbols->len; i++) {
        DabSymbol *s = symbol_at(symbols, i);
        gunichar before = symbol_at(symbols, i - 1)->ch, after = symbol_at(symbols, i + 1)->ch;
        gunichar next = i + 2 < symbols->len ? symbol_at(symbols, i + 2)->ch : 0;
        if (s->ch == 0x529B && is_power(after) && (before == 0x4E4B || is_numeral(before) || is_numeral(next)))
            s->ch = 0x4E5D;
        else if (s->ch == 0x5165 && before == 0x5341 && !g_unichar_isalnum(after))
            s->ch = 0x516B;
    }
}

static int by_value(const void *a, const void *b) {
    float x = *(const float *)a, y = *(const float *)b;
    return x < y ? -1 : x > y;
}
static float median(GArray *values) {
    if (!values->len) return 0;
    qsort(values->data, values->len, sizeof(float), by_value);
    return g_array_index(values, float, values->len / 2);
}

/* Size and middle of a line, from its hanzi; from its figures where it has none. */
static void measure(const GArray *symbols, Line *line) {
    g_autoptr(GArray) heights = g_array_new(FALSE, FALSE, sizeof(float)), middles = g_array_new(FALSE, FALSE, sizeof(float));
    for (int pass = 0; pass < 3 && !heights->len; pass++)
        for (guint i = 0; i < line->n; i++) {
            const DabSymbol *s = symbol_at(symbols, line->first + i);
            if (pass == 0 ? !is_hanzi(s->ch) : pass == 1 && !g_unichar_isalnum(s->ch)) continue;
            float height = (float)(s->y1 - s->y0) / (pass == 0 ? HANZI_INK : FIGURE_INK), middle = (float)(s->y0 + s->y1) / 2;
            g_array_append_val(heights, height);
            g_array_append_val(middles, middle);
        }
    line->size = MAX(median(heights), 4);
    line->middle = median(middles);
}

static GArray *find_lines(const GArray *symbols) {
    GArray *lines = g_array_new(FALSE, TRUE, sizeof(Line));
    for (guint i = 0; i < symbols->len; i++) {
        if (i == 0 || symbol_at(symbols, i)->begins_line) {
            Line line = {.first = i};
            g_array_append_val(lines, line);
        }
        g_array_index(lines, Line, lines->len - 1).n++;
    }
    for (guint i = 0; i < lines->len; i++) measure(symbols, &g_array_index(lines, Line, i));
    return lines;
}

/* The size that most symbols have becomes that of all lines near it; others keep steps of a tenth. */
static void settle_sizes(GArray *lines) {
    g_autoptr(GArray) sizes = g_array_new(FALSE, FALSE, sizeof(float));
    for (guint i = 0; i < lines->len; i++) {
        const Line *line = &g_array_index(lines, Line, i);
        for (guint k = 0; k < line->n; k++) g_array_append_val(sizes, line->size);
    }
    float body = median(sizes);
    for (guint i = 0; i < lines->len; i++) {
        Line *line = &g_array_index(lines, Line, i);
        float off = line->size / body - 1, step = fabsf(off) <= SAME_SIZE ? 0 : roundf(off / SIZE_STEP);
        line->size = body * (1 + SIZE_STEP * MAX(step, -4));
    }
}

/* Between words of letters the blank itself counts, narrow as it is: "the coverage". Figures are no words: "2 021". */
static gboolean is_word_gap(const DabSymbol *a, const DabSymbol *b) {
    gboolean letters = b->ch < 0x250 && a->ch < 0x250 && (g_unichar_isalpha(a->ch) || g_unichar_isalpha(b->ch));
    return b->begins_word && letters && b->x0 > a->x1;
}

/* Whether the gap between two symbols is no blank: type takes more room than its ink. */
static gboolean closes_gap(const DabSymbol *a, const DabSymbol *b, float size) {
    float gap = (float)(b->x0 - a->x1);
    if (is_wide_mark(a->ch) || is_wide_mark(b->ch)) return gap < 0.9f * size;
    if (is_word_gap(a, b)) return FALSE;
    if (!b->begins_word || (is_hanzi(a->ch) && is_hanzi(b->ch))) return gap < 0.8f * size; /* the net places them roughly */
    if (is_of_figure(a->ch) && is_of_figure(b->ch)) return gap < 0.4f * size;
    return gap < 0.3f * size;
}

/* A mark at the end of a line takes the room of a hanzi, as the others of its line do, though its ink ends sooner. */
static gint right_of_last(const DabSymbol *s, float size) {
    gboolean mark = is_wide_mark(s->ch) || s->ch == ',' || s->ch == ';' || s->ch == ':';
    return mark ? MAX(s->x1, s->x0 + (gint)(0.85f * size)) : s->x1;
}

static void take_line(GArray *symbols, const Line *line, float density, GArray *chars) {
    const float bearing = BEARING * line->size;
    for (guint i = 0; i < line->n; i++) {
        DabSymbol *s = symbol_at(symbols, line->first + i), *next = i + 1 < line->n ? s + 1 : NULL;
        gint x1 = MAX(next ? s->x1 : right_of_last(s, line->size), s->x0 + 1);
        s->x1 = x1;
        if (next && next->x0 < x1 && next->x0 > s->x0) x1 = next->x0;
        if (next && next->x0 > x1 && closes_gap(s, next, line->size)) x1 = next->x0;
        DabChar c = {.glyph = {.ch = s->ch,
                               .size = line->size / density,
                               .box = {((float)s->x0 - (i ? 0 : bearing)) / density, (line->middle - line->size / 2) / density,
                                       ((float)x1 + (next ? 0 : bearing)) / density, (line->middle + line->size / 2) / density},
                               .confidence = MAX(s->confidence, 0.001f)}};
        if (g_unichar_isspace(s->ch) || g_unichar_iscntrl(s->ch)) continue;
        g_array_append_val(chars, c);
        if (!next || !is_word_gap(s, next)) continue;
        c.glyph.ch = ' ';
        c.glyph.box.x0 = c.glyph.box.x1;
        c.glyph.box.x1 = (float)next->x0 / density;
        c.style = DAB_CHAR_BLANK;
        g_array_append_val(chars, c);
    }
}

void dab_ocr_lines_take(GArray *symbols, float density, GArray *chars) {
    mend_figures(symbols);
    mend_numerals(symbols);
    g_autoptr(GArray) lines = find_lines(symbols);
    if (lines->len) settle_sizes(lines);
    for (guint i = 0; i < lines->len; i++) take_line(symbols, &g_array_index(lines, Line, i), density, chars);
}
