/* text_cells.h: lines of a text file → what may be cells of a table. Shared by finding (text_table.c) and building
 * (text_table_build.c). */
#ifndef DAB_EXTRACT_TEXT_CELLS_H
#define DAB_EXTRACT_TEXT_CELLS_H

#include "extract/text_table.h"

#define DAB_TEXT_MAX_COLUMNS 64u

typedef struct {
    guint first, n; /* glyphs, trimmed */
} DabTextPiece;

/* Rows counted by their number of cells. */
typedef struct {
    guint n[DAB_TEXT_MAX_COLUMNS + 1];
    guint total;
} DabTextCounts;

/* A row of a table of kind CELLS: the lines [first, end). */
typedef struct {
    guint first, end, cells;
} DabTextCellRow;

static inline const DabTextLine *dab_text_line(const GArray *lines, guint i) {
    return &g_array_index(lines, DabTextLine, i);
}
static inline const DabGlyph *dab_text_glyph(const DabLayout *layout, guint i) {
    return &g_array_index(layout->glyphs, DabGlyph, i);
}

gboolean dab_text_is_bar(gunichar c);
/* A drawn line of a table: |---|:--:| or ├──┼──┤. */
gboolean dab_text_is_rule(const DabLayout *layout, const DabTextLine *l);

/* The line's cells in a table of that kind: `pieces` (DabTextPiece) is emptied first. `collapse`: several tabs count as one. */
void dab_text_split(const DabLayout *layout, const DabTextLine *l, DabTextTableKind kind, gboolean collapse, GArray *pieces);
/* Whether a cell is a figure, be it with letters within: ≥95%, 12,000. */
gboolean dab_text_has_figure(const DabLayout *layout, const GArray *pieces);
/* The same for kind MARKS, quotes around a cell left out. `mark` ' ' stands for any blank. */
void dab_text_split_marks(const DabLayout *layout, const DabTextLine *l, gunichar mark, GArray *pieces);
/* Whether a table of kind MARKS begins at line `i`. */
gboolean dab_text_find_marks(const DabLayout *layout, const GArray *lines, guint i, DabTextTable *t);
/* Whether a table of kind PLACES begins at line `i` or soon behind it. */
gboolean dab_text_find_places(const DabLayout *layout, const GArray *lines, guint i, DabTextTable *t);
/* A piece for each column of such a table, of no glyphs where the line has none. */
void dab_text_split_places(const DabLayout *layout, const DabTextLine *l, const DabTextTable *t, GArray *pieces);
/* Whether the line is the rest of a cell of the row above it: one piece, not of the first column and no figure. */
gboolean dab_text_goes_on(const DabLayout *layout, const DabTextLine *l, const DabTextTable *t);
/* Whether several tabs in a row only align a column: with them taken as one, more rows have the same number of cells. */
gboolean dab_text_tabs_align(const DabLayout *layout, const GArray *lines, guint i, guint end);

void dab_text_count(DabTextCounts *c, guint cells);
/* The most frequent number of cells; DAB_TEXT_MAX_COLUMNS itself (too many) and less than two never win. */
guint dab_text_usual(const DabTextCounts *c);

/* Rows of kind CELLS (DabTextCellRow; owned): groups of lines between empty lines; a group that has too few cells and the next
 * that has the missing ones are one row, whose cell holds an empty paragraph. `columns` 0: not known yet. */
GArray *dab_text_cell_rows(const GArray *lines, guint i, guint end, guint columns);

#endif
