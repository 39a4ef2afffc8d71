/* writer_state.h: a writer at work, between the files that are it: writer.c, writer_tables.c, writer_headings.c. */
#ifndef DABIAO_EXTRACT_WRITER_STATE_H
#define DABIAO_EXTRACT_WRITER_STATE_H

#include "extract/writer.h"

/* The cell that ends in the row above, in one column of the grid. */
typedef struct {
    guint row, cell; /* plus one, of the table and of the row; 0: none */
} DabCellAbove;

struct DabWriter {
    DabLayout *layout;
    DabParagraph paragraph;
    gboolean fresh; /* the next line begins a paragraph */
    guint line;     /* first glyph of the line under way */
    float size;
    gboolean bold, raised;
    gboolean line_bold; /* of the line under way: nothing in it is light */
    guint depth;        /* of tables; those inside a cell are text */
    gboolean apart;     /* in a table inside a cell: a tab before the next text */
    gboolean row_fresh;
    DabTable *table;
    GArray *centred; /* gboolean for each block */
    GArray *above;   /* DabCellAbove for each column */
    guint n_cells;
    gboolean full;
};

/* The cell under way, or NULL. */
DabCell *dab_writer_open_cell(const DabWriter *w);
/* The characters since the last line → a line, if there is anything to see. */
void dab_writer_end_line(DabWriter *w);
/* Blocks that are headings by their size, or because they stand in the middle; and those that are none, whatever the file says. */
void dab_writer_find_headings(DabWriter *w);

#endif
