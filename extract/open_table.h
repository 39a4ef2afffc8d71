/* open_table.h: rows of words that may be a table without vertical rules: its columns, its header, how far it reaches, and what
 * tells it from running text, lists, diagrams and tables of contents. */
#ifndef DABIAO_EXTRACT_OPEN_TABLE_H
#define DABIAO_EXTRACT_OPEN_TABLE_H

#include "extract/open_grid.h"

/* The middle of a row of words. */
float dab_row_mid(const DabWordRows *w, guint row);
/* How many groups of words stand side by side in rows [first, end), blank stripes between them. */
guint dab_rows_count_sides(const DabWordRows *w, guint first, guint end);

/* Sets table->inks to the columns that the body's rows agree upon. FALSE: there are none, or too many. */
gboolean dab_open_table_find_columns(DabPool *pool, DabOpenTable *table);
/* Sets table->header: rows above the first rule within name the columns, or those above the first figures. */
void dab_open_table_find_header(DabOpenTable *table);
/* Takes in rows that fit the columns above, and below where `down`. */
void dab_open_table_grow(DabOpenTable *table, gboolean down);
/* Takes in the rows above that name the columns, and labels between them and the body. FALSE: they do not name them all. */
gboolean dab_open_table_climb(DabOpenTable *table, float pitch);
/* Widens the box to what its rows hold. */
void dab_open_table_set_box(DabOpenTable *table);

/* How many of the filled cells behind the first column are figures, in percent. */
guint dab_open_table_figures(const DabOpenTable *table);
/* A column of running text fills nearly all of its width. */
gboolean dab_open_table_is_running(const DabOpenTable *table, guint column);
/* Running text, a list, a table of contents. */
gboolean dab_open_table_is_text(const DabOpenTable *table);
/* Rules part all rows, and there is a name over each column: no running text looks like that, whatever the cells say. */
gboolean dab_open_table_is_listed(const DabOpenTable *table);
/* A rule parts names over each of three columns or more from what stands below, twice at least. */
gboolean dab_open_table_is_named(const DabOpenTable *table);
/* Scales and legends of diagrams stand in rows and columns, most of which they leave empty. */
gboolean dab_open_table_is_sparse(const DabOpenTable *table);
/* A table of texts: short ones, or a rule between any two rows; else it is what a frame around columns of text looks like. */
gboolean dab_open_table_has_texts(const DabOpenTable *table, float page_height);

#endif
