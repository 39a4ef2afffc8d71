/* text_table_build.c: lines of a table in a text → DabTable. */
#include "extract/text_cells.h"

#include "dabiao/limits.h"
#include "extract/text_merged.h"

static void add_line(DabLayout *layout, DabCell *cell, DabTextPiece piece, gboolean new_paragraph) {
    if (!piece.n) return;
    DabLine line = {.first_glyph = piece.first, .n_glyphs = piece.n, .new_paragraph = new_paragraph || !cell->n_lines};
    g_array_append_val(layout->lines, line);
    cell->n_lines++;
}

static DabRow *add_row(DabTable *table, DabLayout *layout) {
    DabRow row = {.cells = dab_pool_array(layout->pool, sizeof(DabCell))};
    g_array_append_val(table->rows, row);
    return &g_array_index(table->rows, DabRow, table->rows->len - 1);
}

static DabCell new_cell(const DabLayout *layout, guint column) {
    return (DabCell){.column = column, .row_span = 1, .col_span = 1, .first_line = layout->lines->len};
}

/* A row with too few cells: alone it spans the table; in the header the first spans the group column; else the last spans the rest.
 */
static void stretch(DabRow *row, guint columns, gboolean header) {
    guint n = row->cells->len;
    if (!n || n >= columns) return;
    guint missing = columns - n;
    if (header && n > 1) {
        g_array_index(row->cells, DabCell, 0).col_span += missing;
        for (guint c = 1; c < n; c++) g_array_index(row->cells, DabCell, c).column += missing;
    } else {
        g_array_index(row->cells, DabCell, n - 1).col_span += missing;
    }
}

static void build_cells(DabLayout *layout, const GArray *lines, const DabTextTable *t, DabTable *table) {
    g_autoptr(GArray) rows = dab_text_cell_rows(lines, t->first, t->end, t->n_columns);
    for (guint r = 0; r < rows->len; r++) {
        const DabTextCellRow *g = &g_array_index(rows, DabTextCellRow, r);
        DabRow *row = add_row(table, layout);
        DabCell cell = {0};
        gboolean cut = FALSE; /* the line before stops at a comma: the same paragraph */
        for (guint i = g->first; i < g->end; i++) {
            const DabTextLine *l = dab_text_line(lines, i);
            if (l->leading_tab) {
                if (i > g->first) g_array_append_val(row->cells, cell);
                cell = new_cell(layout, MIN(row->cells->len, t->n_columns - 1));
                cut = FALSE;
            }
            add_line(layout, &cell, (DabTextPiece){l->first, l->n}, !cut || l->start != DAB_START_PLAIN);
            cut = l->n && l->end == DAB_END_CLAUSE;
        }
        g_array_append_val(row->cells, cell);
        stretch(row, t->n_columns, r == 0);
    }
    table->n_header_rows = rows->len > 1;
}

static void split(const DabLayout *layout, const DabTextLine *l, const DabTextTable *t, gboolean collapse, GArray *pieces) {
    if (t->kind == DAB_TEXT_TABLE_MARKS)
        dab_text_split_marks(layout, l, t->mark, pieces);
    else if (t->kind == DAB_TEXT_TABLE_PLACES)
        dab_text_split_places(layout, l, t, pieces);
    else
        dab_text_split(layout, l, t->kind, collapse, pieces);
}

/* Whether only the first cell of a line between tabs says something. */
static gboolean names_group(const DabLayout *layout, const DabTextLine *l, gboolean collapse) {
    guint filled = 0;
    g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(DabTextPiece));
    dab_text_split(layout, l, DAB_TEXT_TABLE_TABS, collapse, pieces);
    for (guint c = 0; c < pieces->len; c++) filled += g_array_index(pieces, DabTextPiece, c).n > 0;
    return filled == 1 && g_array_index(pieces, DabTextPiece, 0).n;
}

/* One row of lines [first, end): the pieces of a column stand together; cells past the last column go to it. */
static void build_row(DabLayout *layout, const GArray *lines, const DabTextTable *t, guint first, guint end, gboolean collapse,
                      DabTable *table) {
    g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(DabTextPiece));
    DabRow *row = add_row(table, layout);
    guint widest = 0;
    for (guint i = first; i < end; i++) {
        split(layout, dab_text_line(lines, i), t, collapse, pieces);
        widest = MAX(widest, pieces->len);
    }
    if (t->kind == DAB_TEXT_TABLE_TABS && widest < t->n_columns && names_group(layout, dab_text_line(lines, first), collapse))
        widest = 1;
    for (guint c = 0; c < MIN(widest, t->n_columns); c++) {
        DabCell cell = new_cell(layout, c);
        for (guint i = first; i < end; i++) {
            split(layout, dab_text_line(lines, i), t, collapse, pieces);
            guint upto = c + 1 == t->n_columns ? pieces->len : MIN(c + 1, pieces->len);
            for (guint k = c; k < upto; k++) add_line(layout, &cell, g_array_index(pieces, DabTextPiece, k), FALSE);
        }
        g_array_append_val(row->cells, cell);
    }
    stretch(row, t->n_columns, FALSE);
}

static guint count_rule_runs(const DabLayout *layout, const GArray *lines, const DabTextTable *t) {
    guint runs = 0;
    for (guint i = t->first; i < t->end; i++)
        runs += !dab_text_is_rule(layout, dab_text_line(lines, i)) &&
                (i == t->first || dab_text_is_rule(layout, dab_text_line(lines, i - 1)));
    return runs;
}

static gboolean is_framed(const DabLayout *layout, const GArray *lines, const DabTextTable *t) {
    return dab_text_is_rule(layout, dab_text_line(lines, t->first)) || dab_text_is_rule(layout, dab_text_line(lines, t->end - 1));
}

/* In a drawn table with a rule below each row, the lines between two rules are one row. */
static void build_lines(DabLayout *layout, const GArray *lines, const DabTextTable *t, DabTable *table) {
    gboolean collapse = t->kind == DAB_TEXT_TABLE_TABS && dab_text_tabs_align(layout, lines, t->first, t->end);
    gboolean bars = t->kind == DAB_TEXT_TABLE_BARS, places = t->kind == DAB_TEXT_TABLE_PLACES,
             drawn = bars && is_framed(layout, lines, t) && count_rule_runs(layout, lines, t) >= 3;
    for (guint i = t->first, end; i < t->end; i = end) {
        end = i + 1;
        if ((bars || places) && dab_text_is_rule(layout, dab_text_line(lines, i))) continue;
        while (end < t->end && dab_text_goes_on(layout, dab_text_line(lines, end), t)) end++;
        while (drawn && end < t->end && !dab_text_is_rule(layout, dab_text_line(lines, end))) end++;
        build_row(layout, lines, t, i, end, collapse, table);
    }
    dab_text_table_merge(layout, table, t->kind == DAB_TEXT_TABLE_TABS || places || drawn);
}

void dab_text_table_build(DabLayout *layout, const GArray *lines, const DabTextTable *t) {
    DabTable *table = dab_pool_new0(layout->pool, DabTable);
    table->n_columns = t->n_columns;
    table->boxes = dab_pool_array(layout->pool, sizeof(DabBox));
    table->rows = dab_pool_array(layout->pool, sizeof(DabRow));
    g_array_set_size(table->boxes, 1); /* a zero box: the text has none */
    if (t->kind == DAB_TEXT_TABLE_CELLS)
        build_cells(layout, lines, t, table);
    else
        build_lines(layout, lines, t, table);
    DabBlock block = {.kind = DAB_BLOCK_TABLE, .first_line = layout->lines->len, .table = (gint)layout->tables->len};
    g_ptr_array_add(layout->tables, table);
    g_array_append_val(layout->blocks, block);
}
