/* html_look.h: how an element of a page shows, as far as its attributes and simple rules of style sheets tell. */
#ifndef DABIAO_EXTRACT_HTML_LOOK_H
#define DABIAO_EXTRACT_HTML_LOOK_H

#include "extract/html_sheet.h"

typedef struct {
    float size; /* points */
    gboolean bold, centred, pre, raised;
} DabHtmlLook;

typedef enum {
    DAB_HTML_INLINE,
    DAB_HTML_BLOCK,
    DAB_HTML_HEADING,
    DAB_HTML_TABLE,
    DAB_HTML_NOTHING, /* never text: script, form controls, frames */
} DabHtmlKind;

DabHtmlKind dab_html_kind(const DabXml *x);
/* The look of an element inside one of look `outer`. */
DabHtmlLook dab_html_look(const DabXml *x, DabHtmlLook outer, const DabHtmlSheet *sheet);
gboolean dab_html_is_hidden(const DabXml *x, const DabHtmlSheet *sheet);
/* The value of a property in the element's style attribute, in lower case without blanks; FALSE where it has none. */
gboolean dab_html_style(const DabXml *x, const char *property, char *value, gsize size);

#endif
