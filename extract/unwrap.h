/* unwrap.h: which lines of a text file go on with the paragraph of the line before, and which are page numbers.
 *
 * Files differ: a paragraph a line; wrapped at a fixed width, with empty lines between paragraphs, between all lines or
 * nowhere; a newspaper's columns of several widths one after the other; a table whose cells came out as runs of short
 * lines. The widths and ends of the lines tell which it is; words are not looked at. */
#ifndef DAB_EXTRACT_UNWRAP_H
#define DAB_EXTRACT_UNWRAP_H

#include "extract/text_lines.h"

/* Sets `joins` and `furniture` of the lines (DabTextLine) that stand in no table. A line joins the nearest line before it
 * that is neither furniture nor empty. */
void dab_unwrap(const DabLayout *layout, GArray *lines);

#endif
