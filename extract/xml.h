/* xml.h: XML or HTML → a tree of elements and texts. The only user of libxml2, none of whose types shows here.
 *
 * XML (parts of a DOCX): namespaces become fixed prefixes, whatever prefixes the file uses: "w:p", "m:oMath", "mc:Choice",
 * "a:t"; an element of another namespace is ":name". Nothing is loaded from elsewhere, and a document type declaration is refused,
 * so that no entity is ever expanded but the five of XML.
 * HTML: names in lower case; tags that are missing are put in as libxml2 does, and nothing is an error but the limits. */
#ifndef DABIAO_EXTRACT_XML_H
#define DABIAO_EXTRACT_XML_H

#include "base/pool.h"

typedef struct {
    const char *name; /* without prefix */
    const char *value;
} DabXmlAttr;

typedef struct DabXml {
    const char *name; /* NULL for a text */
    const char *text; /* UTF-8, NUL-terminated; NULL for an element */
    gsize len;        /* of the text, bytes */
    const DabXmlAttr *attrs;
    guint n_attrs;
    guint index; /* in order of the file, from 0: for tables of what is known of each */
    struct DabXml *parent, *first, *next, *last;
} DabXml;

/* The root. Lent from `pool`. `part`: what is read, for messages.
 * Errors: damaged (not well-formed, or a document type declaration), too_large (DAB_MAX_XML_DEPTH, DAB_MAX_XML_NODES),
 * out_of_memory. */
DabXml *dab_xml_parse(DabPool *pool, const char *data, gsize bytes, const char *part, GError **error);

/* The root element "html", or NULL without an error when there is no element. `text` is valid UTF-8; `n_nodes` takes the number of
 * nodes. Below DAB_MAX_HTML_DEPTH elements stand side by side. Errors: too_large (DAB_MAX_HTML_OPEN, DAB_MAX_XML_NODES),
 * out_of_memory.
 */
DabXml *dab_html_parse(DabPool *pool, const char *text, gsize bytes, guint *n_nodes, GError **error);

gboolean dab_xml_is(const DabXml *x, const char *name); /* an element of that name; NULL is none */
/* NULL where it has none, or `x` is NULL. */
const char *dab_xml_attr(const DabXml *x, const char *name);
/* The first child element of that name; NULL for none, or for a NULL parent. */
DabXml *dab_xml_child(const DabXml *x, const char *name);
/* Attribute "val" of the child of that name, as Word writes nearly everything; NULL where there is none. */
const char *dab_xml_val(const DabXml *x, const char *child);
/* The next node in order of the file within `root`, below `x` first. dab_xml_skip: not below `x`. NULL at the end. */
DabXml *dab_xml_next(const DabXml *x, const DabXml *root);
DabXml *dab_xml_skip(const DabXml *x, const DabXml *root);

#endif
