#include "extract/writer.h"

#include <string.h>

#include "dabiao/error.h"
#include "dabiao/limits.h"
#include "extract/contents.h"
#include "extract/writer_lines.h"

#define HEADING_SIZE 1.15f /* times the size of the text */
#define MAX_HEADING 120u   /* characters */
#define MAX_CENTRED 60u
#define HEADER_GLYPHS 24u /* a name of a column is short */
#define MAX_HEADER_ROWS 4u

struct DabWriter {
    DabLayout *layout;
    DabParagraph paragraph;
    gboolean fresh; /* the next line begins a paragraph */
    guint line;     /* first glyph of the line under way */
    float size;
    gboolean bold, raised;
    gboolean line_bold; /* of the line under way: nothing in it is light */
    guint depth;        /* of tables; those inside a cell are text */
    gboolean apart;     /* in a table inside a cell: a tab before the next text */
    gboolean row_fresh;
    DabTable *table;
    GArray *centred; /* gboolean for each block */
    GArray *above;   /* AboveCell for each column */
    guint n_cells;
    gboolean full;
};

typedef struct {
    guint row, cell; /* plus one; 0: none */
} AboveCell;

DabWriter *dab_writer_new(DabPool *pool) {
    DabWriter *w = dab_pool_new0(pool, DabWriter);
    w->layout = dab_layout_new(pool);
    w->layout->text_from = DAB_TEXT_FROM_TEXT;
    w->centred = dab_pool_array(pool, sizeof(gboolean));
    w->above = dab_pool_array(pool, sizeof(AboveCell));
    w->paragraph.kind = DAB_BLOCK_PARAGRAPH;
    w->fresh = w->line_bold = TRUE;
    w->size = 12;
    return w;
}

static DabCell *open_cell(DabWriter *w) {
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
    DabCell *cell = open_cell(w);
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
static void end_line(DabWriter *w) {
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
    end_line(w);
    w->paragraph = paragraph;
    w->fresh = TRUE;
}

void dab_writer_line(DabWriter *w) {
    end_line(w);
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

/* ---- tables ---- */

void dab_writer_begin_table(DabWriter *w) {
    end_line(w);
    w->fresh = TRUE;
    if (w->depth++) return;
    DabPool *pool = w->layout->pool;
    w->table = dab_pool_new0(pool, DabTable);
    w->table->boxes = dab_pool_array(pool, sizeof(DabBox));
    w->table->rows = dab_pool_array(pool, sizeof(DabRow));
    g_array_set_size(w->table->boxes, 1);
    g_array_set_size(w->above, 0);
}

void dab_writer_begin_row(DabWriter *w) {
    end_line(w);
    w->fresh = TRUE;
    w->apart = FALSE;
    w->row_fresh = TRUE;
    if (w->depth > 1) return;
    DabRow row = {.cells = dab_pool_array(w->layout->pool, sizeof(DabCell))};
    g_array_append_val(w->table->rows, row);
}

static void begin_inner_cell(DabWriter *w) {
    DabCell *cell = open_cell(w);
    if (w->row_fresh) {
        end_line(w);
        w->fresh = TRUE;
    } else {
        w->apart = cell && w->layout->glyphs->len > w->line;
    }
    w->row_fresh = FALSE;
}

void dab_writer_begin_cell(DabWriter *w, guint column, guint row_span, guint col_span) {
    if (w->depth > 1) {
        begin_inner_cell(w);
        return;
    }
    end_line(w);
    w->fresh = TRUE;
    if (++w->n_cells > DAB_MAX_CELLS) w->full = TRUE;
    if (w->full || column >= DAB_MAX_COLUMNS) return;
    guint end = MIN(column + MAX(1u, col_span), DAB_MAX_COLUMNS);
    GArray *cells = g_array_index(w->table->rows, DabRow, w->table->rows->len - 1).cells;
    DabCell cell = {.column = column, .row_span = MAX(1u, row_span), .col_span = end - column, .first_line = w->layout->lines->len};
    g_array_append_val(cells, cell);
    if (w->above->len < end) g_array_set_size(w->above, end);
    for (guint c = column; c < end; c++)
        g_array_index(w->above, AboveCell, c) = (AboveCell){w->table->rows->len, c == column ? cells->len : 0};
}

gboolean dab_writer_extend_above(DabWriter *w, guint column) {
    if (w->depth != 1 || column >= w->above->len) return FALSE;
    AboveCell at = g_array_index(w->above, AboveCell, column);
    if (!at.row || !at.cell) return FALSE;
    DabCell *cell = &g_array_index(g_array_index(w->table->rows, DabRow, at.row - 1).cells, DabCell, at.cell - 1);
    if (at.row - 1 + cell->row_span + 1 != w->table->rows->len) return FALSE;
    cell->row_span++;
    return TRUE;
}

static gboolean looks_like_header(const DabWriter *w, const DabRow *row) {
    guint filled = 0, columns = 0;
    for (guint i = 0; i < row->cells->len; i++) {
        const DabCell *cell = &g_array_index(row->cells, DabCell, i);
        guint visible = 0;
        gboolean named = FALSE;
        for (guint k = 0; k < cell->n_lines; k++) named = dab_line_has_letters(w->layout, cell->first_line + k, &visible) || named;
        if (!visible) continue;
        if (!named || visible > HEADER_GLYPHS) return FALSE;
        filled++;
        columns += cell->col_span;
    }
    return filled >= 2 && columns * 2 > w->table->n_columns;
}

/* Header cells that span rows beside ones that span columns tell how deep the header is. */
static guint count_headers(const DabWriter *w) {
    const DabRow *row = &g_array_index(w->table->rows, DabRow, 0);
    if (w->table->rows->len < 2 || !looks_like_header(w, row)) return 0;
    guint depth = 1, deepest = 1;
    gboolean spans_columns = FALSE;
    for (guint i = 0; i < row->cells->len; i++) {
        const DabCell *cell = &g_array_index(row->cells, DabCell, i);
        deepest = MAX(deepest, MIN(cell->row_span, MAX_HEADER_ROWS));
        spans_columns = spans_columns || cell->col_span > 1;
    }
    if (spans_columns) depth = deepest;
    return MIN(depth, w->table->rows->len - 1);
}

void dab_writer_end_table(DabWriter *w, guint n_header_rows) {
    end_line(w);
    w->fresh = TRUE;
    w->apart = FALSE;
    if (--w->depth) {
        w->row_fresh = FALSE;
        return;
    }
    DabTable *table = w->table;
    dab_table_tidy(table);
    w->table = NULL;
    if (!table->n_columns) return;
    w->table = table;
    table->n_header_rows = n_header_rows && n_header_rows < table->rows->len ? n_header_rows : count_headers(w);
    w->table = NULL;
    DabBlock block = {.kind = DAB_BLOCK_TABLE, .first_line = w->layout->lines->len, .table = (gint)w->layout->tables->len};
    gboolean no = FALSE;
    g_ptr_array_add(w->layout->tables, table);
    g_array_append_val(w->layout->blocks, block);
    g_array_append_val(w->centred, no);
}

/* ---- the end ---- */

/* A whole paragraph set as a heading: it is long, or a sentence ends in it and another follows. */
static gboolean is_running_text(const DabLayout *layout, const DabBlock *b) {
    guint n = 0, stop = 0;
    for (guint k = b->first_line; k < b->first_line + b->n_lines; k++) {
        const DabLine *l = &g_array_index(layout->lines, DabLine, k);
        for (guint i = l->first_glyph; i < l->first_glyph + l->n_glyphs; i++, n++)
            if (g_array_index(layout->glyphs, DabGlyph, i).ch == 0x3002 && !stop) stop = n + 1; /* 。 */
    }
    return n > MAX_HEADING || (stop && stop < n);
}

static void find_headings(DabWriter *w) {
    const DabLayout *layout = w->layout;
    float body = dab_body_text_size(layout);
    for (guint i = 0; i < layout->blocks->len; i++) {
        DabBlock *b = &g_array_index(layout->blocks, DabBlock, i);
        if (b->kind == DAB_BLOCK_HEADING && is_running_text(layout, b)) b->kind = DAB_BLOCK_PARAGRAPH;
        if (b->kind != DAB_BLOCK_PARAGRAPH) continue;
        guint n = 0;
        float size = G_MAXFLOAT;
        for (guint k = b->first_line; k < b->first_line + b->n_lines; k++) {
            n += g_array_index(layout->lines, DabLine, k).n_glyphs;
            size = MIN(size, g_array_index(layout->lines, DabLine, k).size);
        }
        const DabLine *last = &g_array_index(layout->lines, DabLine, b->first_line + b->n_lines - 1);
        gboolean large = n <= MAX_HEADING && size > HEADING_SIZE * body;
        gboolean set_apart = g_array_index(w->centred, gboolean, i) && n <= MAX_CENTRED && !dab_ends_sentence(layout, last);
        if ((large || set_apart) && !is_running_text(layout, b)) b->kind = DAB_BLOCK_HEADING;
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
    end_line(w);
    if (w->full) {
        g_set_error(error, DAB_ERROR, DAB_ERROR_TOO_LARGE, "more than %u characters or %u cells; split the document",
                    DAB_MAX_GLYPHS, DAB_MAX_CELLS);
        return NULL;
    }
    if (!w->layout->lines->len) {
        g_set_error_literal(error, DAB_ERROR, DAB_ERROR_EMPTY, "the document has no text");
        return NULL;
    }
    find_headings(w);
    dab_contents_drop(w->layout);
    DabPage page = {.n_glyphs = w->layout->glyphs->len};
    g_array_append_val(w->layout->pages, page);
    return w->layout;
}
