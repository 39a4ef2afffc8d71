#include "extract/text_table.h"

#include "dabiao/limits.h"

#define MAX_COLUMNS 64u
#define SHORT_CELL 40u /* cells: a cell of a table, where a paragraph would be longer */

typedef struct {
    guint first, n; /* glyphs, trimmed */
} Piece;

static const DabTextLine *line_at(const GArray *lines, guint i) {
    return &g_array_index(lines, DabTextLine, i);
}

static const DabGlyph *glyph_at(const DabLayout *layout, guint i) {
    return &g_array_index(layout->glyphs, DabGlyph, i);
}

static void add_piece(const DabLayout *layout, GArray *pieces, guint first, guint end) {
    while (first < end && dab_text_is_blank(glyph_at(layout, first)->ch)) first++;
    while (end > first && dab_text_is_blank(glyph_at(layout, end - 1)->ch)) end--;
    Piece piece = {first, end - first};
    g_array_append_val(pieces, piece);
}

static gboolean is_bar(gunichar c) {
    return c == '|' || c == 0xFF5C || c == 0x2502 || c == 0x2503;
}

/* ---- one line → its cells; `pieces` (Piece) is emptied first ---- */

static void split_tabs(const DabLayout *layout, const DabTextLine *l, gboolean collapse, GArray *pieces) {
    guint end = l->raw_first + l->raw_n, from = l->raw_first;
    g_array_set_size(pieces, 0);
    for (guint i = from; i < end; i++) {
        if (glyph_at(layout, i)->ch != '\t') continue;
        if (!collapse || i > from || i == l->raw_first) add_piece(layout, pieces, from, i);
        from = i + 1;
    }
    if (from < end || !collapse) add_piece(layout, pieces, from, end);
}

static void split_bars(const DabLayout *layout, const DabTextLine *l, GArray *pieces) {
    guint end = l->first + l->n, from = l->first;
    g_array_set_size(pieces, 0);
    if (l->n && is_bar(glyph_at(layout, from)->ch)) from++;
    for (guint i = from; i < end; i++) {
        if (!is_bar(glyph_at(layout, i)->ch) || (i > from && glyph_at(layout, i - 1)->ch == '\\')) continue;
        add_piece(layout, pieces, from, i);
        from = i + 1;
    }
    if (from < end) add_piece(layout, pieces, from, end);
}

static void split_columns(const DabLayout *layout, const DabTextLine *l, GArray *pieces) {
    guint end = l->first + l->n, from = l->first;
    g_array_set_size(pieces, 0);
    for (guint i = from; i + 1 < end; i++) {
        if (!dab_text_is_blank(glyph_at(layout, i)->ch) || !dab_text_is_blank(glyph_at(layout, i + 1)->ch)) continue;
        add_piece(layout, pieces, from, i);
        while (i + 1 < end && dab_text_is_blank(glyph_at(layout, i + 1)->ch)) i++;
        from = i + 1;
    }
    if (l->n) add_piece(layout, pieces, from, end);
}

static void split(const DabLayout *layout, const DabTextLine *l, DabTextTableKind kind, gboolean collapse, GArray *pieces) {
    if (kind == DAB_TEXT_TABLE_TABS)
        split_tabs(layout, l, collapse, pieces);
    else if (kind == DAB_TEXT_TABLE_BARS)
        split_bars(layout, l, pieces);
    else
        split_columns(layout, l, pieces);
}

/* A drawn line of a table: |---|:--:| or ├──┼──┤. */
static gboolean is_rule(const DabLayout *layout, const DabTextLine *l) {
    guint strokes = 0;
    for (guint i = l->first; i < l->first + l->n; i++) {
        gunichar c = glyph_at(layout, i)->ch;
        if (c == '-' || c == '=' || (c >= 0x2500 && c <= 0x257F && !is_bar(c)))
            strokes++;
        else if (!is_bar(c) && c != ':' && c != '+' && c != ' ')
            return FALSE;
    }
    return strokes >= 3;
}

/* ---- finding ---- */

typedef struct {
    guint n[MAX_COLUMNS + 1];
    guint total;
} Counts;

static void count(Counts *c, guint cells) {
    c->n[MIN(cells, MAX_COLUMNS)]++;
    c->total++;
}

/* The most frequent number of cells; MAX_COLUMNS itself (too many) and less than two never win. */
static guint usual(const Counts *c) {
    guint best = 0;
    for (guint i = 2; i < MAX_COLUMNS; i++)
        if (c->n[i] > (best ? c->n[best] : 0)) best = i;
    return best;
}

/* A row of a table of kind CELLS: the lines [first, end). */
typedef struct {
    guint first, end, cells;
} CellRow;

static CellRow read_group(const GArray *lines, guint i) {
    CellRow g = {.first = i, .end = i};
    do g.cells += line_at(lines, g.end++)->leading_tab;
    while (g.end < lines->len && !line_at(lines, g.end)->blank_before);
    return g;
}

/* Groups of lines between empty lines; a group that has too few cells and the next that has the missing ones are one row,
 * whose cell holds an empty paragraph. `columns` 0: not known yet. */
static GArray *cell_rows(const GArray *lines, guint i, guint end, guint columns) {
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(CellRow));
    Counts counts = {0};
    while (i < end) {
        CellRow g = read_group(lines, i), *last = rows->len > 1 ? &g_array_index(rows, CellRow, rows->len - 1) : NULL;
        guint want = columns ? columns : usual(&counts);
        gboolean fits = last && last->cells < want && last->cells + g.cells <= want;
        if (!line_at(lines, i)->leading_tab && (!fits || !g.cells)) break;
        if (fits && (columns || !line_at(lines, i)->leading_tab)) {
            last->end = g.end;
            last->cells += g.cells;
        } else {
            g_array_append_val(rows, g);
            count(&counts, g.cells);
        }
        i = g.end;
    }
    return rows;
}

static gboolean has_inner_tab(const DabTextLine *l) {
    return l->n && l->tabs > (l->leading_tab ? 1 : 0);
}

static gboolean find_cells(const DabLayout *layout, const GArray *lines, guint i, DabTextTable *t) {
    (void)layout;
    if (!line_at(lines, i)->leading_tab || has_inner_tab(line_at(lines, i))) return FALSE;
    g_autoptr(GArray) groups = cell_rows(lines, i, lines->len, 0);
    Counts counts = {0};
    for (guint r = 0; r < groups->len; r++) count(&counts, g_array_index(groups, CellRow, r).cells);
    guint columns = usual(&counts), end = g_array_index(groups, CellRow, groups->len - 1).end, whole = 0;
    t->end = end;
    if (columns < 3) return FALSE;
    g_autoptr(GArray) rows = cell_rows(lines, i, end, columns);
    for (guint r = 0; r < rows->len; r++) whole += g_array_index(rows, CellRow, r).cells == columns;
    guint cells = 0, brief = 0, inner = 0;
    for (guint k = i; k < end; k++) {
        const DabTextLine *l = line_at(lines, k);
        cells += l->leading_tab;
        inner += has_inner_tab(l);
        brief += l->leading_tab && l->width <= SHORT_CELL && l->end != DAB_END_STOP;
    }
    if (whole < 2 || whole * 2 < rows->len || brief * 5 < cells * 2 || inner * 5 > cells || cells > DAB_MAX_CELLS) return FALSE;
    *t = (DabTextTable){DAB_TEXT_TABLE_CELLS, i, g_array_index(rows, CellRow, rows->len - 1).end, columns};
    return TRUE;
}

/* Whether several tabs in a row only align a column: with them taken as one, more rows have the same number of cells. */
static gboolean tabs_align(const DabLayout *layout, const GArray *lines, guint i, guint end) {
    g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
    Counts plain = {0}, collapsed = {0};
    for (guint k = i; k < end; k++) {
        split_tabs(layout, line_at(lines, k), FALSE, pieces);
        count(&plain, pieces->len);
        split_tabs(layout, line_at(lines, k), TRUE, pieces);
        count(&collapsed, pieces->len);
    }
    return collapsed.n[usual(&collapsed)] > plain.n[usual(&plain)];
}

static gboolean find_tabs(const DabLayout *layout, const GArray *lines, guint i, DabTextTable *t) {
    guint end = i, inner = 0, cells = 0;
    for (; end < lines->len && line_at(lines, end)->tabs && (end == i || line_at(lines, end)->blank_before <= 1); end++) {
        inner += has_inner_tab(line_at(lines, end));
        cells += line_at(lines, end)->tabs + 1;
        if (cells > DAB_MAX_CELLS) break;
    }
    t->end = end;
    if (end - i < 2 || inner * 5 < (end - i) * 3) return FALSE;
    gboolean collapse = tabs_align(layout, lines, i, end);
    g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
    Counts counts = {0};
    for (guint k = i; k < end; k++) {
        split_tabs(layout, line_at(lines, k), collapse, pieces);
        count(&counts, pieces->len);
    }
    guint columns = usual(&counts);
    if (!columns || counts.n[columns] * 5 < counts.total * 3) return FALSE;
    if (counts.n[columns] < 3 && !(counts.n[columns] == 2 && columns >= 4)) return FALSE;
    for (; i < end; i++) { /* lines before the table that only happen to hold a tab */
        split_tabs(layout, line_at(lines, i), collapse, pieces);
        if (pieces->len >= columns) break;
    }
    *t = (DabTextTable){DAB_TEXT_TABLE_TABS, i, end, columns};
    return TRUE;
}

static gboolean find_bars(const DabLayout *layout, const GArray *lines, guint i, DabTextTable *t) {
    g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
    Counts counts = {0};
    guint end = i, rules = 0, opened = 0, cells = 0;
    for (; end < lines->len && (end == i || line_at(lines, end)->blank_before <= 1); end++) {
        const DabTextLine *l = line_at(lines, end);
        if (l->n && is_rule(layout, l)) {
            rules++;
            continue;
        }
        split_bars(layout, l, pieces);
        if (pieces->len < 2 || (cells += pieces->len) > DAB_MAX_CELLS) break;
        count(&counts, pieces->len);
        opened += is_bar(glyph_at(layout, l->first)->ch);
    }
    t->end = end;
    guint columns = usual(&counts);
    if (!columns || counts.n[columns] < 2 || counts.n[columns] * 2 < counts.total || (!rules && opened < counts.total))
        return FALSE;
    *t = (DabTextTable){DAB_TEXT_TABLE_BARS, i, end, columns};
    return TRUE;
}

static guint offset_cells(const DabLayout *layout, const DabTextLine *l, guint glyph) {
    guint cells = 0;
    for (guint i = l->raw_first; i < glyph; i++) cells += dab_text_cells(glyph_at(layout, i)->ch);
    return cells;
}

static gboolean find_columns(const DabLayout *layout, const GArray *lines, guint i, DabTextTable *t) {
    g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
    guint columns = 0, end = i, glyphs = 0, second = 0;
    for (; end < lines->len && (end == i || line_at(lines, end)->blank_before <= 1) && (end - i) * columns < DAB_MAX_CELLS; end++) {
        split_columns(layout, line_at(lines, end), pieces);
        if (end == i) columns = pieces->len;
        if (columns < 2 || columns >= MAX_COLUMNS || pieces->len != columns) break;
        if (columns == 2) { /* two columns must stand below each other */
            guint at = offset_cells(layout, line_at(lines, end), g_array_index(pieces, Piece, 1).first);
            if (end == i) second = at;
            if (at + 1 < second || at > second + 1) break;
        }
        for (guint c = 0; c < columns; c++) glyphs += g_array_index(pieces, Piece, c).n;
    }
    t->end = end;
    if (end - i < 3 || glyphs * 2 < (end - i) * columns * 3) return FALSE; /* single hanzi are stretched text */
    *t = (DabTextTable){DAB_TEXT_TABLE_COLUMNS, i, end, columns};
    return TRUE;
}

typedef gboolean (*Finder)(const DabLayout *layout, const GArray *lines, guint i, DabTextTable *t);

/* A finder that fails leaves in t->end how far it looked: it is not asked again before, so that no file takes quadratic time. */
GArray *dab_text_tables_find(const DabLayout *layout, GArray *lines) {
    static const Finder finders[] = {find_bars, find_cells, find_tabs, find_columns};
    GArray *tables = g_array_new(FALSE, FALSE, sizeof(DabTextTable));
    guint looked[G_N_ELEMENTS(finders)] = {0};
    for (guint i = 0; i < lines->len;) {
        DabTextTable t;
        gboolean found = FALSE;
        for (guint f = 0; f < G_N_ELEMENTS(finders) && !found; f++) {
            if (i < looked[f]) continue;
            t = (DabTextTable){.first = i, .end = i};
            found = finders[f](layout, lines, i, &t) && t.end > t.first;
            if (!found) looked[f] = t.end;
        }
        if (!found) {
            i++;
            continue;
        }
        for (guint k = t.first; k < t.end; k++) g_array_index(lines, DabTextLine, k).in_table = TRUE;
        g_array_append_val(tables, t);
        i = t.end;
    }
    return tables;
}

/* ---- building ---- */

static void add_line(DabLayout *layout, DabCell *cell, Piece piece, gboolean new_paragraph) {
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
    g_autoptr(GArray) rows = cell_rows(lines, t->first, t->end, t->n_columns);
    for (guint r = 0; r < rows->len; r++) {
        const CellRow *g = &g_array_index(rows, CellRow, r);
        DabRow *row = add_row(table, layout);
        DabCell cell = {0};
        gboolean cut = FALSE; /* the line before stops at a comma: the same paragraph */
        for (guint i = g->first; i < g->end; i++) {
            const DabTextLine *l = line_at(lines, i);
            if (l->leading_tab) {
                if (i > g->first) g_array_append_val(row->cells, cell);
                cell = new_cell(layout, MIN(row->cells->len, t->n_columns - 1));
                cut = FALSE;
            }
            add_line(layout, &cell, (Piece){l->first, l->n}, !cut || l->start != DAB_START_PLAIN);
            cut = l->n && l->end == DAB_END_CLAUSE;
        }
        g_array_append_val(row->cells, cell);
        stretch(row, t->n_columns, r == 0);
    }
    table->n_header_rows = rows->len > 1;
}

/* One row of lines [first, end): the pieces of a column stand together; cells past the last column go to it. */
static void build_row(DabLayout *layout, const GArray *lines, const DabTextTable *t, guint first, guint end, gboolean collapse,
                      DabTable *table) {
    g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
    DabRow *row = add_row(table, layout);
    guint widest = 0;
    for (guint i = first; i < end; i++) {
        split(layout, line_at(lines, i), t->kind, collapse, pieces);
        widest = MAX(widest, pieces->len);
    }
    for (guint c = 0; c < MIN(widest, t->n_columns); c++) {
        DabCell cell = new_cell(layout, c);
        for (guint i = first; i < end; i++) {
            split(layout, line_at(lines, i), t->kind, collapse, pieces);
            guint upto = c + 1 == t->n_columns ? pieces->len : MIN(c + 1, pieces->len);
            for (guint k = c; k < upto; k++) add_line(layout, &cell, g_array_index(pieces, Piece, k), FALSE);
        }
        g_array_append_val(row->cells, cell);
    }
    stretch(row, t->n_columns, FALSE);
}

static gboolean looks_like_number(const DabLayout *layout, const DabCell *cell) {
    const DabLine *l = &g_array_index(layout->lines, DabLine, cell->first_line);
    for (guint i = l->first_glyph; i < l->first_glyph + l->n_glyphs; i++) {
        gunichar c = glyph_at(layout, i)->ch;
        if (c > 0x7F ? !dab_text_is_digit(c) && g_unichar_isalpha(c) : g_ascii_isalpha((char)c)) return FALSE;
    }
    return TRUE;
}

/* A first row names the columns when each of its cells says something, and no number. */
static gboolean is_header(const DabLayout *layout, const DabRow *row, guint columns) {
    if (row->cells->len < columns) return FALSE;
    for (guint c = 0; c < row->cells->len; c++) {
        const DabCell *cell = &g_array_index(row->cells, DabCell, c);
        if (!cell->n_lines || looks_like_number(layout, cell)) return FALSE;
    }
    return TRUE;
}

static guint count_rule_runs(const DabLayout *layout, const GArray *lines, const DabTextTable *t) {
    guint runs = 0;
    for (guint i = t->first; i < t->end; i++)
        runs += !is_rule(layout, line_at(lines, i)) && (i == t->first || is_rule(layout, line_at(lines, i - 1)));
    return runs;
}

/* In a drawn table with a rule below each row, the lines between two rules are one row. */
static void build_lines(DabLayout *layout, const GArray *lines, const DabTextTable *t, DabTable *table) {
    gboolean collapse = t->kind == DAB_TEXT_TABLE_TABS && tabs_align(layout, lines, t->first, t->end);
    gboolean bars = t->kind == DAB_TEXT_TABLE_BARS, drawn = bars && count_rule_runs(layout, lines, t) >= 3;
    for (guint i = t->first, end; i < t->end; i = end) {
        end = i + 1;
        if (bars && is_rule(layout, line_at(lines, i))) continue;
        while (drawn && end < t->end && !is_rule(layout, line_at(lines, end))) end++;
        build_row(layout, lines, t, i, end, collapse, table);
    }
    table->n_header_rows = table->rows->len > 1 && is_header(layout, &g_array_index(table->rows, DabRow, 0), t->n_columns);
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
