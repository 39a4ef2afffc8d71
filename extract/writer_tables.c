/* Tables of text that comes in order. */
#include "dabiao/limits.h"
#include "extract/writer_lines.h"
#include "extract/writer_state.h"

#define HEADER_GLYPHS 24u /* a name of a column is short */
#define MAX_HEADER_ROWS 4u

static void end_paragraph(DabWriter *w) {
    dab_writer_end_line(w);
    w->fresh = TRUE;
}

void dab_writer_begin_table(DabWriter *w) {
    end_paragraph(w);
    if (w->depth++) return;
    DabPool *pool = w->layout->pool;
    w->table = dab_pool_new0(pool, DabTable);
    w->table->boxes = dab_pool_array(pool, sizeof(DabBox));
    w->table->rows = dab_pool_array(pool, sizeof(DabRow));
    g_array_set_size(w->table->boxes, 1);
    g_array_set_size(w->above, 0);
}

void dab_writer_begin_row(DabWriter *w) {
    end_paragraph(w);
    w->apart = FALSE;
    w->row_fresh = TRUE;
    if (w->depth > 1) return;
    DabRow row = {.cells = dab_pool_array(w->layout->pool, sizeof(DabCell))};
    g_array_append_val(w->table->rows, row);
}

static void begin_inner_cell(DabWriter *w) {
    DabCell *cell = dab_writer_open_cell(w);
    if (w->row_fresh)
        end_paragraph(w);
    else
        w->apart = cell && w->layout->glyphs->len > w->line;
    w->row_fresh = FALSE;
}

void dab_writer_begin_cell(DabWriter *w, guint column, guint row_span, guint col_span) {
    if (w->depth > 1) {
        begin_inner_cell(w);
        return;
    }
    end_paragraph(w);
    if (++w->n_cells > DAB_MAX_CELLS) w->full = TRUE;
    if (w->full || column >= DAB_MAX_COLUMNS) return;
    guint end = MIN(column + MAX(1u, col_span), DAB_MAX_COLUMNS);
    GArray *cells = g_array_index(w->table->rows, DabRow, w->table->rows->len - 1).cells;
    DabCell cell = {.column = column, .row_span = MAX(1u, row_span), .col_span = end - column, .first_line = w->layout->lines->len};
    g_array_append_val(cells, cell);
    if (w->above->len < end) g_array_set_size(w->above, end);
    for (guint c = column; c < end; c++)
        g_array_index(w->above, DabCellAbove, c) = (DabCellAbove){w->table->rows->len, c == column ? cells->len : 0};
}

gboolean dab_writer_extend_above(DabWriter *w, guint column) {
    if (w->depth != 1 || column >= w->above->len) return FALSE;
    DabCellAbove at = g_array_index(w->above, DabCellAbove, column);
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
    end_paragraph(w);
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
