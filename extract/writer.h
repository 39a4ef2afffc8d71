/* writer.h: text that comes in order, without pages (DOCX, HTML) → DabLayout of one page without size; all boxes are zero.
 *
 * Its user says where paragraphs, lines and cells begin and hands over characters; the writer trims lines, leaves out what is
 * empty, decides whether a line break within a paragraph parts two paragraphs (authors use it for both), and, at the end,
 * which paragraphs are headings by their size. */
#ifndef DABIAO_EXTRACT_WRITER_H
#define DABIAO_EXTRACT_WRITER_H

#include "dabiao/layout.h"

typedef struct DabWriter DabWriter;

/* Lent from `pool`, as its layout is. */
DabWriter *dab_writer_new(DabPool *pool);

typedef struct {
    DabBlockKind kind; /* heading, paragraph, caption; a paragraph may yet become a heading */
    gboolean centred;
} DabParagraph;

/* What follows is a paragraph of its own; in a cell, a paragraph of the cell. */
void dab_writer_paragraph(DabWriter *w, DabParagraph paragraph);
void dab_writer_line(DabWriter *w); /* a line break within the paragraph */

/* Font size in points, and weight, of the characters that follow. */
void dab_writer_font(DabWriter *w, float size, gboolean bold);
/* Raised characters: digits and signs become the raised ones of Unicode, so that a note's mark is never a part of a number,
 * and m2 is ㎡. */
void dab_writer_raised(DabWriter *w, gboolean raised);

void dab_writer_char(DabWriter *w, gunichar c);
void dab_writer_text(DabWriter *w, const char *utf8, gsize bytes);
/* Blanks and line ends count as one blank, none at the beginning of a line: HTML. */
void dab_writer_flowing_text(DabWriter *w, const char *utf8, gsize bytes);

/* Tables. `column` of the grid; cells of a row come by column. A table inside a cell is text of that cell: a row a paragraph, its
 * cells parted by tabs. */
void dab_writer_begin_table(DabWriter *w);
void dab_writer_begin_row(DabWriter *w);
void dab_writer_begin_cell(DabWriter *w, guint column, guint row_span, guint col_span);
/* Lets the cell that ends in the row above, and begins in just this column, go on through the row under way. FALSE: there is none.
 */
gboolean dab_writer_extend_above(DabWriter *w, guint column);
/* `n_header_rows`: as the file says; 0: it does not say, and the first row's looks decide. */
void dab_writer_end_table(DabWriter *w, guint n_header_rows);

/* Adds a warning to the layout; `code` is static. */
void dab_writer_warn(DabWriter *w, const char *code, const char *message);

/* No more is taken: there are too many characters or cells. */
gboolean dab_writer_is_full(const DabWriter *w);
/* The layout. Errors: empty (no text), too_large (DAB_MAX_GLYPHS, DAB_MAX_CELLS). */
DabLayout *dab_writer_finish(DabWriter *w, GError **error);

#endif
