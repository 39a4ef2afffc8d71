/* html.h: an HTML page as government sites publish them → DabLayout of one page without size. Menus, paths, share buttons, footers
 * and what is hidden are left out; tables that only place things on the page are unwrapped; lists are numbered as displayed. */
#ifndef DABIAO_EXTRACT_HTML_H
#define DABIAO_EXTRACT_HTML_H

#include "dabiao/source.h"
#include "extract/writer.h"

/* A page, or one in a file of several parts (mime.h). UTF-8, UTF-16 or GB18030, told apart by content (charset.h); any other
 * encoding where the page declares it. Lent from `pool`. Errors: damaged (no text in any of these), empty, too_large
 * (DAB_MAX_GLYPHS, DAB_MAX_CELLS, DAB_MAX_HTML_OPEN, DAB_MAX_XML_NODES). */
DabLayout *dab_extract_html(DabPool *pool, const DabSource *source, GError **error);

/* The same into a writer: a page, or one saved as MHT, within another document. Errors: damaged, too_large. */
gboolean dab_html_read(DabWriter *writer, const guint8 *data, gsize bytes, GError **error);

#endif
