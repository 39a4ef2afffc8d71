/* writer_lines.h: what the lines of a text without pages tell: for writer.c. Knows characters, no words. */
#ifndef DABIAO_EXTRACT_WRITER_LINES_H
#define DABIAO_EXTRACT_WRITER_LINES_H

#include "dabiao/layout.h"

gboolean dab_is_blank(gunichar c);
/* The raised form of a digit or sign, where Unicode has one: 2 → U+00B2. */
gunichar dab_raise(gunichar c);

/* Whether a line break parts two paragraphs: a sentence ends before it, or an indent or a number (3. （二） ●) comes after it; in
 * running text also where the line before is short, as a heading is. Within cells lines are broken to fit. */
gboolean dab_line_break_parts(const DabLayout *layout, const DabLine *before, const DabLine *line, gboolean in_cell);
gboolean dab_ends_sentence(const DabLayout *layout, const DabLine *line);
/* Adds the characters that are no blanks to `visible`; TRUE when one of them is a letter or hanzi. */
gboolean dab_line_has_letters(const DabLayout *layout, guint line, guint *visible);

/* The size that most of the glyphs have. */
float dab_usual_size(const DabGlyph *glyphs, guint n);
/* The size that most characters of paragraphs and tables have. */
float dab_body_text_size(const DabLayout *layout);

/* Sets n_columns; columns in which no cell begins are taken out, rows without cells too, and spans end with the table. */
void dab_table_tidy(DabTable *table);

#endif
