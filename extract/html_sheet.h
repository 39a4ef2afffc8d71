/* html_sheet.h: what the style sheets of a page say of an element, as far as the text needs it: hidden, centred, how large.
 * Selectors of one or two parts (h2, .tip, #pop, p.note, .plan .head) count, each part by its class or id, else its name; others
 * are let go. Rules inside @media are for paper or for small screens. */
#ifndef DABIAO_EXTRACT_HTML_SHEET_H
#define DABIAO_EXTRACT_HTML_SHEET_H

#include "extract/xml.h"

typedef struct DabHtmlSheet DabHtmlSheet;

typedef struct {
    gboolean hidden;
    const char *size, *align; /* values of font-size and text-align, in lower case without blanks; NULL: not said */
} DabHtmlSheetLook;

/* All <style> elements of the page. Lent from `pool`. */
DabHtmlSheet *dab_html_sheet_read(DabPool *pool, const DabXml *html);
DabHtmlSheetLook dab_html_sheet_look(const DabHtmlSheet *sheet, const DabXml *x);

#endif
