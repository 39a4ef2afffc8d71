/* text_table.c: lines → tables, found. */
#include "extract/text_cells.h"

#include "dabiao/limits.h"

#define SHORT_CELL 40u /* cells: a cell of a table, where a paragraph would be longer */

static gboolean has_inner_tab(const DabTextLine *l) {
    return l->n && l->tabs > (l->leading_tab ? 1 : 0);
}

static gboolean find_cells(const DabLayout *layout, const GArray *lines, guint i, DabTextTable *t) {
    (void)layout;
    if (!dab_text_line(lines, i)->leading_tab || has_inner_tab(dab_text_line(lines, i))) return FALSE;
    g_autoptr(GArray) groups = dab_text_cell_rows(lines, i, lines->len, 0);
    DabTextCounts counts = {0};
    for (guint r = 0; r < groups->len; r++) dab_text_count(&counts, g_array_index(groups, DabTextCellRow, r).cells);
    guint columns = dab_text_usual(&counts), end = g_array_index(groups, DabTextCellRow, groups->len - 1).end, whole = 0;
    t->end = end;
    if (columns < 3) return FALSE;
    g_autoptr(GArray) rows = dab_text_cell_rows(lines, i, end, columns);
    for (guint r = 0; r < rows->len; r++) whole += g_array_index(rows, DabTextCellRow, r).cells == columns;
    guint cells = 0, brief = 0, inner = 0;
    for (guint k = i; k < end; k++) {
        const DabTextLine *l = dab_text_line(lines, k);
        cells += l->leading_tab;
        inner += has_inner_tab(l);
        brief += l->leading_tab && l->width <= SHORT_CELL && l->end != DAB_END_STOP;
    }
    if (whole < 2 || whole * 2 < rows->len || brief * 5 < cells * 2 || inner * 5 > cells || cells > DAB_MAX_CELLS) return FALSE;
    *t = (DabTextTable){DAB_TEXT_TABLE_CELLS, i, g_array_index(rows, DabTextCellRow, rows->len - 1).end, columns, 0, NULL};
    return TRUE;
}

/* 二、社会保障: a merged row that has no tab, before one of figures. */
static gboolean is_group(const DabLayout *layout, const GArray *lines, guint i, GArray *pieces) {
    const DabTextLine *l = dab_text_line(lines, i), *next = i + 1 < lines->len ? dab_text_line(lines, i + 1) : NULL;
    if (!l->n || l->width > SHORT_CELL || l->end != DAB_END_OPEN || l->clause_inside || l->labelled) return FALSE;
    if (!next || !has_inner_tab(next) || next->blank_before > 1) return FALSE;
    dab_text_split(layout, next, DAB_TEXT_TABLE_TABS, FALSE, pieces);
    return dab_text_has_figure(layout, pieces);
}

static gboolean find_tabs(const DabLayout *layout, const GArray *lines, guint i, DabTextTable *t) {
    g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(DabTextPiece));
    guint end = i, inner = 0, cells = 0, groups = 0;
    for (; end < lines->len && cells <= DAB_MAX_CELLS; end++) {
        const DabTextLine *l = dab_text_line(lines, end);
        gboolean group = !l->tabs && end > i && is_group(layout, lines, end, pieces);
        if ((!l->tabs && !group) || (end > i && l->blank_before > 1)) break;
        inner += has_inner_tab(l);
        groups += group;
        cells += l->tabs + 1;
    }
    t->end = end;
    if (end - i < 2 || inner * 5 < (end - i - groups) * 3 || groups * 2 > end - i) return FALSE;
    gboolean collapse = dab_text_tabs_align(layout, lines, i, end);
    DabTextCounts counts = {0};
    for (guint k = i; k < end; k++) {
        dab_text_split(layout, dab_text_line(lines, k), DAB_TEXT_TABLE_TABS, collapse, pieces);
        dab_text_count(&counts, pieces->len);
    }
    guint columns = dab_text_usual(&counts);
    if (!columns || counts.n[columns] * 5 < (counts.total - groups) * 3) return FALSE;
    if (counts.n[columns] < 3 && !(counts.n[columns] == 2 && columns >= 4)) return FALSE;
    for (; i < end; i++) { /* lines before the table that only happen to hold a tab */
        dab_text_split(layout, dab_text_line(lines, i), DAB_TEXT_TABLE_TABS, collapse, pieces);
        if (pieces->len >= columns) break;
    }
    *t = (DabTextTable){DAB_TEXT_TABLE_TABS, i, end, columns, 0, NULL};
    return TRUE;
}

/* Whether all pieces say something, none more than a cell does. */
static gboolean are_brief(const GArray *pieces) {
    for (guint i = 0; i < pieces->len; i++) {
        guint n = g_array_index(pieces, DabTextPiece, i).n;
        if (!n || n > SHORT_CELL) return FALSE;
    }
    return TRUE;
}

static gboolean find_bars(const DabLayout *layout, const GArray *lines, guint i, DabTextTable *t) {
    g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(DabTextPiece));
    DabTextCounts counts = {0};
    guint end = i, rules = 0, opened = 0, cells = 0, brief = 0;
    for (; end < lines->len && (end == i || dab_text_line(lines, end)->blank_before <= 1); end++) {
        const DabTextLine *l = dab_text_line(lines, end);
        if (l->n && dab_text_is_rule(layout, l)) {
            rules++;
            continue;
        }
        /* names behind an empty line, with a rule below them: the next table */
        if (rules && l->blank_before && end + 1 < lines->len && dab_text_is_rule(layout, dab_text_line(lines, end + 1))) break;
        dab_text_split(layout, l, DAB_TEXT_TABLE_BARS, FALSE, pieces);
        if (pieces->len < 2 || (cells += pieces->len) > DAB_MAX_CELLS) break;
        gboolean plain = !rules && !opened &&
                         !dab_text_is_bar(dab_text_glyph(layout, l->first)->ch); /* nothing but its cells tells such a table */
        gboolean apart = end > i + 1 && l->blank_before > dab_text_line(lines, i + 1)->blank_before;
        if (plain && counts.total && (apart || counts.n[MIN(pieces->len, DAB_TEXT_MAX_COLUMNS)] < counts.total)) break;
        dab_text_count(&counts, pieces->len);
        opened += dab_text_is_bar(dab_text_glyph(layout, l->first)->ch);
        brief += are_brief(pieces);
    }
    t->end = end;
    guint columns = dab_text_usual(&counts);
    if (!columns || counts.n[columns] < 2 || counts.n[columns] * 2 < counts.total) return FALSE;
    /* bars within lines only part words in a text, too: a table has as many in each line, and something short between them */
    gboolean even = counts.n[columns] == counts.total && brief == counts.total && counts.total * columns >= 6;
    if (!rules && opened < counts.total && !even) return FALSE;
    *t = (DabTextTable){DAB_TEXT_TABLE_BARS, i, end, columns, 0, NULL};
    return TRUE;
}

static guint offset_cells(const DabLayout *layout, const DabTextLine *l, guint glyph) {
    guint cells = 0;
    for (guint i = l->raw_first; i < glyph; i++) cells += dab_text_cells(dab_text_glyph(layout, i)->ch);
    return cells;
}

static gboolean find_columns(const DabLayout *layout, const GArray *lines, guint i, DabTextTable *t) {
    g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(DabTextPiece));
    guint columns = 0, end = i, glyphs = 0, second = 0;
    for (; end < lines->len && (end == i || dab_text_line(lines, end)->blank_before <= 1) && (end - i) * columns < DAB_MAX_CELLS;
         end++) {
        dab_text_split(layout, dab_text_line(lines, end), DAB_TEXT_TABLE_COLUMNS, FALSE, pieces);
        if (end == i) columns = pieces->len;
        if (columns < 2 || columns >= DAB_TEXT_MAX_COLUMNS || pieces->len != columns) break;
        if (columns == 2) { /* two columns must stand below each other */
            guint at = offset_cells(layout, dab_text_line(lines, end), g_array_index(pieces, DabTextPiece, 1).first);
            if (end == i) second = at;
            if (at + 1 < second || at > second + 1) break;
        }
        for (guint c = 0; c < columns; c++) glyphs += g_array_index(pieces, DabTextPiece, c).n;
    }
    t->end = end;
    if (end - i < 3 || glyphs * 2 < (end - i) * columns * 3) return FALSE; /* single hanzi are stretched text */
    *t = (DabTextTable){DAB_TEXT_TABLE_COLUMNS, i, end, columns, 0, NULL};
    return TRUE;
}

typedef gboolean (*Finder)(const DabLayout *layout, const GArray *lines, guint i, DabTextTable *t);

/* A finder that fails leaves in t->end how far it looked: it is not asked again before, so that no file takes quadratic time. */
GArray *dab_text_tables_find(const DabLayout *layout, GArray *lines) {
    static const Finder finders[] = {find_bars, find_cells, find_tabs, dab_text_find_places, find_columns, dab_text_find_marks};
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
