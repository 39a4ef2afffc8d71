/* terminal.h: text on a terminal: widths in columns (a hanzi takes two), colours, wrapping. */
#ifndef DABIAO_CLI_TERMINAL_H
#define DABIAO_CLI_TERMINAL_H

#include <glib.h>
#include <stdio.h>

typedef enum { DAB_INK_PLAIN, DAB_INK_BOLD, DAB_INK_DIM, DAB_INK_GREEN, DAB_INK_RED, DAB_INK_YELLOW } DabInk;

/* Columns of stdout's terminal; $COLUMNS or 120 where it is none. */
int dab_terminal_width(void);
/* Whether colours may be used on stdout: a terminal that is not dumb, and no NO_COLOR. */
gboolean dab_terminal_colour(void);

/* Columns that a text takes. */
int dab_terminal_columns(const char *text);
/* Prints at most `columns` of `text`, the last one "…" when it is longer; control characters, which could steer the
 * terminal, as '?', a line's end as a blank. Returns the columns used. */
int dab_terminal_put(FILE *to, const char *text, int columns);
/* The same, in a colour, then blanks up to `columns`. */
void dab_terminal_cell(FILE *to, const char *text, int columns, DabInk ink);
/* Prints `text` over as many lines as it takes, from the second on indented by `indent`; the first begins at `indent`
 * too, where the cursor must be already. Ends the line. */
void dab_terminal_wrap(FILE *to, const char *text, int indent, int width);
/* Switches the colour on stdout; nothing where colours may not be used. */
void dab_terminal_ink(FILE *to, DabInk ink);

#endif
