/* show_layout.h: a layout as text, for tests: a line a block: its kind's letter (P paragraph, + one that goes on, H heading,
 * C caption, F furniture, T table), its page, its text with '/' where lines meet. Below a table a line a row: cells parted by
 * '|', spans as <columns and ^rows, lines of a cell by '/', its paragraphs by '//'. */
#ifndef DABIAO_TESTS_SHOW_LAYOUT_H
#define DABIAO_TESTS_SHOW_LAYOUT_H

#include "dabiao/layout.h"

static inline void show_lines(GString *out, const DabLayout *layout, guint first, guint n) {
    for (guint i = first; i < first + n; i++) {
        const DabLine *line = &g_array_index(layout->lines, DabLine, i);
        if (i > first) g_string_append(out, line->new_paragraph ? "//" : "/");
        for (guint g = 0; g < line->n_glyphs; g++)
            g_string_append_unichar(out, g_array_index(layout->glyphs, DabGlyph, line->first_glyph + g).ch);
    }
}

static inline void show_table(GString *out, const DabLayout *layout, const DabTable *t) {
    g_string_append_printf(out, "%u columns, %u header, pages %u-%u\n", t->n_columns, t->n_header_rows, t->first_page + 1,
                           t->last_page + 1);
    for (guint r = 0; r < t->rows->len; r++) {
        const GArray *cells = g_array_index(t->rows, DabRow, r).cells;
        for (guint i = 0; i < cells->len; i++) {
            const DabCell *c = &g_array_index(cells, DabCell, i);
            g_string_append(out, i ? "|" : "  ");
            show_lines(out, layout, c->first_line, c->n_lines);
            if (c->col_span > 1) g_string_append_printf(out, "<%u", c->col_span);
            if (c->row_span > 1) g_string_append_printf(out, "^%u", c->row_span);
        }
        g_string_append_c(out, '\n');
    }
}

static inline char *show_layout(const DabLayout *layout) {
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < layout->blocks->len; i++) {
        const DabBlock *b = &g_array_index(layout->blocks, DabBlock, i);
        g_string_append_printf(out, "%c%u ", b->continues ? '+' : "PHCFT"[b->kind], b -> page + 1);
        if (b->kind == DAB_BLOCK_TABLE) {
            show_table(out, layout, g_ptr_array_index(layout->tables, b->table));
        } else {
            show_lines(out, layout, b->first_line, b->n_lines);
            g_string_append_c(out, '\n');
        }
    }
    return g_string_free(out, FALSE);
}

#endif
