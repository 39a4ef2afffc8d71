/* text_marks.c: lines of cells between commas, semicolons or single blanks. Prose has these marks too: such a table has a first
 * line of names, and below it a column of figures in each line. */
#include "dabiao/limits.h"
#include "extract/text_cells.h"

#define SHORT_CELL 40u /* glyphs */

static gboolean is_quote(gunichar c) {
    return c == '"' || c == 0xFF02;
}

void dab_text_split_marks(const DabLayout *layout, const DabTextLine *l, gunichar mark, GArray *pieces) {
    guint end = l->first + l->n, from = l->first;
    gboolean quoted = FALSE;
    g_array_set_size(pieces, 0);
    for (guint i = from; i <= end && l->n; i++) {
        gunichar c = i < end ? dab_text_glyph(layout, i)->ch : mark;
        if (i < end && is_quote(c)) quoted = !quoted && i == from; /* "6,500" is one cell */
        gboolean cut = mark == ' ' ? dab_text_is_blank(c) : c == mark;
        if (!cut || (quoted && i < end)) continue;
        DabTextPiece piece = {from, i - from};
        if (piece.n >= 2 && is_quote(dab_text_glyph(layout, from)->ch) && is_quote(dab_text_glyph(layout, i - 1)->ch))
            piece = (DabTextPiece){from + 1, piece.n - 2};
        while (piece.n && dab_text_is_blank(dab_text_glyph(layout, piece.first)->ch)) piece.first++, piece.n--;
        while (piece.n && dab_text_is_blank(dab_text_glyph(layout, piece.first + piece.n - 1)->ch)) piece.n--;
        g_array_append_val(pieces, piece);
        from = i + 1;
    }
}

/* Digits, but for those of a year: 2023年, 2023年实际. */
static gboolean has_digit(const DabLayout *layout, const DabTextPiece *p) {
    guint digits = 0;
    for (guint i = p->first; i < p->first + p->n; i++) {
        gboolean digit = dab_text_is_digit(dab_text_glyph(layout, i)->ch);
        if (digit && i != p->first + digits) return TRUE;
        digits += digit;
    }
    return digits && (digits != 4 || p->n < 5 || !g_unichar_isalpha(dab_text_glyph(layout, p->first + 4)->ch));
}

/* A figure, be it with its unit where `units`: 21.36, -3%; 30公里. */
static gboolean is_figure(const DabLayout *layout, const DabTextPiece *p, gboolean units) {
    guint i = p->first, end = p->first + p->n;
    while (i < end && !dab_text_is_digit(dab_text_glyph(layout, i)->ch) && !g_unichar_isalpha(dab_text_glyph(layout, i)->ch)) i++;
    if (i == end || i > p->first + 1 || !dab_text_is_digit(dab_text_glyph(layout, i)->ch)) return FALSE;
    for (; i < end && !units; i++)
        if (g_unichar_isalpha(dab_text_glyph(layout, i)->ch)) return FALSE;
    return TRUE;
}

/* Names: each cell says something short, and no figure. */
static gboolean are_names(const DabLayout *layout, const GArray *pieces) {
    for (guint c = 0; c < pieces->len; c++) {
        const DabTextPiece *p = &g_array_index(pieces, DabTextPiece, c);
        if (!p->n || p->n > SHORT_CELL / 2 || has_digit(layout, p)) return FALSE;
    }
    return TRUE;
}

typedef struct {
    gboolean bare, figure; /* in all lines so far: a figure alone, one with a unit perhaps */
} Column;

/* Lines from `i` on that have as many cells as the first, and what their columns hold. They end where no column has figures alone.
 */
static guint count_lines(const DabLayout *layout, const GArray *lines, guint i, gunichar mark, guint n, Column *columns) {
    g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(DabTextPiece));
    guint end = i + 1, bare = n;
    for (guint c = 0; c < n; c++) columns[c] = (Column){TRUE, TRUE};
    for (; end < lines->len && dab_text_line(lines, end)->blank_before <= 1 && (end - i) * n < DAB_MAX_CELLS; end++) {
        dab_text_split_marks(layout, dab_text_line(lines, end), mark, pieces);
        if (pieces->len != n || dab_text_line(lines, end)->end == DAB_END_STOP) break;
        bare = 0;
        for (guint c = 0; c < n; c++) {
            const DabTextPiece *p = &g_array_index(pieces, DabTextPiece, c);
            columns[c].bare = columns[c].bare && is_figure(layout, p, FALSE);
            columns[c].figure = columns[c].figure && is_figure(layout, p, TRUE);
            bare += columns[c].bare;
        }
        if (!bare) return 0;
    }
    return end - i;
}

gboolean dab_text_find_marks(const DabLayout *layout, const GArray *lines, guint i, DabTextTable *t) {
    static const gunichar marks[] = {',', 0xFF0C, ';', 0xFF1B, ' '};
    const DabTextLine *l = dab_text_line(lines, i);
    t->end = i + 1;
    if (l->end != DAB_END_OPEN || l->tabs) return FALSE;
    g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(DabTextPiece));
    Column columns[DAB_TEXT_MAX_COLUMNS];
    for (guint m = 0; m < G_N_ELEMENTS(marks); m++) {
        dab_text_split_marks(layout, l, marks[m], pieces);
        guint n = pieces->len, figures = 0;
        if (n < 3 || n >= DAB_TEXT_MAX_COLUMNS || !are_names(layout, pieces)) continue;
        guint rows = count_lines(layout, lines, i, marks[m], n, columns);
        for (guint c = 1; c < n; c++) figures += marks[m] == ' ' ? columns[c].bare : columns[c].figure;
        if (rows < 3 || figures < (marks[m] == ' ' ? 2 : 1)) continue;
        *t = (DabTextTable){DAB_TEXT_TABLE_MARKS, i, i + rows, n, marks[m], NULL};
        return TRUE;
    }
    return FALSE;
}
