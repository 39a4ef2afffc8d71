#include "extract/html_content.h"

#include <string.h>

#include "extract/html_look.h"
#include "extract/writer_lines.h"

#define MIN_TITLE 6u
#define MAX_TITLE 90u
#define MIN_HEAD_TITLE 12u /* a <title> that is shorter may be the site's name */
#define SITE_LINKS 8u      /* a page with fewer links stands alone: there is nothing around its text */
#define TITLE_NODES 60u    /* an element that shows a title holds little else */

/* Of the text below an element, what is left out aside. Characters are counted without blanks. */
typedef struct {
    guint32 text, linked;
    guint32 links, stops, steps; /* steps: > between links, as paths have them */
    guint32 cells, headings, nodes;
} Tally;

typedef struct {
    guint n;
    const DabXml **nodes; /* by index, which is their order in the file */
    Tally *tallies;
    guint8 *out;
    guint32 *data_tables;
    guint8 *linked; /* inside a link */
} Page;

static Tally *tally_of(const Page *p, const DabXml *x) {
    return &p->tallies[x->index];
}

static guint unlinked(const Page *p, const DabXml *x) {
    return p->tallies[x->index].text - p->tallies[x->index].linked;
}

static void count_text(const DabXml *x, gboolean linked, Tally *t) {
    for (const char *s = x->text; *s; s = g_utf8_next_char(s)) {
        gunichar c = g_utf8_get_char(s);
        if (c <= ' ' || dab_is_blank(c)) continue;
        t->text++;
        if (linked)
            t->linked++;
        else if (c == 0x3002 || c == 0xFF1B || c == 0xFF01 || c == 0xFF1F) /* 。；！？ */
            t->stops++;
        else if (c == '>' || c == 0xBB || c == 0x203A || c == 0xFF1E || c == 0x2192) /* > » › ＞ → */
            t->steps++;
    }
}

static void add(Tally *to, const Tally *t) {
    to->text += t->text;
    to->linked += t->linked;
    to->links += t->links;
    to->stops += t->stops;
    to->steps += t->steps;
    to->cells += t->cells;
    to->headings += t->headings;
    to->nodes += t->nodes;
}

/* Children stand behind their parents: from the end on, each is complete when it is added to its parent. */
static void take_tallies(Page *p) {
    memset(p->tallies, 0, sizeof(Tally) * p->n);
    memset(p->data_tables, 0, sizeof(guint32) * p->n);
    for (guint i = p->n; i-- > 0;) {
        const DabXml *x = p->nodes[i];
        Tally *t = &p->tallies[i];
        if (p->out[i]) continue;
        t->nodes++;
        if (x->text) {
            count_text(x, p->linked[i], t);
        } else {
            t->links += !strcmp(x->name, "a");
            t->cells += !strcmp(x->name, "td") || !strcmp(x->name, "th");
            t->headings += x->name[0] == 'h' && (x->name[1] == '1' || x->name[1] == '2') && t->text;
        }
        if (!x->parent) continue;
        gboolean data = dab_xml_is(x, "table") && t->cells >= 4 && t->linked * 2 < t->text;
        p->data_tables[x->parent->index] += p->data_tables[i] + data;
        add(tally_of(p, x->parent), t);
    }
}

/* ---- what is left out ---- */

/* Words of class names and ids. The first ones say for certain what an element is; the others must hold links too. */
static const char *const sure[] = {"nav",         "navbar",      "navigation", "footer",     "foot",    "copyright",
                                   "breadcrumb",  "breadcrumbs", "crumb",      "crumbs",     "bdshare", "bdsharebuttonbox",
                                   "share",       "sharebox",    "sidenav",    "pagination", "pager",   "friendlink",
                                   "friendlinks", "noprint",     "skiplink",   NULL};
static const char *const perhaps[] = {
    "header", "head",    "top",      "topbar",  "bottom",    "menu",  "submenu",  "sidebar", "side",     "aside",    "left",
    "right",  "links",   "link",     "related", "recommend", "login", "search",   "qrcode",  "ewm",      "position", "location",
    "path",   "weizhi",  "dqwz",     "wz",      "toolbar",   "tool",  "tools",    "print",   "fontsize", "banner",   "logo",
    "tags",   "comment", "comments", "hot",     "prev",      "next",  "prevnext", NULL};

static gboolean has_word(const char *names, const char *const *words) {
    char word[32];
    while (names && *names) {
        gsize n = 0;
        while (*names && !g_ascii_isalnum(*names)) names++;
        while (g_ascii_isalnum(*names)) {
            if (n && n + 1 < sizeof word && g_ascii_isupper(*names) && g_ascii_islower(names[-1])) break; /* siteFooter */
            if (n + 1 < sizeof word) word[n++] = g_ascii_tolower(*names);
            names++;
        }
        while (n && g_ascii_isdigit(word[n - 1])) n--; /* nav2 */
        word[n] = 0;
        if (n && g_strv_contains(words, word)) return TRUE;
    }
    return FALSE;
}

static gboolean is_called(const DabXml *x, const char *const *words) {
    return x->n_attrs && (has_word(dab_xml_attr(x, "class"), words) || has_word(dab_xml_attr(x, "id"), words) ||
                          has_word(dab_xml_attr(x, "role"), words));
}

static gboolean is_furniture(const Page *p, const DabXml *x, guint total) {
    const Tally *t = tally_of(p, x);
    guint own = t->text - t->linked;
    if (!t->text || own * 3 > total * 2) return FALSE;
    if (is_called(x, sure)) return !t->headings || own * 4 < total;
    gboolean row = !strcmp(x->name, "tr") || !strcmp(x->name, "tbody");
    if (row || p->data_tables[x->index]) return FALSE;
    if (is_called(x, perhaps) && own * 5 < total && t->linked * 3 >= t->text && t->stops < 2 && !t->headings) return TRUE;
    if (t->links >= 2 && t->steps && t->text <= 80 && !t->stops) return TRUE; /* a path */
    guint enough = !strcmp(x->name, "p") ? 3 : 2;
    return t->links >= enough && t->linked * 2 >= t->text && t->stops < 2;
}

static void leave_out_what_is_no_text(Page *p, const DabHtmlSheet *sheet) {
    for (guint i = 0; i < p->n; i++) {
        const DabXml *x = p->nodes[i];
        guint parent = x->parent ? x->parent->index : i;
        gboolean inner = parent != i;
        p->out[i] = inner && p->out[parent];
        p->linked[i] = inner && p->linked[parent];
        if (!x->name || p->out[i]) continue;
        p->out[i] = dab_html_kind(x) == DAB_HTML_NOTHING || dab_html_is_hidden(x, sheet);
        p->linked[i] = p->linked[i] || (!strcmp(x->name, "a") && dab_xml_attr(x, "href"));
    }
}

static void leave_out_furniture(Page *p, guint total) {
    for (guint i = 0; i < p->n; i++) {
        const DabXml *x = p->nodes[i];
        if (!x->parent) continue;
        if (p->out[x->parent->index])
            p->out[i] = TRUE;
        else if (x->name && !p->out[i] && strcmp(x->name, "body") && dab_html_kind(x) == DAB_HTML_BLOCK)
            p->out[i] = is_furniture(p, x, total);
        else if (dab_xml_is(x, "table") && !p->out[i] && !p->data_tables[i])
            p->out[i] = is_furniture(p, x, total);
    }
}

/* ---- the article ---- */

static gboolean is_container(const DabXml *x) {
    static const char *const names[] = {"div", "section", "article", "main", "form", "table", "tbody",
                                        "tr",  "td",      "center",  "span", "font", NULL};
    return x->name && g_strv_contains(names, x->name);
}

/* Whether what stands beside the largest part of an element belongs to the same text. */
static gboolean belongs(const Page *p, const DabXml *x, const DabXml *largest) {
    const Tally *t = tally_of(p, x);
    guint own = unlinked(p, x);
    if (p->out[x->index] || !t->text) return FALSE;
    if (x->text) return own >= 10;
    if (dab_xml_is(x, "table") && t->cells >= 4 && t->linked * 2 < t->text) return TRUE;
    if (p->data_tables[x->index]) return TRUE;
    if (!is_container(x)) return own >= 4 && t->linked * 2 < t->text; /* a paragraph, a heading, a list */
    return own >= 25 && (t->stops >= 3 || (t->stops && own * 10 >= unlinked(p, largest)));
}

static gboolean is_data_table(const Page *p, const DabXml *x) {
    return dab_xml_is(x, "table") && tally_of(p, x)->cells >= 4 && !p->data_tables[x->index] &&
           tally_of(p, x)->cells * 150 > tally_of(p, x)->text;
}

/* Goes down as long as one part holds the text and nothing beside it belongs to it. */
static const DabXml *find_root(const Page *p, const DabXml *body) {
    const DabXml *at = body;
    for (;;) {
        const DabXml *largest = NULL;
        for (const DabXml *x = at->first; x; x = x->next)
            if (!p->out[x->index] && (!largest || unlinked(p, x) > unlinked(p, largest))) largest = x;
        if (!largest || !is_container(largest) || is_data_table(p, largest) || unlinked(p, largest) * 2 < unlinked(p, at))
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

static const DabXml *find_element(const Page *p, const char *name) {
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
static const DabXml *find_title(const Page *p, const char *title, const DabXml *root) {
    const DabXml *best = NULL, *heading = NULL;
    guint length = 0;
    for (guint i = 0; i < p->n; i++) {
        const DabXml *x = p->nodes[i];
        const Tally *t = tally_of(p, x);
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

static gboolean has_heading(const Page *p) {
    for (guint i = 0; i < p->n; i++)
        if (p->nodes[i]->name && !p->out[i] && dab_html_kind(p->nodes[i]) == DAB_HTML_HEADING) return TRUE;
    return FALSE;
}

DabHtmlContent dab_html_find_content(DabPool *pool, const DabXml *html, guint n_nodes) {
    g_autoptr(DabPool) scratch = dab_pool_new();
    Page p = {.n = n_nodes};
    p.nodes = dab_pool_alloc(scratch, sizeof(DabXml *) * n_nodes);
    p.tallies = dab_pool_alloc(scratch, sizeof(Tally) * n_nodes);
    p.linked = dab_pool_alloc(scratch, n_nodes);
    p.out = dab_pool_alloc(pool, n_nodes);
    p.data_tables = dab_pool_alloc(pool, sizeof(guint32) * n_nodes);
    guint n = 0;
    for (const DabXml *x = html; x && n < n_nodes; x = dab_xml_next(x, html)) p.nodes[n++] = x;
    p.n = n;
    const DabHtmlSheet *sheet = dab_html_sheet_read(pool, html);
    leave_out_what_is_no_text(&p, sheet);
    take_tallies(&p);
    const DabXml *body = find_element(&p, "body"), *head_title = find_element(&p, "title");
    if (!body) body = html;
    gboolean alone = tally_of(&p, body)->links < SITE_LINKS;
    leave_out_furniture(&p, unlinked(&p, body));
    take_tallies(&p);
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
