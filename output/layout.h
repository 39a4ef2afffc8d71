/* layout.h: a layout → what people look at to see how a page was read: JSON (docs/SCHEMA.md) and SVG pictures.
 * Each function returns new NUL-terminated UTF-8, g_free it; none can fail. The same layout gives the same bytes. */
#ifndef DABIAO_OUTPUT_LAYOUT_H
#define DABIAO_OUTPUT_LAYOUT_H

#include "dabiao/source.h"

#define DAB_LAYOUT_SCHEMA "dabiao.layout/1"

/* Pages, blocks in reading order, tables and cells; a block and a table row a line. */
char *dab_layout_json(const DabSource *source, const DabLayout *layout, gsize *len);

/* One page (from 0) with its glyphs, blocks numbered in reading order, tables and cells drawn. NULL: the page has no size,
 * as that of a text file, or is not there. */
char *dab_layout_svg(const DabLayout *layout, guint page, gsize *len);

/* Appends the text of lines [first, first + n), a line break between two of them. */
void dab_layout_append_text(const DabLayout *layout, guint first, guint n, GString *out);

#endif
