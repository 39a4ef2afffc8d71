#include "extract/html_furniture.h"

#include <string.h>

#include "extract/html_look.h"
#include "extract/writer_lines.h"

#define MAX_LABEL 8u /* characters before a link: 上一篇：, 附件1： */

static void count_text(const DabXml *x, gboolean linked, DabHtmlTally *t) {
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

static void add(DabHtmlTally *to, const DabHtmlTally *t) {
    to->text += t->text;
    to->linked += t->linked;
    to->links += t->links;
    to->files += t->files;
    to->stops += t->stops;
    to->steps += t->steps;
    to->cells += t->cells;
    to->headings += t->headings;
    to->nodes += t->nodes;
}

/* Whether a link leads to a file, as the article's own do (附件：<a href="1.docx">), not to another page. */
static gboolean leads_to_file(const DabXml *a) {
    static const char *const files[] = {"doc", "docx", "wps", "xls", "xlsx", "et",  "pdf",
                                        "ofd", "zip",  "rar", "7z",  "txt",  "csv", NULL};
    const char *href = dab_xml_attr(a, "href"), *end = href ? href + strcspn(href, "?#") : NULL, *dot = end;
    while (dot && dot > href && *dot != '.' && end - dot < 6) dot--;
    if (!dot || *dot != '.') return FALSE;
    g_autofree char *suffix = g_ascii_strdown(dot + 1, end - dot - 1);
    return g_strv_contains(files, suffix);
}

/* Children stand behind their parents: from the end on, each is complete when it is added to its parent. */
void dab_html_tally_all(DabHtmlPage *p) {
    memset(p->tallies, 0, sizeof(DabHtmlTally) * p->n);
    memset(p->data_tables, 0, sizeof(guint32) * p->n);
    for (guint i = p->n; i-- > 0;) {
        const DabXml *x = p->nodes[i];
        DabHtmlTally *t = &p->tallies[i];
        if (p->out[i]) continue;
        t->nodes++;
        if (x->text) {
            count_text(x, p->linked[i], t);
        } else {
            gboolean link = !strcmp(x->name, "a");
            t->links += link;
            t->files += link && leads_to_file(x);
            t->cells += !strcmp(x->name, "td") || !strcmp(x->name, "th");
            t->headings += x->name[0] == 'h' && (x->name[1] == '1' || x->name[1] == '2') && t->text;
        }
        if (!x->parent) continue;
        gboolean data = dab_xml_is(x, "table") && t->cells >= 4 && t->linked * 2 < t->text;
        p->data_tables[x->parent->index] += p->data_tables[i] + data;
        add(dab_html_tally(p, x->parent), t);
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

static gboolean is_furniture(const DabHtmlPage *p, const DabXml *x, guint total) {
    const DabHtmlTally *t = dab_html_tally(p, x);
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

void dab_html_drop_no_text(DabHtmlPage *p, const DabHtmlSheet *sheet) {
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

/* Links behind the last sentence, with no more than a label before each: 上一篇：<a>…</a> */
static gboolean are_trailing_links(const DabHtmlPage *p, const DabXml *x, guint last_stop) {
    static const char *const names[] = {"p", "div", "li", "ul", "ol", "dl", "dd", "dt", "section", NULL};
    const DabHtmlTally *t = dab_html_tally(p, x);
    return x->index > last_stop && t->links && !t->files && !t->cells && t->text - t->linked <= t->links * MAX_LABEL &&
           g_strv_contains(names, x->name);
}

/* The node that holds the last full stop outside a link. */
static guint find_last_stop(const DabHtmlPage *p) {
    for (guint i = p->n; i-- > 0;)
        if (p->nodes[i]->text && dab_html_tally(p, p->nodes[i])->stops) return i;
    return G_MAXUINT;
}

void dab_html_drop_furniture(DabHtmlPage *p, guint total) {
    guint last_stop = find_last_stop(p);
    for (guint i = 0; i < p->n; i++) {
        const DabXml *x = p->nodes[i];
        if (!x->parent) continue;
        if (p->out[x->parent->index])
            p->out[i] = TRUE;
        else if (x->name && !p->out[i] && strcmp(x->name, "body") && dab_html_kind(x) == DAB_HTML_BLOCK)
            p->out[i] = is_furniture(p, x, total) || are_trailing_links(p, x, last_stop);
        else if (dab_xml_is(x, "table") && !p->out[i] && !p->data_tables[i])
            p->out[i] = is_furniture(p, x, total);
    }
}
