#include "extract/xml.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <string.h>

#include "dabiao/error.h"
#include "dabiao/limits.h"

typedef struct {
    DabPool *pool;
    GHashTable *names; /* const char *, in the pool */
    GString *text;     /* of the node under way */
    DabXml *root, *at;
    guint depth, n_nodes, max_depth, max_open;
    guint flat; /* elements open below max_depth: they stand side by side there */
    xmlParserCtxtPtr parser;
    const xmlChar *uri; /* the namespace met last, and its prefix: libxml2 keeps each once */
    const char *prefix;
    int code; /* of the error that stops it; 0: none */
    const char *why;
} Builder;

static void stop(Builder *b, int code, const char *why) {
    if (!b->why) {
        b->code = code;
        b->why = why;
    }
    xmlStopParser(b->parser);
}

static const char *name_of(Builder *b, const char *prefix, const char *local) {
    char buffer[64], *long_name = NULL, *name = buffer;
    if (g_snprintf(buffer, sizeof buffer, "%s%s", prefix, local) >= (gint)sizeof buffer)
        name = long_name = g_strconcat(prefix, local, NULL);
    const char *known = g_hash_table_lookup(b->names, name);
    if (!known) {
        known = dab_pool_strdup(b->pool, name);
        g_hash_table_add(b->names, (gpointer)known);
    }
    g_free(long_name);
    return known;
}

static DabXml *add_node(Builder *b) {
    if (b->n_nodes >= DAB_MAX_XML_NODES) {
        stop(b, DAB_ERROR_TOO_LARGE, "too many elements; split the document");
        return NULL;
    }
    DabXml *x = dab_pool_new0(b->pool, DabXml);
    x->index = b->n_nodes++;
    x->parent = b->at;
    if (!b->at) {
        if (!b->root) b->root = x;
    } else if (b->at->last) {
        b->at->last = b->at->last->next = x;
    } else {
        b->at->first = b->at->last = x;
    }
    return x;
}

static void flush_text(Builder *b) {
    if (!b->text->len) return;
    DabXml *x = b->at ? add_node(b) : NULL;
    if (x) {
        x->len = b->text->len;
        x->text = dab_pool_strndup(b->pool, b->text->str, b->text->len);
    }
    g_string_truncate(b->text, 0);
}

static DabXml *open_element(Builder *b, const char *prefix, const char *local) {
    if (b->why) return NULL;
    flush_text(b);
    if (b->depth + b->flat >= b->max_open) {
        stop(b, DAB_ERROR_TOO_LARGE, "elements are nested too deep");
        return NULL;
    }
    DabXml *x = add_node(b);
    if (!x) return NULL;
    x->name = name_of(b, prefix, local);
    if (b->depth >= b->max_depth) {
        b->flat++;
        return x;
    }
    b->at = x;
    b->depth++;
    return x;
}

static void close_element(Builder *b) {
    if (b->why) return;
    flush_text(b);
    if (!b->at) return;
    if (b->flat) {
        b->flat--;
        return;
    }
    b->at = b->at->parent;
    b->depth--;
}

static void on_text(void *data, const xmlChar *text, int n) {
    Builder *b = data;
    if (!b->why && b->at) g_string_append_len(b->text, (const char *)text, n);
}

/* ---- XML ---- */

static const char *prefix_of(const char *uri) {
    static const struct {
        const char *part, *prefix;
    } known[] = {{"wordprocessingml/main", "w:"}, {"/wordprocessingml/2006/main", "w:"}, {"/math", "m:"},
                 {"markup-compatibility", "mc:"}, {"/drawingml/2006/main", "a:"},        {"/drawingml/main", "a:"}};
    for (guint i = 0; uri && i < G_N_ELEMENTS(known); i++)
        if (strstr(uri, known[i].part)) return known[i].prefix;
    return ":";
}

/* `attributes`: five pointers each: name, prefix, namespace, value, end of value. */
static void on_start_ns(void *data, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri, int n_namespaces,
                        const xmlChar **namespaces, int n, int n_defaulted, const xmlChar **attributes) {
    Builder *b = data;
    (void)prefix, (void)n_namespaces, (void)namespaces, (void)n_defaulted;
    if (!b->prefix || uri != b->uri) {
        b->uri = uri;
        b->prefix = prefix_of((const char *)uri);
    }
    DabXml *x = open_element(b, b->prefix, (const char *)local);
    if (!x || n <= 0) return;
    DabXmlAttr *attrs = dab_pool_alloc(b->pool, sizeof(DabXmlAttr) * (gsize)n);
    for (int i = 0; i < n; i++) {
        const char *name = (const char *)attributes[5 * i], *value = (const char *)attributes[5 * i + 3];
        if (g_str_has_prefix(name, "rsid")) continue; /* revision marks: the bulk of Word's attributes */
        attrs[x->n_attrs++] = (DabXmlAttr){name_of(b, "", name),
                                           dab_pool_strndup(b->pool, value, (gsize)((const char *)attributes[5 * i + 4] - value))};
    }
    x->attrs = attrs;
}

static void on_end_ns(void *data, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri) {
    (void)local, (void)prefix, (void)uri;
    close_element(data);
}

static void on_doctype(void *data, const xmlChar *name, const xmlChar *external, const xmlChar *system) {
    (void)name, (void)external, (void)system;
    stop(data, DAB_ERROR_DAMAGED, "it declares a document type, as no word processor does; entities are not expanded");
}

/* ---- HTML ---- */

static void on_start(void *data, const xmlChar *name, const xmlChar **attributes) {
    Builder *b = data;
    DabXml *x = open_element(b, "", (const char *)name);
    guint n = 0;
    while (x && attributes && attributes[2 * n]) n++;
    if (!n) return;
    DabXmlAttr *attrs = dab_pool_alloc(b->pool, sizeof(DabXmlAttr) * n);
    for (guint i = 0; i < n; i++) {
        const char *value = (const char *)attributes[2 * i + 1];
        attrs[i] = (DabXmlAttr){name_of(b, "", (const char *)attributes[2 * i]), dab_pool_strdup(b->pool, value ? value : "")};
    }
    x->attrs = attrs;
    x->n_attrs = n;
}

static void on_end(void *data, const xmlChar *name) {
    (void)name;
    close_element(data);
}

/* ---- both ---- */

static void quiet(void *data, xmlErrorPtr error) {
    (void)data, (void)error;
}

static const xmlSAXHandler xml_events = {.initialized = XML_SAX2_MAGIC,
                                         .internalSubset = on_doctype,
                                         .startElementNs = on_start_ns,
                                         .endElementNs = on_end_ns,
                                         .characters = on_text,
                                         .ignorableWhitespace = on_text,
                                         .cdataBlock = on_text,
                                         .serror = quiet};
static const xmlSAXHandler html_events = {.initialized = XML_SAX2_MAGIC,
                                          .startElement = on_start,
                                          .endElement = on_end,
                                          .characters = on_text,
                                          .ignorableWhitespace = on_text,
                                          .serror = quiet};

static Builder *builder_new(DabPool *pool, xmlParserCtxtPtr parser, const xmlSAXHandler *events, guint max_depth, guint max_open) {
    if (!parser) g_error("libxml2: out of memory");
    Builder *b = g_new0(Builder, 1);
    *b = (Builder){.pool = pool, .parser = parser, .max_depth = max_depth, .max_open = max_open};
    b->names = g_hash_table_new(g_str_hash, g_str_equal);
    b->text = g_string_new(NULL);
    *parser->sax = *events;
    parser->userData = b;
    return b;
}

static void builder_free(Builder *b) {
    g_hash_table_unref(b->names);
    g_string_free(b->text, TRUE);
    g_free(b);
}

/* What was read until then is not the whole. */
static void note_lost_memory(Builder *b, xmlParserCtxtPtr parser) {
    const xmlError *last = xmlCtxtGetLastError(parser);
    if (last && last->code == XML_ERR_NO_MEMORY) stop(b, DAB_ERROR_OUT_OF_MEMORY, "memory is gone");
}

DabXml *dab_xml_parse(DabPool *pool, const char *data, gsize bytes, const char *part, GError **error) {
    xmlParserCtxtPtr parser = xmlNewParserCtxt();
    if (!parser) g_error("libxml2: out of memory");
    Builder *b = builder_new(pool, parser, &xml_events, DAB_MAX_XML_DEPTH, DAB_MAX_XML_DEPTH);
    xmlCtxtReadMemory(parser, data, (int)MIN(bytes, (gsize)G_MAXINT), NULL, NULL,
                      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    note_lost_memory(b, parser);
    if (!parser->wellFormed || !b->root) stop(b, DAB_ERROR_DAMAGED, "it is no well-formed XML; get the file again");
    if (b->why) g_set_error(error, DAB_ERROR, b->code, "%s: %s", part, b->why);
    DabXml *root = b->why ? NULL : b->root;
    builder_free(b);
    xmlFreeParserCtxt(parser);
    return root;
}

DabXml *dab_html_parse(DabPool *pool, const char *text, gsize bytes, guint *n_nodes, GError **error) {
    htmlParserCtxtPtr parser = htmlNewParserCtxt();
    if (!parser) g_error("libxml2: out of memory");
    Builder *b = builder_new(pool, parser, &html_events, DAB_MAX_HTML_DEPTH, DAB_MAX_HTML_OPEN);
    htmlCtxtReadMemory(parser, text, (int)MIN(bytes, (gsize)G_MAXINT), NULL, "UTF-8",
                       HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
    note_lost_memory(b, parser);
    if (b->why) g_set_error_literal(error, DAB_ERROR, b->code, b->why);
    DabXml *root = b->why ? NULL : b->root;
    *n_nodes = b->n_nodes;
    builder_free(b);
    htmlFreeParserCtxt(parser);
    return root;
}

gboolean dab_xml_is(const DabXml *x, const char *name) {
    return x && x->name && !strcmp(x->name, name);
}

const char *dab_xml_attr(const DabXml *x, const char *name) {
    for (guint i = 0; x && i < x->n_attrs; i++)
        if (!strcmp(x->attrs[i].name, name)) return x->attrs[i].value;
    return NULL;
}

DabXml *dab_xml_child(const DabXml *x, const char *name) {
    DabXml *c = x ? x->first : NULL;
    while (c && !dab_xml_is(c, name)) c = c->next;
    return c;
}

const char *dab_xml_val(const DabXml *x, const char *child) {
    return dab_xml_attr(dab_xml_child(x, child), "val");
}

DabXml *dab_xml_skip(const DabXml *x, const DabXml *root) {
    while (x && x != root && !x->next) x = x->parent;
    return !x || x == root ? NULL : x->next;
}

DabXml *dab_xml_next(const DabXml *x, const DabXml *root) {
    return x->first ? x->first : dab_xml_skip(x, root);
}
