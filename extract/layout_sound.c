#include "extract/layout_sound.h"

#include <string.h>

#include "dabiao/limits.h"

#define WORD(type, member) (offsetof(type, member) / 4)

/* Of a thing's members from `first` to before `end`, which are floats, counted in words: none is infinite or no number. Their
 * exponents tell. */
static gboolean are_finite(const void *thing, gsize first, gsize end) {
    const guint32 *words = thing;
    guint32 bad = 0;
    for (gsize i = first; i < end; i++) bad |= (words[i] & 0x7F800000u) == 0x7F800000u;
    return !bad;
}

static gboolean is_within(guint64 first, guint64 n, guint64 of) {
    return first + n <= of;
}

static gboolean are_pages_sound(const DabLayout *l) {
    if (l->pages->len > DAB_MAX_PAGES || l->glyphs->len > DAB_MAX_GLYPHS || l->text_from > DAB_TEXT_FROM_MIXED) return FALSE;
    for (guint i = 0; i < l->pages->len; i++) {
        const DabPage *p = &g_array_index(l->pages, DabPage, i);
        if (!are_finite(p, WORD(DabPage, width), WORD(DabPage, first_glyph)) ||
            !is_within(p->first_glyph, p->n_glyphs, l->glyphs->len))
            return FALSE;
    }
    const DabGlyph *glyphs = (const DabGlyph *)(const void *)l->glyphs->data;
    for (guint i = 0; i < l->glyphs->len; i++)
        if (!are_finite(&glyphs[i], WORD(DabGlyph, size), sizeof(DabGlyph) / 4)) return FALSE;
    return TRUE;
}

static gboolean are_lines_sound(const DabLayout *l) {
    guint64 glyphs = 0;
    for (guint i = 0; i < l->lines->len; i++) {
        const DabLine *line = &g_array_index(l->lines, DabLine, i);
        glyphs += line->n_glyphs;
        if (line->page >= l->pages->len || !is_within(line->first_glyph, line->n_glyphs, l->glyphs->len)) return FALSE;
        if (!are_finite(line, WORD(DabLine, box), WORD(DabLine, new_paragraph)) || (guint)line->new_paragraph > 1 ||
            (guint)line->bold > 1)
            return FALSE;
    }
    return glyphs <= l->glyphs->len;
}

/* *lines: how many they have. */
static gboolean are_blocks_sound(const DabLayout *l, guint64 *lines) {
    guint tables = 0;
    for (guint i = 0; i < l->blocks->len; i++) {
        const DabBlock *b = &g_array_index(l->blocks, DabBlock, i);
        *lines += b->n_lines;
        tables += b->table >= 0;
        if (b->kind > DAB_BLOCK_TABLE || b->page >= l->pages->len || !is_within(b->first_line, b->n_lines, l->lines->len))
            return FALSE;
        if ((b->table >= 0) != (b->kind == DAB_BLOCK_TABLE) || b->table < -1 || b->table >= (gint)l->tables->len) return FALSE;
        if (!are_finite(b, WORD(DabBlock, box), WORD(DabBlock, first_line)) || (guint)b->continues > 1) return FALSE;
    }
    return tables <= l->tables->len;
}

static gboolean is_cell_sound(const DabLayout *l, const DabTable *t, guint row, const DabCell *c) {
    return c->col_span && c->row_span && is_within(c->column, c->col_span, t->n_columns) &&
           is_within(row, c->row_span, t->rows->len) && c->page < l->pages->len &&
           are_finite(c, WORD(DabCell, box), WORD(DabCell, first_line)) && is_within(c->first_line, c->n_lines, l->lines->len);
}

static gboolean is_table_sound(const DabLayout *l, const DabTable *t, guint64 *lines) {
    guint64 area = 0, n_cells = 0;
    if (!t->n_columns || t->n_columns > DAB_MAX_CELLS || t->rows->len > DAB_MAX_CELLS || t->n_header_rows > t->rows->len)
        return FALSE;
    if (t->first_page > t->last_page || t->last_page >= l->pages->len || (guint)t->ruled > 1) return FALSE;
    if (t->boxes->len > t->last_page - t->first_page + 1 || !are_finite(t->boxes->data, 0, 4 * (gsize)t->boxes->len)) return FALSE;
    for (guint r = 0; r < t->rows->len; r++) {
        const GArray *cells = g_array_index(t->rows, DabRow, r).cells;
        n_cells += cells->len;
        for (guint i = 0, next = 0; i < cells->len; i++) {
            const DabCell *c = &g_array_index(cells, DabCell, i);
            if (!is_cell_sound(l, t, r, c) || c->column < next) return FALSE;
            next = c->column + c->col_span;
            area += (guint64)c->row_span * c->col_span;
            *lines += c->n_lines;
        }
    }
    return n_cells <= DAB_MAX_CELLS && area <= (guint64)t->rows->len * t->n_columns;
}

static gboolean are_warnings_sound(const DabLayout *l) {
    for (guint i = 0; i < l->warnings->len; i++) {
        const DabWarning *w = &g_array_index(l->warnings, DabWarning, i);
        if (w->page > l->pages->len || !g_utf8_validate(w->code, -1, NULL) || !g_utf8_validate(w->message, -1, NULL)) return FALSE;
    }
    return TRUE;
}

gboolean dab_layout_is_sound(const DabLayout *l) {
    guint64 lines = 0;
    if (!are_pages_sound(l) || !are_lines_sound(l) || !are_blocks_sound(l, &lines)) return FALSE;
    for (guint i = 0; i < l->tables->len; i++)
        if (!is_table_sound(l, l->tables->pdata[i], &lines)) return FALSE;
    return lines <= l->lines->len && are_warnings_sound(l);
}
