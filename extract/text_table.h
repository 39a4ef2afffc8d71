/* text_table.h: tables in a text file → DabTable. Six kinds, told by structure alone:
 *   cells    a word processor's table saved as text: each cell is a paragraph that begins with a tab, an empty line ends a row
 *   tabs     a row a line, cells parted by tabs
 *   bars     a row a line, cells between | (Markdown, or drawn with │ and ─)
 *   columns  a row a line, cells parted by two blanks or more, the same number in three lines or more
 *   places   as columns, but some cells are empty: those of all lines stand below each other
 *   marks    a row a line, cells parted by , ; ， ； or one blank, names in the first line and figures below (CSV; "6,500" is a
 * cell) A header row with fewer cells than the rows: its first cell spans the columns it lacks, for what such tables merge is a
 * group name before the items. A row of one cell spans the table. Tables flattened to lines of text are none of these. */
#ifndef DAB_EXTRACT_TEXT_TABLE_H
#define DAB_EXTRACT_TEXT_TABLE_H

#include "extract/text_lines.h"

typedef enum {
    DAB_TEXT_TABLE_NONE,
    DAB_TEXT_TABLE_CELLS,
    DAB_TEXT_TABLE_TABS,
    DAB_TEXT_TABLE_BARS,
    DAB_TEXT_TABLE_COLUMNS,
    DAB_TEXT_TABLE_MARKS,
    DAB_TEXT_TABLE_PLACES
} DabTextTableKind;

typedef struct {
    DabTextTableKind kind;
    guint first, end; /* lines */
    guint n_columns;
    gunichar mark; /* of kind MARKS: what parts its cells */
    guint *edges;  /* of kind PLACES: where each column begins and ends, in cells; in the layout's pool */
} DabTextTable;

/* Every table of the lines (DabTextTable, in order; owned); sets in_table of their lines. */
GArray *dab_text_tables_find(const DabLayout *layout, GArray *lines);

/* Appends the table, its lines and its block to the layout. */
void dab_text_table_build(DabLayout *layout, const GArray *lines, const DabTextTable *table);

#endif
