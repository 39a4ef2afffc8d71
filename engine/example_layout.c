#include "engine/example_layout.h"

#include <string.h>

#define BODY_SIZE 12 /* points */
#define CELL_MARK '|'

static guint add_line(DabLayout *l, const char *text, gsize len, float size) {
    DabLine line = {.first_glyph = l->glyphs->len, .new_paragraph = TRUE};
    for (const char *s = text; s < text + len; s = g_utf8_next_char(s)) {
        DabGlyph g = {.ch = g_utf8_get_char(s), .size = size};
        g_array_append_val(l->glyphs, g);
    }
    line.n_glyphs = l->glyphs->len - line.first_glyph;
    g_array_append_val(l->lines, line);
    return l->lines->len - 1;
}

static void add_block(DabLayout *l, const char *text, gsize len, DabBlockKind kind, float size) {
    DabBlock block = {.kind = kind, .first_line = add_line(l, text, len, size), .n_lines = 1, .table = -1};
    g_array_append_val(l->blocks, block);
}

static DabTable *open_table(DabPool *pool, DabLayout *l) {
    DabTable *t = dab_pool_new0(pool, DabTable);
    *t =
        (DabTable){.n_header_rows = 1, .boxes = dab_pool_array(pool, sizeof(DabBox)), .rows = dab_pool_array(pool, sizeof(DabRow))};
    DabBox none = {0};
    g_array_append_val(t->boxes, none);
    DabBlock block = {.kind = DAB_BLOCK_TABLE, .table = (gint)l->tables->len};
    g_array_append_val(l->blocks, block);
    g_ptr_array_add(l->tables, t);
    return t;
}

static void add_row(DabPool *pool, DabLayout *l, DabTable *t, const char *text, gsize len) {
    DabRow row = {.cells = dab_pool_array(pool, sizeof(DabCell))};
    for (gsize start = 0, end; start <= len; start = end + 1) {
        for (end = start; end < len && text[end] != CELL_MARK; end++) continue;
        gsize first = start, last = end;
        while (first < last && text[first] == ' ') first++;
        while (last > first && text[last - 1] == ' ') last--;
        DabCell cell = {.column = row.cells->len, .row_span = 1, .col_span = 1};
        cell.first_line = add_line(l, text + first, last - first, BODY_SIZE);
        cell.n_lines = 1;
        g_array_append_val(row.cells, cell);
    }
    t->n_columns = MAX(t->n_columns, row.cells->len);
    g_array_append_val(t->rows, row);
}

DabLayout *dab_example_layout(DabPool *pool, const char *heading, const char *text) {
    static const char title[] = "an example of a report"; /* so that nothing else is taken for the title */
    DabLayout *l = dab_layout_new(pool);
    DabPage page = {0};
    DabTable *table = NULL;
    add_block(l, title, strlen(title), DAB_BLOCK_HEADING, 4 * BODY_SIZE);
    if (heading) add_block(l, heading, strlen(heading), DAB_BLOCK_HEADING, BODY_SIZE);
    for (const char *line = text; *line;) {
        gsize len = strcspn(line, "\n");
        if (memchr(line, CELL_MARK, len)) {
            if (!table) table = open_table(pool, l);
            add_row(pool, l, table, line, len);
        } else if (len) {
            table = NULL;
            add_block(l, line, len, DAB_BLOCK_PARAGRAPH, BODY_SIZE);
        }
        line += len + (line[len] == '\n');
    }
    page.n_glyphs = l->glyphs->len;
    g_array_append_val(l->pages, page);
    return l;
}
