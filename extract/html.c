#include "extract/html.h"

#include <string.h>

#include "dabiao/error.h"
#include "dabiao/limits.h"
#include "extract/charset.h"
#include "extract/counting.h"
#include "extract/html_content.h"
#include "extract/html_look.h"
#include "extract/html_table.h"
#include "extract/mime.h"
#include "extract/xml.h"

typedef struct {
    DabWriter *writer;
    DabHtmlContent content;
} Html;

static void read_children(Html *h, const DabXml *parent, DabHtmlLook look);

static void begin_paragraph(Html *h, DabBlockKind kind, const DabHtmlLook *look) {
    dab_writer_paragraph(h->writer, (DabParagraph){kind, look->centred});
}

static void put_text(Html *h, const DabXml *x, const DabHtmlLook *look) {
    dab_writer_font(h->writer, look->size, look->bold);
    dab_writer_raised(h->writer, look->raised);
    if (!look->pre) {
        dab_writer_flowing_text(h->writer, x->text, x->len);
        return;
    }
    for (const char *s = x->text; *s;) {
        gsize n = strcspn(s, "\r\n");
        dab_writer_text(h->writer, s, n);
        s += n;
        if (!*s) break;
        s += s[0] == '\r' && s[1] == '\n' ? 2 : 1;
        dab_writer_line(h->writer);
    }
}

/* ---- lists ---- */

static guint number_attr(const DabXml *x, const char *name, guint otherwise) {
    const char *value = dab_xml_attr(x, name);
    return value && g_ascii_isdigit(*value) ? (guint)MIN(g_ascii_strtoull(value, NULL, 10), 100000) : otherwise;
}

static const char *list_format(const DabXml *x, const char *otherwise) {
    char value[64];
    if (dab_html_style(x, "list-style-type", value, sizeof value)) return dab_counting_of_html(value);
    if (dab_html_style(x, "list-style", value, sizeof value) && strstr(value, "none")) return NULL;
    return dab_xml_attr(x, "type") ? dab_counting_of_html(dab_xml_attr(x, "type")) : otherwise;
}

static void put_number(Html *h, const char *format, guint n, const DabHtmlLook *look) {
    g_autoptr(GString) label = g_string_new(NULL);
    gboolean chinese = g_str_has_prefix(format, "chinese") || g_str_has_prefix(format, "ideograph");
    dab_counting_append(label, format, n);
    if (chinese)
        g_string_append_unichar(label, 0x3001); /* 一、 */
    else
        g_string_append(label, ". ");
    dab_writer_font(h->writer, look->size, look->bold);
    dab_writer_text(h->writer, label->str, label->len);
}

static void read_list(Html *h, const DabXml *list, const DabHtmlLook *look) {
    guint n = number_attr(list, "start", 1);
    const char *format = list_format(list, "decimal");
    for (const DabXml *x = list->first; x; x = x->next) {
        if (h->content.out[x->index]) continue;
        if (!dab_xml_is(x, "li")) {
            if (x->text)
                put_text(h, x, look);
            else
                read_children(h, x, dab_html_look(x, *look, h->content.sheet));
            continue;
        }
        DabHtmlLook own = dab_html_look(x, *look, h->content.sheet);
        const char *own_format = list_format(x, format);
        n = number_attr(x, "value", n);
        begin_paragraph(h, DAB_BLOCK_PARAGRAPH, &own);
        if (own_format) put_number(h, own_format, n, &own);
        n++;
        read_children(h, x, own);
    }
}

/* ---- tables ---- */

/* A paragraph within a list item goes on with its number; in a cell each is one of the cell. */
static void read_cell(gpointer data, const DabXml *cell, const DabHtmlLook *look) {
    read_children(data, cell, *look);
}

static void read_table(Html *h, const DabXml *table, const DabHtmlLook *look) {
    begin_paragraph(h, DAB_BLOCK_PARAGRAPH, look);
    const DabXml *caption = dab_xml_child(table, "caption");
    if (caption && !h->content.out[caption->index]) {
        DabHtmlLook own = dab_html_look(caption, *look, h->content.sheet);
        own.centred = TRUE;
        begin_paragraph(h, DAB_BLOCK_PARAGRAPH, &own);
        read_children(h, caption, own);
        begin_paragraph(h, DAB_BLOCK_PARAGRAPH, look);
    }
    dab_html_table_read(h->writer, table, &h->content, look, read_cell, h);
    begin_paragraph(h, DAB_BLOCK_PARAGRAPH, look);
}

/* ---- elements ---- */

static void read_element(Html *h, const DabXml *x, const DabHtmlLook *outer) {
    DabHtmlKind kind = dab_html_kind(x);
    DabHtmlLook look = dab_html_look(x, *outer, h->content.sheet);
    gboolean title = x == h->content.title;
    if (kind == DAB_HTML_NOTHING) return;
    if (kind == DAB_HTML_INLINE && !title) {
        if (!strcmp(x->name, "br"))
            dab_writer_line(h->writer);
        else
            read_children(h, x, look);
        return;
    }
    if (kind == DAB_HTML_TABLE) {
        read_table(h, x, &look);
        return;
    }
    gboolean first_in_item = dab_xml_is(x->parent, "li") && x->parent->first == x && kind == DAB_HTML_BLOCK;
    if (!first_in_item) begin_paragraph(h, kind == DAB_HTML_HEADING || title ? DAB_BLOCK_HEADING : DAB_BLOCK_PARAGRAPH, &look);
    if (!strcmp(x->name, "ol"))
        read_list(h, x, &look);
    else
        read_children(h, x, look);
    begin_paragraph(h, DAB_BLOCK_PARAGRAPH, outer);
}

/* Recursion is bounded by DAB_MAX_HTML_DEPTH. */
static void read_children(Html *h, const DabXml *parent, DabHtmlLook look) {
    for (const DabXml *x = parent->first; x && !dab_writer_is_full(h->writer); x = x->next) {
        if (h->content.out[x->index]) continue;
        if (x->text)
            put_text(h, x, &look);
        else
            read_element(h, x, &look);
    }
}

static void read_page(Html *h) {
    DabHtmlLook look = {.size = 12}, title = {.size = 24};
    const DabXml *shown = h->content.title;
    for (const DabXml *x = shown; x; x = x->parent)
        if (x == h->content.root) shown = NULL; /* it comes where it stands */
    if (shown || h->content.title_text) {
        begin_paragraph(h, DAB_BLOCK_HEADING, &title);
        dab_writer_font(h->writer, title.size, FALSE);
        if (shown)
            read_children(h, shown, title);
        else
            dab_writer_text(h->writer, h->content.title_text, strlen(h->content.title_text));
    }
    begin_paragraph(h, DAB_BLOCK_PARAGRAPH, &look);
    if (dab_html_kind(h->content.root) == DAB_HTML_TABLE)
        read_table(h, h->content.root, &look);
    else
        read_children(h, h->content.root, dab_html_look(h->content.root, look, h->content.sheet));
}

/* ---- encodings ---- */

/* The encoding that the page's first bytes declare: charset=…; NULL where they do not. */
static char *declared(const guint8 *data, gsize bytes) {
    g_autofree char *head = g_ascii_strdown((const char *)data, (gssize)MIN(bytes, 2048));
    const char *s = strstr(head, "charset");
    if (!s) return NULL;
    s += strlen("charset");
    while (g_ascii_isspace(*s) || *s == '=' || *s == '"' || *s == '\'') s++;
    gsize n = 0;
    while (g_ascii_isalnum(s[n]) || s[n] == '-' || s[n] == '_') n++;
    return n && n < 32 ? g_strndup(s, n) : NULL;
}

/* What the bytes are counts more than what the page says of them; what it says counts where the bytes tell nothing. */
static GString *decode(const guint8 *data, gsize bytes, GError **error) {
    g_autoptr(GError) problem = NULL;
    GString *text = dab_charset_decode(data, bytes, &problem);
    if (text) return text;
    g_autofree char *name = declared(data, bytes);
    if (problem->code == DAB_ERROR_DAMAGED && name) {
        gboolean chinese = g_str_has_prefix(name, "gb");
        gsize n = 0;
        char *converted =
            g_convert_with_fallback((const char *)data, (gssize)bytes, "UTF-8", chinese ? "GB18030" : name, "?", NULL, &n, NULL);
        if (converted && g_utf8_validate(converted, (gssize)n, NULL)) text = g_string_new_len(converted, (gssize)n);
        g_free(converted);
    }
    if (!text) g_propagate_error(error, g_steal_pointer(&problem));
    return text;
}

static gboolean read_html(DabWriter *writer, const guint8 *data, gsize bytes, GError **error) {
    g_autoptr(DabPool) scratch = dab_pool_new();
    GString *text = decode(data, bytes, error);
    if (!text) return FALSE;
    GError *problem = NULL;
    guint n_nodes = 0;
    const DabXml *html = dab_html_parse(scratch, text->str, text->len, &n_nodes, &problem);
    g_string_free(text, TRUE);
    if (problem) {
        g_propagate_error(error, problem);
        return FALSE;
    }
    Html h = {.writer = writer};
    if (!html) return TRUE;
    h.content = dab_html_find_content(scratch, html, n_nodes);
    read_page(&h);
    return TRUE;
}

gboolean dab_html_read(DabWriter *writer, const guint8 *data, gsize bytes, GError **error) {
    if (!dab_mime_is(data, bytes)) return read_html(writer, data, bytes, error);
    GString *page = dab_mime_page(data, bytes);
    if (!page) return TRUE;
    gboolean read = read_html(writer, (const guint8 *)page->str, page->len, error);
    g_string_free(page, TRUE);
    return read;
}

DabLayout *dab_extract_html(DabPool *pool, const DabSource *source, GError **error) {
    DabWriter *writer = dab_writer_new(pool);
    return dab_html_read(writer, source->data, source->bytes, error) ? dab_writer_finish(writer, error) : NULL;
}
