/* html.h: outputs → pages for a browser: a report's numbers beside the places where they stand, and a list of reports.
 *
 * A page stands alone: style and script are in it, nothing is loaded. All text of a report is escaped. Where the page of a PDF is
 * shown, it is drawn from the characters that were read, not from the file: what the program has seen is what a reviewer sees. */
#ifndef DABIAO_OUTPUT_HTML_H
#define DABIAO_OUTPUT_HTML_H

#include "output/read.h"

typedef struct {
    const DabOutput *output;
    const GString *pages; /* what dab_html_pages made of the same document; NULL or empty: its pages are not shown */
    const char *note;     /* why not, or NULL */
    const char *index;    /* the address of the list of reports */
} DabHtmlReport;

/* A whole page. Free it with g_string_free. */
GString *dab_html_report(const DabHtmlReport *report);

/* A row of the list of reports: file is the output's name, page the address of its page. */
void dab_html_index_row(GString *rows, const DabOutput *output, const char *file, const char *page);
/* The list, made of its rows. */
GString *dab_html_index(const char *title, const GString *rows);

/* ---- what both are made of ---- */

/* Text, or an attribute's value, escaped; bytes that are no UTF-8 become U+FFFD. NULL is nothing. */
void dab_html_text(GString *out, const char *text);
/* A relative address: a path with what has a meaning in addresses as %XX. */
void dab_html_address(GString *out, const char *path);
void dab_html_begin(GString *out, const char *title, const char *body_class);
void dab_html_end(GString *out);

/* The pages of a layout, the report's measures and unclaimed numbers marked on them, each mark a link to #ID of its row. */
void dab_html_pages(GString *out, const DabOutput *output, const DabLayout *layout);

#endif
