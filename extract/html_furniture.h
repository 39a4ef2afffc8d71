/* html_furniture.h: what each element of a page holds, and which elements are furniture of the site: menus, paths, footers, links
 * to the next page. Used by html_content.c alone, which finds the article among what is left. */
#ifndef DABIAO_EXTRACT_HTML_FURNITURE_H
#define DABIAO_EXTRACT_HTML_FURNITURE_H

#include "extract/html_sheet.h"
#include "extract/xml.h"

/* Of the text below an element, what is left out aside. Characters are counted without blanks. */
typedef struct {
    guint32 text, linked;
    guint32 links, files, stops, steps; /* files: links to files; steps: > between links, as paths have them */
    guint32 cells, headings, nodes;
} DabHtmlTally;

typedef struct {
    guint n;
    const DabXml **nodes; /* by index, which is their order in the file */
    DabHtmlTally *tallies;
    guint8 *out;
    guint32 *data_tables;
    guint8 *linked; /* inside a link */
} DabHtmlPage;

static inline DabHtmlTally *dab_html_tally(const DabHtmlPage *p, const DabXml *x) {
    return &p->tallies[x->index];
}

/* Characters outside links. */
static inline guint dab_html_unlinked(const DabHtmlPage *p, const DabXml *x) {
    return p->tallies[x->index].text - p->tallies[x->index].linked;
}

/* Fills the tallies and data_tables. */
void dab_html_tally_all(DabHtmlPage *p);
/* Marks as out what shows no text: scripts, hidden elements; and as linked what stands in links. */
void dab_html_drop_no_text(DabHtmlPage *p, const DabHtmlSheet *sheet);
/* Marks furniture as out. `total`: characters of the page outside links. Wants the tallies. */
void dab_html_drop_furniture(DabHtmlPage *p, guint total);

#endif
