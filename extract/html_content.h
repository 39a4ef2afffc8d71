/* html_content.h: which part of a page is its article, and what around and within it is not: menus, paths (home > news), lists of
 * links, share buttons, footers. Told by how dense text and links stand (after Kohlschütter and others, Boilerplate Detection using
 * Shallow Text Features, WSDM 2010), by elements, and by English names of classes; no Chinese word is looked at. */
#ifndef DABIAO_EXTRACT_HTML_CONTENT_H
#define DABIAO_EXTRACT_HTML_CONTENT_H

#include "extract/html_sheet.h"

typedef struct {
    const DabHtmlSheet *sheet;
    const DabXml *root;         /* the article is in it */
    const guint8 *out;          /* by DabXml.index: TRUE for what is to be left out */
    const guint32 *data_tables; /* by DabXml.index: tables of four cells or more inside an element */
    const DabXml *title;    /* the element that shows the article's title: in the root, or elsewhere on the page; NULL: not found */
    const char *title_text; /* its text from the page's <title>, when nothing shows it; else NULL */
} DabHtmlContent;

/* `html`: the root of `n_nodes` nodes. Lent from `pool`. Linear in the page's length. */
DabHtmlContent dab_html_find_content(DabPool *pool, const DabXml *html, guint n_nodes);

#endif
