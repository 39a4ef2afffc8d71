#include "extract/writer_lines.h"

#include "dabiao/limits.h"

#define SHORT_LINE 20u /* characters: a line that was broken to fit is longer */
#define SIZES 256u     /* half points that are told apart */

gboolean dab_is_blank(gunichar c) {
    return c == ' ' || c == '\t' || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0x205F ||
           c == 0xFEFF;
}

gunichar dab_raise(gunichar c) {
    static const gunichar digits[] = {0x2070, 0xB9, 0xB2, 0xB3, 0x2074, 0x2075, 0x2076, 0x2077, 0x2078, 0x2079};
    if (c >= '0' && c <= '9') return digits[c - '0'];
    if (c >= 0xFF10 && c <= 0xFF19) return digits[c - 0xFF10]; /* full-width */
    return c == '-' ? 0x207B : c == '+' ? 0x207A : c;
}

static gunichar glyph_at(const DabLayout *layout, guint i) {
    return g_array_index(layout->glyphs, DabGlyph, i).ch;
}

static gunichar last_of(const DabLayout *layout, const DabLine *l) {
    return glyph_at(layout, l->first_glyph + l->n_glyphs - 1);
}

static gboolean is_digit(gunichar c) {
    return (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19);
}

static gboolean is_stop(gunichar c) {
    return c == 0x3002 /* 。 */ || c == 0xFF01 /* ！ */ || c == 0xFF1F /* ？ */ || c == 0xFF1B /* ； */ || c == 0xFF1A /* ： */ ||
           c == ';' || c == '!' || c == '?' || c == ':';
}

gboolean dab_ends_sentence(const DabLayout *layout, const DabLine *line) {
    gunichar c = last_of(layout, line);
    if (line->n_glyphs > 1 && (c == 0x201D || c == 0xFF09 || c == ')')) /* ” ） */
        c = glyph_at(layout, line->first_glyph + line->n_glyphs - 2);
    return is_stop(c) || c == '.';
}

static gboolean is_numeral(gunichar c) {
    static const gunichar numerals[] = {0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D,
                                        0x4E03, 0x516B, 0x4E5D, 0x5341, 0x767E, 0x3007}; /* 一二三四五六七八九十百〇 */
    for (guint i = 0; i < G_N_ELEMENTS(numerals); i++)
        if (c == numerals[i]) return TRUE;
    return FALSE;
}

/* （三） 3. 3、 3） 一、 ● ①: the beginning of an item. */
static gboolean begins_item(const DabLayout *layout, const DabLine *l) {
    guint i = l->first_glyph, end = i + l->n_glyphs;
    gunichar c = glyph_at(layout, i);
    if ((c >= 0x2460 && c <= 0x24FF) || (c >= 0x2022 && c <= 0x2023) || (c >= 0x25A0 && c <= 0x25FF) || c == 0x3010 /* 【 */)
        return TRUE;
    gboolean open = c == 0xFF08 || c == '(';
    if (open && ++i == end) return FALSE;
    guint digits = i;
    while (digits < end && digits < i + 4 && is_digit(glyph_at(layout, digits))) digits++;
    guint stop = digits;
    if (digits == i)
        while (stop < end && stop < i + 3 && is_numeral(glyph_at(layout, stop))) stop++;
    if (stop == i || stop == end) return FALSE;
    gunichar mark = glyph_at(layout, stop);
    if (open) return mark == 0xFF09 || mark == ')';
    if (mark == 0x3001 /* 、 */) return TRUE;
    gboolean point = mark == '.' || mark == 0xFF0E || mark == ')' || mark == 0xFF09;
    return digits > i && point && !(stop + 1 < end && is_digit(glyph_at(layout, stop + 1)));
}

static gboolean is_indented(const DabLayout *layout, const DabLine *before, const DabLine *l) {
    guint cells = 0;
    for (guint i = l->first_glyph; i > before->first_glyph + before->n_glyphs && cells < 2; i--) {
        gunichar c = glyph_at(layout, i - 1);
        if (!dab_is_blank(c)) break;
        cells += c == 0x3000 || c == 0x2003 || c == '\t' ? 2 : 1;
    }
    return cells >= 2;
}

gboolean dab_line_break_parts(const DabLayout *layout, const DabLine *before, const DabLine *line, gboolean in_cell) {
    gunichar last = last_of(layout, before), first = glyph_at(layout, line->first_glyph);
    if (dab_ends_sentence(layout, before) || begins_item(layout, line)) return TRUE;
    if (is_digit(last) && is_digit(first)) return TRUE; /* nobody breaks a number */
    if (is_indented(layout, before, line) && !in_cell) return TRUE;
    if (last == 0xFF0C || last == 0x3001 || last == ',' || in_cell) return FALSE; /* ，、 */
    return before->n_glyphs < SHORT_LINE;
}

gboolean dab_line_has_letters(const DabLayout *layout, guint line, guint *visible) {
    const DabLine *l = &g_array_index(layout->lines, DabLine, line);
    gboolean letters = FALSE;
    for (guint i = l->first_glyph; i < l->first_glyph + l->n_glyphs; i++) {
        gunichar c = glyph_at(layout, i);
        if (dab_is_blank(c)) continue;
        ++*visible;
        letters = letters || g_unichar_isalpha(c);
    }
    return letters;
}

static guint half_points(float size) {
    return (guint)CLAMP(size * 2 + 0.5f, 0, SIZES - 1);
}

static float most(const guint *counts) {
    guint best = 0;
    for (guint i = 1; i < SIZES; i++)
        if (counts[i] > counts[best]) best = i;
    return (float)best / 2;
}

float dab_usual_size(const DabGlyph *glyphs, guint n) {
    float size = glyphs[0].size;
    guint same = 0;
    while (same < n && glyphs[same].size == size) same++;
    if (same == n) return size;
    guint counts[SIZES] = {0};
    for (guint i = 0; i < n; i++) counts[half_points(glyphs[i].size)]++;
    return most(counts);
}

float dab_body_text_size(const DabLayout *layout) {
    guint counts[SIZES] = {0};
    for (guint i = 0; i < layout->blocks->len; i++) {
        const DabBlock *b = &g_array_index(layout->blocks, DabBlock, i);
        if (b->kind != DAB_BLOCK_PARAGRAPH) continue;
        for (guint k = b->first_line; k < b->first_line + b->n_lines; k++) {
            const DabLine *l = &g_array_index(layout->lines, DabLine, k);
            counts[half_points(l->size)] += l->n_glyphs;
        }
    }
    float size = most(counts);
    if (size > 0) return size;
    for (guint i = 0; i < layout->lines->len; i++) { /* nothing but tables and headings */
        const DabLine *l = &g_array_index(layout->lines, DabLine, i);
        counts[half_points(l->size)] += l->n_glyphs;
    }
    return most(counts);
}

void dab_table_tidy(DabTable *t) {
    guint rank[DAB_MAX_COLUMNS + 1] = {0}, kept = 0;
    /* a row of nothing but cells that go on from above stays, for spans count it; below the last cell there are none */
    while (t->rows->len && !g_array_index(t->rows, DabRow, t->rows->len - 1).cells->len)
        g_array_set_size(t->rows, t->rows->len - 1);
    for (guint r = 0; r < t->rows->len; r++) {
        const GArray *cells = g_array_index(t->rows, DabRow, r).cells;
        for (guint i = 0; i < cells->len; i++) rank[g_array_index(cells, DabCell, i).column] = 1;
    }
    for (guint c = 0; c <= DAB_MAX_COLUMNS; c++) {
        guint begins = c < DAB_MAX_COLUMNS && rank[c];
        rank[c] = kept; /* columns that begin before c */
        kept += begins;
    }
    t->n_columns = kept;
    for (guint r = 0; r < t->rows->len; r++) {
        GArray *cells = g_array_index(t->rows, DabRow, r).cells;
        for (guint i = 0; i < cells->len; i++) {
            DabCell *cell = &g_array_index(cells, DabCell, i);
            guint end = MIN(cell->column + cell->col_span, DAB_MAX_COLUMNS);
            cell->column = rank[cell->column];
            cell->col_span = MAX(1u, rank[end] - cell->column);
            cell->row_span = MIN(cell->row_span, t->rows->len - r);
        }
    }
}
