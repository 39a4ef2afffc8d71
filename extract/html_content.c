#include "extract/html_content.h"

#include <string.h>

#include "extract/html_furniture.h"
#include "extract/html_look.h"
#include "extract/writer_lines.h"

#define MIN_TITLE 6u
#define MAX_TITLE 90u
#define MIN_HEAD_TITLE 12u /* a <title> that is shorter may be the site's name */
#define SITE_LINKS 8u      /* a page with fewer links stands alone: there is nothing around its text */
#define TITLE_NODES 60u    /* an element that shows a title holds little else */

/* ---- the article ---- */

static gboolean is_container(const DabXml *x) {
    static const char *const names[] = {"div", "section", "article", "main", "form", "table", "tbody",
                                        "tr",  "td",      "center",  "span", "font", NULL};
    return x->name && g_strv_contains(names, x->name);
}

/* Whether what stands beside the largest part of an element belongs to the same text. */
static gboolean belongs(const DabHtmlPage *p, const DabXml *x, const DabXml *largest) {
    const DabHtmlTally *t = dab_html_tally(p, x);
    guint own = dab_html_unlinked(p, x);
    if (p->out[x->index] || !t->text) return FALSE;
    if (x->text) return own >= 10;
    if (dab_xml_is(x, "table") && t->cells >= 4 && t->linked * 2 < t->text) return TRUE;
    if (p->data_tables[x->index]) return TRUE;
    if (!is_container(x)) return own >= 4 && t->linked * 2 < t->text; /* a paragraph, a heading, a list */
    return own >= 25 && (t->stops >= 3 || (t->stops && own * 10 >= dab_html_unlinked(p, largest)));
}

static gboolean is_data_table(const DabHtmlPage *p, const DabXml *x) {
    return dab_xml_is(x, "table") && dab_html_tally(p, x)->cells >= 4 && !p->data_tables[x->index] &&
           dab_html_tally(p, x)->cells * 150 > dab_html_tally(p, x)->text;
}

/* Goes down as long as one part holds the text and nothing beside it belongs to it. */
static const DabXml *find_root(const DabHtmlPage *p, const DabXml *body) {
    const DabXml *at = body;
    for (;;) {
        const DabXml *largest = NULL;
        for (const DabXml *x = at->first; x; x = x->next)
            if (!p->out[x->index] && (!largest || dab_html_unlinked(p, x) > dab_html_unlinked(p, largest))) largest = x;
        if (!largest || !is_container(largest) || is_data_table(p, largest) ||
            dab_html_unlinked(p, largest) * 2 < dab_html_unlinked(p, at))
            return at;
        for (const DabXml *x = at->first; x; x = x->next)
            if (x != largest && belongs(p, x, largest)) return at;
        at = largest;
    }
}

/* ---- the title ---- */

/* Text without blanks. */
static GString *plain_text(const DabXml *root) {
    GString *out = g_string_new(NULL);
    for (const DabXml *x = root; x; x = dab_xml_next(x, root))
        for (const char *s = x->text ? x->text : ""; *s; s = g_utf8_next_char(s)) {
            gunichar c = g_utf8_get_char(s);
            if (c > ' ' && !dab_is_blank(c)) g_string_append_unichar(out, c);
        }
    return out;
}

static const DabXml *find_element(const DabHtmlPage *p, const char *name) {
    for (guint i = 0; i < p->n; i++)
        if (dab_xml_is(p->nodes[i], name)) return p->nodes[i];
    return NULL;
}

static gboolean is_inside(const DabXml *x, const DabXml *root) {
    while (x && x != root) x = x->parent;
    return x != NULL;
}

/* The page's <title> is the article's and often the site's name: the longest text of an element that is a part of it. The first
 * heading before the article, where it has no such element. */
static const DabXml *find_title(const DabHtmlPage *p, const char *title, const DabXml *root) {
    const DabXml *best = NULL, *heading = NULL;
    guint length = 0;
    for (guint i = 0; i < p->n; i++) {
        const DabXml *x = p->nodes[i];
        const DabHtmlTally *t = dab_html_tally(p, x);
        if (!x->name || p->out[i] || t->text < MIN_TITLE || t->text > MAX_TITLE || t->nodes > TITLE_NODES) continue;
        gboolean h = dab_html_kind(x) == DAB_HTML_HEADING;
        if (h && (x->name[1] == '1' || i < root->index)) heading = heading && heading->name[1] <= x->name[1] ? heading : x;
        if (!*title || t->text < length + !h) continue; /* of two that say the same, the inner heading */
        g_autoptr(GString) text = plain_text(x);
        if (!strstr(title, text->str) || (h && t->text == length && best && dab_html_kind(best) == DAB_HTML_HEADING)) continue;
        best = x;
        length = t->text;
    }
    return best ? best : heading;
}

/* 2021 plan - Health Commission → 2021 plan: the longest of the parts. */
static const char *longest_part(DabPool *pool, const char *title) {
    g_auto(GStrv) parts = g_strsplit_set(title, "_|", -1);
    const char *best = "";
    for (guint i = 0; parts[i]; i++)
        if (strlen(parts[i]) > strlen(best)) best = parts[i];
    return dab_pool_strdup(pool, best);
}

static gboolean has_heading(const DabHtmlPage *p) {
    for (guint i = 0; i < p->n; i++)
        if (p->nodes[i]->name && !p->out[i] && dab_html_kind(p->nodes[i]) == DAB_HTML_HEADING) return TRUE;
    return FALSE;
}

DabHtmlContent dab_html_find_content(DabPool *pool, const DabXml *html, guint n_nodes) {
    g_autoptr(DabPool) scratch = dab_pool_new();
    DabHtmlPage p = {.n = n_nodes};
    p.nodes = dab_pool_alloc(scratch, sizeof(DabXml *) * n_nodes);
    p.tallies = dab_pool_alloc(scratch, sizeof(DabHtmlTally) * n_nodes);
    p.linked = dab_pool_alloc(scratch, n_nodes);
    p.out = dab_pool_alloc(pool, n_nodes);
    p.data_tables = dab_pool_alloc(pool, sizeof(guint32) * n_nodes);
    guint n = 0;
    for (const DabXml *x = html; x && n < n_nodes; x = dab_xml_next(x, html)) p.nodes[n++] = x;
    p.n = n;
    const DabHtmlSheet *sheet = dab_html_sheet_read(pool, html);
    dab_html_drop_no_text(&p, sheet);
    dab_html_tally_all(&p);
    const DabXml *body = find_element(&p, "body"), *head_title = find_element(&p, "title");
    if (!body) body = html;
    gboolean alone = dab_html_tally(&p, body)->links < SITE_LINKS;
    dab_html_drop_furniture(&p, dab_html_unlinked(&p, body));
    dab_html_tally_all(&p);
    DabHtmlContent content = {
        .root = alone ? body : find_root(&p, body), .out = p.out, .data_tables = p.data_tables, .sheet = sheet};
    g_autoptr(GString) title = head_title ? plain_text(head_title) : g_string_new(NULL);
    content.title = find_title(&p, title->str, content.root);
    if (content.title && is_inside(content.root, content.title)) content.title = NULL;
    const char *named = longest_part(pool, title->str);
    gboolean bare = !content.title && content.root != body && !has_heading(&p);
    if (bare && g_utf8_strlen(named, -1) >= MIN_HEAD_TITLE) content.title_text = named;
    return content;
}
