#include "extract/text_merged.h"

#include "extract/text_lines.h"

static DabRow *row_at(const DabTable *t, guint r) {
    return &g_array_index(t->rows, DabRow, r);
}

static DabCell *cell_at(const DabTable *t, guint r, guint c) {
    return &g_array_index(row_at(t, r)->cells, DabCell, c);
}

static gboolean is_empty(const DabTable *t, guint r, guint c) {
    return !cell_at(t, r, c)->n_lines;
}

static gboolean is_number(const DabLayout *layout, const DabCell *cell) {
    const DabLine *l = &g_array_index(layout->lines, DabLine, cell->first_line);
    for (guint i = l->first_glyph; i < l->first_glyph + l->n_glyphs; i++) {
        gunichar c = g_array_index(layout->glyphs, DabGlyph, i).ch;
        if (c > 0x7F ? !dab_text_is_digit(c) && g_unichar_isalpha(c) : g_ascii_isalpha((char)c)) return FALSE;
    }
    return TRUE;
}

/* A row whose cells say something or nothing, and no number. */
static gboolean has_names(const DabLayout *layout, const DabTable *t, guint r) {
    guint n = 0;
    if (r >= t->rows->len || row_at(t, r)->cells->len < t->n_columns) return FALSE;
    for (guint c = 0; c < t->n_columns; c++) {
        if (is_empty(t, r, c)) continue;
        if (is_number(layout, cell_at(t, r, c))) return FALSE;
        n++;
    }
    return n >= 2;
}

/* The column behind a name of the first row and the empty cells that follow it. */
static guint group_end(const DabTable *t, guint c) {
    guint end = c + 1;
    while (end < t->n_columns && is_empty(t, 0, end)) end++;
    return end;
}

/* Whether the second row names the parts of what the first names: below a name with empty cells behind it each cell says
 * something; below some other name there is nothing. */
static gboolean names_parts(const DabTable *t) {
    gboolean parted = FALSE, through = FALSE;
    for (guint c = 0, end; c < t->n_columns; c = end) {
        end = group_end(t, c);
        for (guint k = c; k < end && end > c + 1; k++)
            if (is_empty(t, 1, k)) return FALSE;
        parted = parted || end > c + 1;
        through = through || (end == c + 1 && is_empty(t, 1, c));
    }
    return parted && through;
}

/* Whether the columns without a name of their own hold something: they are the name's before them. */
static gboolean spans_columns(const DabTable *t) {
    for (guint c = 1; c < t->n_columns; c++) {
        guint full = 0;
        if (!is_empty(t, 0, c)) continue;
        for (guint r = 1; r < t->rows->len; r++) full += row_at(t, r)->cells->len == t->n_columns && !is_empty(t, r, c);
        if (full * 2 < t->rows->len - 1) return FALSE;
    }
    return TRUE;
}

static guint header_rows(const DabLayout *layout, const DabTable *t) {
    guint empty = 0;
    if (t->rows->len < 2 || !has_names(layout, t, 0)) return 0;
    for (guint c = 1; c < t->n_columns; c++) empty += is_empty(t, 0, c);
    if (!empty) return 1; /* the first may be the empty corner of a table */
    if (is_empty(t, 0, 0)) return 0;
    if (t->rows->len > 2 && has_names(layout, t, 1) && names_parts(t)) return 2;
    return spans_columns(t) ? 1 : 0;
}

static void merge_header(DabTable *t) {
    for (guint c = 0, end; c < t->n_columns && t->n_header_rows; c = end) {
        end = group_end(t, c);
        cell_at(t, 0, c)->col_span = end - c;
        if (t->n_header_rows == 2 && is_empty(t, 1, c)) cell_at(t, 0, c)->row_span = 2;
    }
}

/* 一、水利 | 新建泵站 | 12座 and below it an empty cell | 清淤河道 | 30公里 */
static void merge_groups(const DabLayout *layout, DabTable *t) {
    g_autofree DabCell **above = g_new0(DabCell *, t->n_columns); /* that may go on; NULL: none */
    for (guint r = t->n_header_rows; r < t->rows->len; r++) {
        gboolean whole = row_at(t, r)->cells->len == t->n_columns, first = TRUE;
        for (guint c = 0; c < t->n_columns; c++) {
            if (whole && is_empty(t, r, c)) {
                if (!first || c + 2 >= t->n_columns)
                    above[c] = NULL;
                else if (above[c])
                    above[c]->row_span++;
            } else {
                above[c] = whole && !is_number(layout, cell_at(t, r, c)) ? cell_at(t, r, c) : NULL;
            }
            first = first && whole && is_empty(t, r, c) && above[c];
        }
    }
}

/* Takes away the empty cells over which another one goes. */
static void drop_covered(DabTable *t) {
    g_autofree guint *down = g_new0(guint, t->n_columns); /* rows for which a cell from above still holds the column */
    for (guint r = 0; r < t->rows->len; r++) {
        GArray *cells = row_at(t, r)->cells;
        guint kept = 0, upto = 0;
        for (guint k = 0; k < cells->len; k++) {
            DabCell cell = g_array_index(cells, DabCell, k);
            if (!cell.n_lines && (cell.column < upto || down[cell.column])) continue;
            upto = MAX(upto, cell.column + cell.col_span);
            for (guint c = cell.column; c < MIN(upto, t->n_columns) && cell.row_span > 1; c++) down[c] = cell.row_span;
            g_array_index(cells, DabCell, kept++) = cell;
        }
        g_array_set_size(cells, kept);
        for (guint c = 0; c < t->n_columns; c++) down[c] -= down[c] > 0;
    }
}

void dab_text_table_merge(const DabLayout *layout, DabTable *table, gboolean whole) {
    table->n_header_rows = header_rows(layout, table);
    merge_header(table);
    if (whole) merge_groups(layout, table);
    drop_covered(table);
}
