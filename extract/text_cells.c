/* text_cells.c: one line → cells. */
#include "extract/text_cells.h"

static void add_piece(const DabLayout *layout, GArray *pieces, guint first, guint end) {
    while (first < end && dab_text_is_blank(dab_text_glyph(layout, first)->ch)) first++;
    while (end > first && dab_text_is_blank(dab_text_glyph(layout, end - 1)->ch)) end--;
    DabTextPiece piece = {first, end - first};
    g_array_append_val(pieces, piece);
}

gboolean dab_text_is_bar(gunichar c) {
    return c == '|' || c == 0xFF5C || c == 0x2502 || c == 0x2503;
}

static void split_tabs(const DabLayout *layout, const DabTextLine *l, gboolean collapse, GArray *pieces) {
    guint end = l->raw_first + l->raw_n, from = l->raw_first;
    g_array_set_size(pieces, 0);
    for (guint i = from; i < end; i++) {
        if (dab_text_glyph(layout, i)->ch != '\t') continue;
        if (!collapse || i > from || i == l->raw_first) add_piece(layout, pieces, from, i);
        from = i + 1;
    }
    if (from < end || !collapse) add_piece(layout, pieces, from, end);
}

static void split_bars(const DabLayout *layout, const DabTextLine *l, GArray *pieces) {
    guint end = l->first + l->n, from = l->first;
    g_array_set_size(pieces, 0);
    if (l->n && dab_text_is_bar(dab_text_glyph(layout, from)->ch)) from++;
    for (guint i = from; i < end; i++) {
        if (!dab_text_is_bar(dab_text_glyph(layout, i)->ch) || (i > from && dab_text_glyph(layout, i - 1)->ch == '\\')) continue;
        add_piece(layout, pieces, from, i);
        from = i + 1;
    }
    if (from < end) add_piece(layout, pieces, from, end);
}

static gboolean is_letter(const DabLayout *layout, guint i) {
    gunichar c = dab_text_glyph(layout, i)->ch;
    return g_unichar_isalpha(c) && !dab_text_is_digit(c);
}

/* Where the blanks that begin at `i` end, if they part two columns: two of them or more, or a wide one before a figure:
 * （公里）　35, not 总　计. Else `i`. */
static guint gap_end(const DabLayout *layout, guint i, guint end) {
    guint k = i;
    while (k < end && dab_text_is_blank(dab_text_glyph(layout, k)->ch)) k++;
    if (k >= i + 2) return k;
    gboolean wide = k == i + 1 && dab_text_glyph(layout, i)->ch == 0x3000 && k < end;
    return wide && !is_letter(layout, i - 1) && dab_text_is_digit(dab_text_glyph(layout, k)->ch) ? k : i;
}

static void split_columns(const DabLayout *layout, const DabTextLine *l, GArray *pieces) {
    guint end = l->first + l->n, from = l->first;
    g_array_set_size(pieces, 0);
    for (guint i = from + 1; i < end; i++) {
        guint to = gap_end(layout, i, end);
        if (to == i) continue;
        add_piece(layout, pieces, from, i);
        from = i = to;
    }
    if (l->n) add_piece(layout, pieces, from, end);
}

gboolean dab_text_has_figure(const DabLayout *layout, const GArray *pieces) {
    for (guint k = 0; k < pieces->len; k++) {
        const DabTextPiece *p = &g_array_index(pieces, DabTextPiece, k);
        gboolean figure = FALSE;
        for (guint i = p->first; i < p->first + p->n && !is_letter(layout, i); i++)
            figure = figure || dab_text_is_digit(dab_text_glyph(layout, i)->ch);
        if (figure && (!p->n || !is_letter(layout, p->first + p->n - 1))) return TRUE;
    }
    return FALSE;
}

void dab_text_split(const DabLayout *layout, const DabTextLine *l, DabTextTableKind kind, gboolean collapse, GArray *pieces) {
    if (kind == DAB_TEXT_TABLE_TABS)
        split_tabs(layout, l, collapse, pieces);
    else if (kind == DAB_TEXT_TABLE_BARS)
        split_bars(layout, l, pieces);
    else
        split_columns(layout, l, pieces);
}

gboolean dab_text_is_rule(const DabLayout *layout, const DabTextLine *l) {
    guint strokes = 0;
    for (guint i = l->first; i < l->first + l->n; i++) {
        gunichar c = dab_text_glyph(layout, i)->ch;
        if (c == '-' || c == '=' || (c >= 0x2500 && c <= 0x257F && !dab_text_is_bar(c)))
            strokes++;
        else if (!dab_text_is_bar(c) && c != ':' && c != '+' && c != ' ')
            return FALSE;
    }
    return strokes >= 3;
}

gboolean dab_text_tabs_align(const DabLayout *layout, const GArray *lines, guint i, guint end) {
    g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(DabTextPiece));
    DabTextCounts plain = {0}, collapsed = {0};
    for (guint k = i; k < end; k++) {
        split_tabs(layout, dab_text_line(lines, k), FALSE, pieces);
        dab_text_count(&plain, pieces->len);
        split_tabs(layout, dab_text_line(lines, k), TRUE, pieces);
        dab_text_count(&collapsed, pieces->len);
    }
    return collapsed.n[dab_text_usual(&collapsed)] > plain.n[dab_text_usual(&plain)];
}

void dab_text_count(DabTextCounts *c, guint cells) {
    c->n[MIN(cells, DAB_TEXT_MAX_COLUMNS)]++;
    c->total++;
}

guint dab_text_usual(const DabTextCounts *c) {
    guint best = 0;
    for (guint i = 2; i < DAB_TEXT_MAX_COLUMNS; i++)
        if (c->n[i] > (best ? c->n[best] : 0)) best = i;
    return best;
}

static DabTextCellRow read_group(const GArray *lines, guint i) {
    DabTextCellRow g = {.first = i, .end = i};
    do g.cells += dab_text_line(lines, g.end++)->leading_tab;
    while (g.end < lines->len && !dab_text_line(lines, g.end)->blank_before);
    return g;
}

GArray *dab_text_cell_rows(const GArray *lines, guint i, guint end, guint columns) {
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(DabTextCellRow));
    DabTextCounts counts = {0};
    while (i < end) {
        DabTextCellRow g = read_group(lines, i), *last = rows->len > 1 ? &g_array_index(rows, DabTextCellRow, rows->len - 1) : NULL;
        guint want = columns ? columns : dab_text_usual(&counts);
        gboolean fits = last && last->cells < want && last->cells + g.cells <= want;
        if (!dab_text_line(lines, i)->leading_tab && (!fits || !g.cells)) break;
        if (fits && (columns || !dab_text_line(lines, i)->leading_tab)) {
            last->end = g.end;
            last->cells += g.cells;
        } else {
            g_array_append_val(rows, g);
            dab_text_count(&counts, g.cells);
        }
        i = g.end;
    }
    return rows;
}
