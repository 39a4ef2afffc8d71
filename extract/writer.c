#include "extract/writer.h"

#include "dabiao/error.h"
#include "dabiao/limits.h"
#include "extract/contents.h"
#include "extract/writer_lines.h"
#include "extract/writer_state.h"

DabWriter *dab_writer_new(DabPool *pool) {
    DabWriter *w = dab_pool_new0(pool, DabWriter);
    w->layout = dab_layout_new(pool);
    w->layout->text_from = DAB_TEXT_FROM_TEXT;
    w->centred = dab_pool_array(pool, sizeof(gboolean));
    w->above = dab_pool_array(pool, sizeof(DabCellAbove));
    w->paragraph.kind = DAB_BLOCK_PARAGRAPH;
    w->fresh = w->line_bold = TRUE;
    w->size = 12;
    return w;
}

DabCell *dab_writer_open_cell(const DabWriter *w) {
    if (!w->table || !w->table->rows->len) return NULL;
    GArray *cells = g_array_index(w->table->rows, DabRow, w->table->rows->len - 1).cells;
    return cells->len ? &g_array_index(cells, DabCell, cells->len - 1) : NULL;
}

/* ---- lines ---- */

static void begin_block(DabWriter *w) {
    DabBlock block = {.kind = w->paragraph.kind, .first_line = w->layout->lines->len, .table = -1};
    g_array_append_val(w->layout->blocks, block);
    g_array_append_val(w->centred, w->paragraph.centred);
}

static void add_line(DabWriter *w, DabLine line) {
    DabLayout *layout = w->layout;
    DabCell *cell = dab_writer_open_cell(w);
    const DabLine *before = layout->lines->len ? &g_array_index(layout->lines, DabLine, layout->lines->len - 1) : NULL;
    gboolean first = w->fresh || !before || (cell ? !cell->n_lines : !layout->blocks->len);
    line.new_paragraph =
        first || (w->paragraph.kind != DAB_BLOCK_HEADING && dab_line_break_parts(layout, before, &line, cell != NULL));
    if (cell)
        cell->n_lines++;
    else {
        if (line.new_paragraph) begin_block(w);
        g_array_index(layout->blocks, DabBlock, layout->blocks->len - 1).n_lines++;
    }
    g_array_append_val(layout->lines, line);
    w->fresh = FALSE;
}

/* Blanks at the ends are left out of the line, but not of the glyphs: an indent tells that a paragraph begins. */
void dab_writer_end_line(DabWriter *w) {
    const DabLayout *layout = w->layout;
    guint first = w->line, end = layout->glyphs->len;
    const DabGlyph *glyphs = (const DabGlyph *)layout->glyphs->data;
    while (first < end && dab_is_blank(glyphs[first].ch)) first++;
    while (end > first && dab_is_blank(glyphs[end - 1].ch)) end--;
    if (end > first) {
        DabLine line = {.first_glyph = first, .n_glyphs = end - first, .bold = w->line_bold};
        line.size = dab_usual_size(glyphs + first, end - first);
        add_line(w, line);
    }
    w->line = layout->glyphs->len;
    w->line_bold = TRUE;
}

void dab_writer_paragraph(DabWriter *w, DabParagraph paragraph) {
    if (w->depth > 1 && w->apart) return; /* the next cell of a table in a cell goes on with the row */
    dab_writer_end_line(w);
    w->paragraph = paragraph;
    w->fresh = TRUE;
}

void dab_writer_line(DabWriter *w) {
    dab_writer_end_line(w);
}

void dab_writer_font(DabWriter *w, float size, gboolean bold) {
    w->size = CLAMP(size, 1, 500);
    w->bold = bold;
}

void dab_writer_raised(DabWriter *w, gboolean raised) {
    w->raised = raised;
}

/* ---- characters ---- */

static void put(DabWriter *w, gunichar c) {
    if (w->layout->glyphs->len >= DAB_MAX_GLYPHS) {
        w->full = TRUE;
        return;
    }
    DabGlyph glyph = {.ch = c, .size = w->size};
    g_array_append_val(w->layout->glyphs, glyph);
    if (!w->bold && !dab_is_blank(c)) w->line_bold = FALSE;
}

void dab_writer_char(DabWriter *w, gunichar c) {
    if (w->apart && !dab_is_blank(c)) {
        w->apart = FALSE;
        put(w, '\t');
    }
    put(w, w->raised ? dab_raise(c) : c);
}

void dab_writer_text(DabWriter *w, const char *utf8, gsize bytes) {
    for (const char *s = utf8; s < utf8 + bytes && !w->full; s = g_utf8_next_char(s)) {
        gunichar c = g_utf8_get_char(s);
        if (c == '\n' || c == '\r') c = ' ';
        dab_writer_char(w, c);
    }
}

void dab_writer_flowing_text(DabWriter *w, const char *utf8, gsize bytes) {
    GArray *glyphs = w->layout->glyphs;
    for (const char *s = utf8; s < utf8 + bytes && !w->full; s = g_utf8_next_char(s)) {
        gunichar c = g_utf8_get_char(s);
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f') {
            dab_writer_char(w, c);
        } else if (glyphs->len > w->line && g_array_index(glyphs, DabGlyph, glyphs->len - 1).ch != ' ') {
            put(w, ' ');
        }
    }
}

void dab_writer_warn(DabWriter *w, const char *code, const char *message) {
    dab_layout_warn(w->layout, code, 0, "%s", message);
}

gboolean dab_writer_is_full(const DabWriter *w) {
    return w->full;
}

DabLayout *dab_writer_finish(DabWriter *w, GError **error) {
    while (w->depth) dab_writer_end_table(w, 0);
    dab_writer_end_line(w);
    if (w->full) {
        g_set_error(error, DAB_ERROR, DAB_ERROR_TOO_LARGE, "more than %u characters or %u cells; split the document",
                    DAB_MAX_GLYPHS, DAB_MAX_CELLS);
        return NULL;
    }
    if (!w->layout->lines->len) {
        g_set_error_literal(error, DAB_ERROR, DAB_ERROR_EMPTY, "the document has no text");
        return NULL;
    }
    dab_writer_find_headings(w);
    dab_contents_drop(w->layout);
    DabPage page = {.n_glyphs = w->layout->glyphs->len};
    g_array_append_val(w->layout->pages, page);
    return w->layout;
}
