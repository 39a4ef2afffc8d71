#include "extract/text.h"

#include "dabiao/error.h"
#include "extract/charset.h"
#include "extract/contents.h"
#include "extract/text_lines.h"
#include "extract/text_table.h"
#include "extract/unwrap.h"

#define MAX_HEADING 80 /* cells */

/* A line that stands alone, says no whole sentence and parts its words by blanks: a heading, whose blanks mean something. */
static gboolean is_heading(const DabTextLine *l) {
    return l->inner_blank && l->end == DAB_END_OPEN && !l->clause_inside && !l->labelled && l->width <= MAX_HEADING &&
           l->start == DAB_START_PLAIN;
}

static void add_line(DabLayout *layout, const DabTextLine *l, gboolean new_paragraph) {
    DabLine line = {.first_glyph = l->first, .n_glyphs = l->n, .new_paragraph = new_paragraph};
    g_array_append_val(layout->lines, line);
    g_array_index(layout->blocks, DabBlock, layout->blocks->len - 1).n_lines++;
}

static void begin_block(DabLayout *layout, DabBlockKind kind, gboolean continues) {
    DabBlock block = {.kind = kind, .first_line = layout->lines->len, .table = -1, .continues = continues};
    g_array_append_val(layout->blocks, block);
}

/* Lines → blocks. A paragraph that goes on behind a page number is a block of its own that continues. */
static void add_text(DabLayout *layout, const GArray *lines, guint i) {
    const DabTextLine *l = &g_array_index(lines, DabTextLine, i);
    const DabTextLine *before = i ? &g_array_index(lines, DabTextLine, i - 1) : NULL;
    const DabTextLine *next = i + 1 < lines->len ? &g_array_index(lines, DabTextLine, i + 1) : NULL;
    if (!l->n) return;
    if (l->furniture)
        begin_block(layout, DAB_BLOCK_FURNITURE, FALSE);
    else if (!l->joins)
        begin_block(layout, is_heading(l) && !(next && next->joins) ? DAB_BLOCK_HEADING : DAB_BLOCK_PARAGRAPH, FALSE);
    else if (before && before->furniture)
        begin_block(layout, DAB_BLOCK_PARAGRAPH, TRUE);
    add_line(layout, l, !l->joins || l->furniture);
}

static void add_all(DabLayout *layout, const GArray *lines, const GArray *tables) {
    guint t = 0;
    for (guint i = 0; i < lines->len; i++) {
        const DabTextTable *table = t < tables->len ? &g_array_index(tables, DabTextTable, t) : NULL;
        if (!table || i < table->first) {
            add_text(layout, lines, i);
        } else {
            dab_text_table_build(layout, lines, table);
            i = table->end - 1;
            t++;
        }
    }
}

DabLayout *dab_extract_text(DabPool *pool, const DabSource *source, GError **error) {
    GString *text = dab_charset_decode(source->data, source->bytes, error);
    if (!text) return NULL;
    DabLayout *layout = dab_layout_new(pool);
    g_autoptr(GArray) lines = dab_text_lines_read(layout, text->str, text->len);
    g_string_free(text, TRUE);
    g_autoptr(GArray) tables = dab_text_tables_find(layout, lines);
    dab_unwrap(layout, lines);
    add_all(layout, lines, tables);
    if (!layout->lines->len) {
        g_set_error(error, DAB_ERROR, DAB_ERROR_EMPTY, "the file has no text");
        return NULL;
    }
    dab_contents_drop(layout);
    DabPage page = {.n_glyphs = layout->glyphs->len};
    g_array_append_val(layout->pages, page);
    layout->text_from = DAB_TEXT_FROM_TEXT;
    return layout;
}
