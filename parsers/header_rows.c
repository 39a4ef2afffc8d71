/* header_rows.c: header rows and data rows of a table. */
#include "parsers/header_rows.h"

#include <string.h>

#include "base/letters.h"
#include "parsers/header_cells.h"

#define MAX_NAME_BYTES 120 /* a header cell is a name, with a remark perhaps; 40 hanzi */
#define MAX_TITLES 3       /* rows of one cell above a header */

static const DabRow *row_at(const DabHeaderView *v, guint r) {
    return &g_array_index(v->table->layout->rows, DabRow, r);
}

static const DabCell *cell_at(const DabRow *row, guint i) {
    return &g_array_index(row->cells, DabCell, i);
}

static guint count_rows(const DabHeaderView *v) {
    return v->table->layout->rows->len;
}

const char *dab_header_text(const DabHeaderView *v, guint row, guint cell) {
    return g_ptr_array_index(v->names, g_array_index(v->first_cell, guint, row) + cell);
}

/* How many filled cells a row has, and how many of them the rules know as names of columns. */
static void count_names(const DabHeaderView *v, guint r, guint *filled, guint *known, guint *telling) {
    const DabRow *row = row_at(v, r);
    *filled = *known = *telling = 0;
    for (guint c = 0; c < row->cells->len; c++) {
        const char *name = dab_header_text(v, r, c);
        if (!*name) continue;
        ++*filled;
        if (strlen(name) > MAX_NAME_BYTES) continue;
        const char *role = dab_name_role(v->rules, name);
        if (dab_name_is_data(name, role)) {
            *known = 0;
            return;
        }
        if (!strcmp(role, "other")) continue;
        ++*known;
        *telling += dab_rules_has_word(v->rules, "telling_roles", role, strlen(role));
    }
}

static gboolean names_columns(const DabHeaderView *v, guint r) {
    guint filled, known, telling;
    count_names(v, r, &filled, &known, &telling);
    return known >= 2 && telling >= 1 && known * 5 >= filled * 3;
}

gboolean dab_header_is_numbering(const DabHeaderView *v, guint r) {
    guint numbers = 0;
    for (guint i = 0; i < row_at(v, r)->cells->len; i++) {
        const char *part = dab_header_text(v, r, i), *end;
        if (!*part || dab_rules_has_word(v->rules, "column_letters", part, strlen(part))) continue;
        if (!dab_name_numbers(v->rules, part)) return FALSE;
        guint n = dab_name_column_number(part, &end);
        if (n && n != ++numbers) return FALSE;
    }
    return numbers > 1;
}

static guint count_figures(const DabHeaderView *v, guint r) {
    guint n = 0;
    for (guint i = 0; i < row_at(v, r)->cells->len; i++) {
        const char *text = dab_header_text(v, r, i);
        n += dab_name_is_figure(text) || dab_name_is_amount(v->rules, text);
    }
    return n;
}

gboolean dab_header_is_units(const DabHeaderView *v, guint r) {
    guint units = 0;
    for (guint i = 0; i < row_at(v, r)->cells->len; i++) {
        const char *text = dab_header_text(v, r, i);
        if (*text && !dab_name_is_unit(v->rules, text)) return FALSE;
        units += *text != 0;
    }
    return units > 1;
}

gboolean dab_header_is_title(const DabHeaderView *v, guint r) {
    const DabRow *row = row_at(v, r);
    return row->cells->len == 1 && cell_at(row, 0)->col_span >= v->table->layout->n_columns && v->table->layout->n_columns > 1 &&
           *dab_header_text(v, r, 0);
}

static guint span_of(const DabCell *cell) {
    return MAX(1u, cell->col_span);
}

/* The index of the cell of the row that covers `column`, or -1. */
static gint cell_over(const DabRow *row, guint column) {
    for (guint i = 0; i < row->cells->len; i++) {
        const DabCell *cell = cell_at(row, i);
        if (column >= cell->column && column < cell->column + span_of(cell)) return (gint)i;
    }
    return -1;
}

/* Names below header cells that they part into several columns, and nothing else: a name as wide as the one above it begins another
 * line of a form. */
static gboolean is_subheader(const DabHeaderView *v, guint r) {
    const DabRow *above = row_at(v, r - 1), *row = row_at(v, r);
    guint filled = 0, data = 0;
    for (guint i = 0; i < row->cells->len; i++) {
        const char *part = dab_header_text(v, r, i);
        if (!*part) continue;
        gint over = cell_over(above, cell_at(row, i)->column);
        if (dab_name_is_figure(part) || strlen(part) > MAX_NAME_BYTES || over < 0) return FALSE;
        if (span_of(cell_at(above, (guint)over)) <= span_of(cell_at(row, i))) return FALSE;
        data += dab_name_is_data(part, dab_name_role(v->rules, part));
        filled++;
    }
    return filled > 1 && data * 2 < filled; /* 65岁以上 is a name, too */
}

/* How many rows a header that begins with `count` rows at `first` has with those that belong to it. */
static guint whole_header(const DabHeaderView *v, guint first, guint count) {
    while (count && first + count < count_rows(v)) {
        guint r = first + count;
        if (!is_subheader(v, r) && !dab_header_is_units(v, r) && !dab_header_is_numbering(v, r)) break;
        count++;
    }
    return count;
}

/* Two cells or more, none with a figure. */
static gboolean has_only_names(const DabHeaderView *v, guint r) {
    guint filled = 0;
    for (guint i = 0; i < row_at(v, r)->cells->len; i++) {
        const char *part = dab_header_text(v, r, i);
        if (!*part) continue;
        if (strlen(part) > MAX_NAME_BYTES || (strpbrk(part, "0123456789") && dab_name_is_data(part, dab_name_role(v->rules, part))))
            return FALSE;
        filled++;
    }
    return filled >= 2;
}

static gboolean names_above(const DabHeaderView *v, guint first, guint count, guint column) {
    for (guint r = first; r < first + count; r++) {
        gint cell = cell_over(row_at(v, r), column);
        if (cell >= 0 && *dab_header_text(v, r, (guint)cell)) return TRUE;
    }
    return FALSE;
}

/* Whether the header says there again what it says over the first column: two lists side by side. */
static gboolean is_first_name(const DabHeaderView *v, guint first, guint count, guint column) {
    for (guint r = first; r < first + count; r++) {
        gint cell = cell_over(row_at(v, r), column), begin = cell_over(row_at(v, r), 0);
        if (cell > 0 && begin >= 0 && !strcmp(dab_header_text(v, r, (guint)cell), dab_header_text(v, r, (guint)begin))) return TRUE;
    }
    return FALSE;
}

/* How many rows from `first` on name the columns of the figures right below them; 0: they do not. */
static guint header_above_figures(const DabHeaderView *v, guint first, guint figures) {
    if (first >= count_rows(v) || !has_only_names(v, first)) return 0;
    guint count = whole_header(v, first, 1);
    if (first + count >= count_rows(v) || count_figures(v, first + count) < figures) return 0;
    const DabRow *below = row_at(v, first + count);
    gboolean figure = FALSE;
    for (guint i = 0; i < below->cells->len; i++) { /* each figure has its name; a name behind a figure makes a form */
        const char *text = dab_header_text(v, first + count, i);
        if (dab_name_is_figure(text) ? !names_above(v, first, count, cell_at(below, i)->column)
                                     : figure && i + 1 < below->cells->len && dab_has_letters(text) &&
                                           !is_first_name(v, first, count, cell_at(below, i)->column))
            return 0;
        figure = figure || dab_name_is_figure(text);
    }
    return count;
}

static const char *first_text(const DabHeaderView *v, guint r) {
    return r < count_rows(v) && row_at(v, r)->cells->len ? dab_header_text(v, r, 0) : "";
}

/* A band of a form: a row of one cell says what it is about, names below it, figures below them. A single figure is enough where
 * another band begins with the same name. 0, or the rows of its header with the title. */
static guint band_below_title(const DabHeaderView *v, guint r) {
    if (!dab_header_is_title(v, r)) return 0;
    guint count = header_above_figures(v, r + 1, 2);
    if (count) return count + 1;
    count = header_above_figures(v, r + 1, 1);
    for (guint k = 0; count && k + 1 < count_rows(v); k++)
        if (k != r && dab_header_is_title(v, k) && !strcmp(first_text(v, k + 1), first_text(v, r + 1))) return count + 1;
    return 0;
}

/* Rows at the top above the first figures, where the page does not show a header. */
static guint header_at_top(const DabHeaderView *v) {
    guint r = 0;
    while (r < MAX_TITLES && r < count_rows(v) && dab_header_is_title(v, r)) r++;
    guint count = header_above_figures(v, r, 2);
    if (count > 1) return r + count;
    count = r ? band_below_title(v, r - 1) : 0;
    return count ? r - 1 + count : 0;
}

/* The header the page shows is one if the rules know its names, or if no row further down is a better one. What has two figures is
 * data, whatever the page looks like. */
static guint top_header(const DabHeaderView *v, guint first_named) {
    guint shown = MIN(v->table->layout->n_header_rows, count_rows(v));
    for (guint r = 0; r < shown; r++)
        if (count_figures(v, r) >= 2 && !dab_header_is_numbering(v, r)) shown = r;
    if (!shown || first_named == 0 || first_named == G_MAXUINT) return shown;
    return first_named < shown ? shown : 0;
}

static void add_band(GArray *bands, guint first, guint headers) {
    DabBand band = {.first_row = first, .n_header_rows = headers};
    g_array_append_val(bands, band);
}

void dab_header_rows_find(const DabHeaderView *v, GArray *bands) {
    guint rows = count_rows(v), first_named = G_MAXUINT;
    for (guint r = 0; r < rows && first_named == G_MAXUINT; r++)
        if (names_columns(v, r)) first_named = r;
    guint headers = top_header(v, first_named);
    if (first_named == 0 && !headers) headers = 1;
    headers = whole_header(v, 0, headers);
    if (!headers) headers = header_at_top(v);
    add_band(bands, 0, headers);
    for (guint r = headers; r < rows; r++) {
        guint count = band_below_title(v, r);
        if (!count) {
            while (r + count < rows && names_columns(v, r + count)) count++;
            if (!count) continue;
            count = whole_header(v, r, count);
        }
        add_band(bands, r, count);
        r += count - 1;
    }
}
