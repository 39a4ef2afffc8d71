/* ocr_lines.c: lines of symbols → lines of type. */
#include "extract/ocr_lines.h"

#include <math.h>
#include <stdlib.h>

#include "extract/ocr.h"
#include "extract/page.h"

#define HANZI_INK 0.93f  /* height of a hanzi's ink, of its size */
#define FIGURE_INK 0.72f /* height of a digit or capital */
#define SAME_SIZE 0.16f  /* sizes this near the body's are the body's: ink tells no more */

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
    return is_digit(ch) || ch == '.' || ch == ',' || ch == '%' || ch == 0xFF05 || ch == 0x2030;
}

/* Shapes that recognisers mistake for each other, told by the digits beside them: 9O% → 90%, 1l.5 → 11.5, 3一11 → 3—11,
 * 1619。83 → 1619.83. A letter or hanzi that stands so in no figure is left as it is. */
static void mend_figures(GArray *symbols) {
    for (guint i = 1; i + 1 < symbols->len; i++) {
        DabSymbol *s = symbol_at(symbols, i);
        gunichar before = symbol_at(symbols, i - 1)->ch, after = symbol_at(symbols, i + 1)->ch;
        if (s->begins_line || symbol_at(symbols, i + 1)->begins_line) continue;
        gboolean inside = is_digit(before) && is_digit(after);
        gboolean figure = (is_digit(before) || before == '.') && is_of_figure(after);
        if (figure && (s->ch == 'O' || s->ch == 'o' || s->ch == 0x3007 || s->ch == 0x25CB))
            s->ch = '0';
        else if (figure && (s->ch == 'l' || s->ch == 'I' || s->ch == '|'))
            s->ch = '1';
        else if (inside && s->ch == 0x4E00)
            s->ch = 0x2014;
        else if (inside && (s->ch == 0x3002 || s->ch == 0xB7 || s->ch == 0x2022))
            s->ch = '.';
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
        float step = roundf((line->size / body - 1) / SAME_SIZE);
        line->size = body * (1 + SAME_SIZE * MAX(step, -4));
    }
}

/* Whether the gap between two symbols is no blank: type takes more room than its ink. */
static gboolean closes_gap(const DabSymbol *a, const DabSymbol *b, float size) {
    float gap = (float)(b->x0 - a->x1);
    if (is_wide_mark(a->ch) || is_wide_mark(b->ch)) return gap < 0.9f * size;
    if (!b->begins_word) return gap < 0.8f * size;
    if (is_of_figure(a->ch) && is_of_figure(b->ch)) return gap < 0.4f * size;
    return gap < 0.3f * size;
}

static void take_line(GArray *symbols, const Line *line, float density, GArray *chars) {
    for (guint i = 0; i < line->n; i++) {
        DabSymbol *s = symbol_at(symbols, line->first + i), *next = i + 1 < line->n ? s + 1 : NULL;
        gint x1 = MAX(s->x1, s->x0 + 1);
        s->x1 = x1;
        if (next && next->x0 < x1 && next->x0 > s->x0) x1 = next->x0;
        if (next && next->x0 > x1 && closes_gap(s, next, line->size)) x1 = next->x0;
        DabChar c = {.glyph = {.ch = s->ch,
                               .size = line->size / density,
                               .box = {(float)s->x0 / density, (line->middle - line->size / 2) / density, (float)x1 / density,
                                       (line->middle + line->size / 2) / density},
                               .confidence = MAX(s->confidence, 0.001f)}};
        if (!g_unichar_isspace(s->ch) && !g_unichar_iscntrl(s->ch)) g_array_append_val(chars, c);
    }
}

void dab_ocr_lines_take(GArray *symbols, float density, GArray *chars) {
    mend_figures(symbols);
    g_autoptr(GArray) lines = find_lines(symbols);
    if (lines->len) settle_sizes(lines);
    for (guint i = 0; i < lines->len; i++) take_line(symbols, &g_array_index(lines, Line, i), density, chars);
}
