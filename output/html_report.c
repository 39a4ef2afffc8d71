/* A report's page: findings, targets beside outcomes, the other numbers; its pages beside them. */
#include <string.h>

#include "output/html.h"
#include "output/show.h"

typedef struct {
    GString *out;
    const DabOutput *o;
    GHashTable *shown; /* ids that have their row */
} Page;

static void text(const Page *p, const char *s) {
    dab_html_text(p->out, s);
}

/* The parts of a line that are there, a dot between two. */
static void part(const Page *p, const char *s, gboolean *any) {
    if (!s || !*s) return;
    g_string_append(p->out, *any ? " · " : "");
    text(p, s);
    *any = TRUE;
}

/* The sentence, with the number's own words marked where they stand in it once. */
static void put_sentence(const Page *p, const char *sentence, const char *raw, const char *style) {
    if (!sentence || !g_strcmp0(sentence, raw)) return;
    const char *at = raw && *raw ? strstr(sentence, raw) : NULL;
    g_string_append_printf(p->out, "<span class=\"%s\">", style);
    if (at && !strstr(at + 1, raw)) {
        g_autofree char *before = g_strndup(sentence, (gsize)(at - sentence));
        text(p, before);
        g_string_append(p->out, "<mark>");
        text(p, raw);
        g_string_append(p->out, "</mark>");
        text(p, at + strlen(raw));
    } else {
        text(p, sentence);
    }
    g_string_append(p->out, "</span>");
}

static void put_quantity(const Page *p, const DabOutputMeasure *m) {
    g_string_append(p->out, "<td class=\"q\">");
    if (!m) {
        g_string_append(p->out, "</td>");
        return;
    }
    g_autofree char *quantity = dab_show_quantity(m);
    g_string_append(p->out, "<a href=\"#");
    text(p, m->id);
    g_string_append(p->out, "\"");
    if (m->id && g_hash_table_add(p->shown, (gpointer)m->id)) {
        g_string_append(p->out, " id=\"");
        text(p, m->id);
        g_string_append(p->out, "\"");
    }
    g_string_append(p->out, ">");
    text(p, quantity);
    g_string_append(p->out, "</a></td>");
}

static void put_rule(const Page *p, const DabOutputMeasure *m) {
    g_string_append(p->out, "<span class=\"rule dim\">");
    text(p, m->id);
    g_string_append(p->out, " by rule ");
    text(p, m->rule);
    g_string_append(p->out, "</span>");
}

/* The name, with the sentence; what answers it and the rules behind both are seen in the row that is chosen. */
static void put_name(const Page *p, const DabOutputMeasure *m, const DabOutputMeasure *answer) {
    g_string_append_printf(p->out, "<td class=\"n dim\">%d</td><td class=\"i\">", m->page);
    text(p, m->indicator);
    put_sentence(p, m->sentence, m->raw, "s");
    put_rule(p, m);
    if (answer) {
        put_sentence(p, answer->sentence, answer->raw, "s more");
        put_rule(p, answer);
    }
    g_string_append(p->out, "</td>");
}

static const char *verdict_class(const char *verdict) {
    return !g_strcmp0(verdict, "met") ? "met" : !g_strcmp0(verdict, "missed") ? "missed" : "unclear";
}

static void begin_table(const Page *p, const char *title, guint n, const char *head) {
    g_string_append_printf(p->out, "<section><h2>%s <span class=\"dim\">%u</span></h2><table><thead><tr>%s</tr></thead><tbody>\n",
                           title, n, head);
}

static void end_table(const Page *p) {
    g_string_append(p->out, "</tbody></table></section>\n");
}

static void put_links(const Page *p) {
    const DabOutput *o = p->o;
    if (!o->links->len) return;
    begin_table(p, "Targets and their outcomes", o->links->len,
                "<th class=\"n\">p.</th><th>indicator</th><th>target</th><th>outcome</th><th>verdict</th><th>claimed</th>");
    for (guint i = 0; i < o->links->len; i++) {
        const DabOutputLink *l = &g_array_index(o->links, DabOutputLink, i);
        const DabOutputMeasure *target = dab_show_measure(o, l->target), *outcome = dab_show_measure(o, l->outcome);
        if (!target) continue;
        g_autofree char *verdict = dab_show_verdict(o, l);
        g_string_append_printf(p->out, "<tr class=\"v-%s%s\">", verdict_class(l->verdict), l->agrees == 0 ? " v-against" : "");
        put_name(p, target, outcome);
        put_quantity(p, target);
        put_quantity(p, outcome);
        g_string_append_printf(p->out, "<td class=\"q %s\">", verdict_class(l->verdict));
        text(p, verdict);
        g_string_append_printf(p->out, "</td><td class=\"q\"><span class=\"%s\">", l->agrees == 0 ? "against" : "dim");
        text(p, l->reported);
        g_string_append(p->out, "</span></td></tr>\n");
    }
    end_table(p);
}

/* Measures of a role that no link has shown. */
static void put_alone(const Page *p, const char *role, const char *title) {
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    for (guint i = 0; i < p->o->measures->len; i++) {
        DabOutputMeasure *m = &g_array_index(p->o->measures, DabOutputMeasure, i);
        if (!g_strcmp0(m->role, role) && m->id && !g_hash_table_contains(p->shown, m->id)) g_ptr_array_add(list, m);
    }
    if (!list->len) return;
    begin_table(p, title, list->len, "<th class=\"n\">p.</th><th>indicator</th><th>quantity</th><th>when</th><th>scope</th>");
    for (guint i = 0; i < list->len; i++) {
        const DabOutputMeasure *m = list->pdata[i];
        g_string_append(p->out, "<tr>");
        put_name(p, m, NULL);
        put_quantity(p, m);
        g_string_append(p->out, "<td class=\"q dim\">");
        g_string_append(p->out, m->deadline ? "by " : m->as_of ? "as of " : "");
        text(p, m->deadline ? m->deadline : m->as_of);
        g_string_append(p->out, "</td><td class=\"dim\">");
        text(p, m->scope);
        g_string_append(p->out, "</td></tr>\n");
    }
    end_table(p);
}

static void put_unclaimed(const Page *p) {
    if (!p->o->unclaimed->len) return;
    begin_table(p, "Numbers that no rule took", p->o->unclaimed->len, "<th class=\"n\">p.</th><th>number</th><th>sentence</th>");
    for (guint i = 0; i < p->o->unclaimed->len; i++) {
        const DabOutputUnclaimed *u = &g_array_index(p->o->unclaimed, DabOutputUnclaimed, i);
        g_string_append_printf(p->out,
                               "<tr class=\"v-unclaimed\"><td class=\"n dim\">%d</td><td class=\"q\"><a id=\"u%u\" href=\"#u%u\">",
                               u->page, i + 1, i + 1);
        text(p, u->raw);
        g_string_append(p->out, "</a></td><td>");
        put_sentence(p, u->sentence, u->raw, "s");
        g_string_append(p->out, "</td></tr>\n");
    }
    end_table(p);
}

static void put_findings(const Page *p) {
    if (p->o->findings->len)
        g_string_append_printf(p->out, "<h2>Findings <span class=\"dim\">%u</span></h2>\n", p->o->findings->len);
    for (guint i = 0; i < p->o->findings->len; i++) {
        const DabOutputFinding *f = &g_array_index(p->o->findings, DabOutputFinding, i);
        g_string_append(p->out, "<div class=\"finding\">");
        text(p, f->message);
        for (char **id = f->measures; id && *id; id++) {
            g_string_append(p->out, " <a href=\"#");
            text(p, *id);
            g_string_append(p->out, "\">");
            text(p, *id);
            g_string_append(p->out, "</a>");
        }
        g_string_append(p->out, "</div>\n");
    }
    for (guint i = 0; i < p->o->warnings->len; i++) {
        g_string_append(p->out, "<p class=\"unclear\">Warning: ");
        text(p, g_array_index(p->o->warnings, DabOutputFinding, i).message);
        g_string_append(p->out, "</p>\n");
    }
}

static void put_head(const Page *p, const DabHtmlReport *r) {
    const DabOutput *o = p->o;
    DabTally t = dab_show_tally(o);
    g_autofree char *year = o->year ? g_strdup_printf("%d", o->year) : NULL;
    gboolean any = FALSE;
    g_string_append(p->out, "<header><h1>");
    text(p, o->title ? o->title : o->path ? o->path : "(no title)");
    g_string_append(p->out, "</h1><p>");
    part(p, o->issuer, &any);
    part(p, year, &any);
    part(p, o->genre, &any);
    part(p, o->number, &any);
    part(p, o->date, &any);
    g_string_append(p->out, "</p><p class=\"dim\"><a href=\"");
    dab_html_address(p->out, r->index);
    g_string_append(p->out, "\">all reports</a> · ");
    text(p, o->path);
    g_string_append_printf(p->out, " · %u numbers: %u in measures, %u context, %u unclaimed", o->n_total, o->n_measures,
                           o->n_context, o->n_unclaimed);
    if (r->note) {
        g_string_append(p->out, " · ");
        text(p, r->note);
    }
    g_string_append_printf(
        p->out,
        "</p><div class=\"tools\"><button class=\"on\" data-kind=\"\">all</button>"
        "<button data-kind=\"v-missed\">missed %u</button><button data-kind=\"v-against\">contradicted %u</button>"
        "<button data-kind=\"v-unclear\">unclear %u</button><button data-kind=\"v-met\">met %u</button>"
        "<button data-kind=\"v-unclaimed\">unclaimed %u</button>"
        "<input id=\"find\" type=\"search\" placeholder=\"find\"></div></header>\n",
        t.missed, t.contradicted, t.unclear, t.met, o->unclaimed->len);
}

GString *dab_html_report(const DabHtmlReport *r) {
    const DabOutput *o = r->output;
    g_autoptr(GHashTable) shown = g_hash_table_new(g_str_hash, g_str_equal);
    Page p = {g_string_new(NULL), o, shown};
    gboolean two = r->pages && r->pages->len;
    dab_html_begin(p.out, o->title ? o->title : o->path ? o->path : "", two ? "two" : "one");
    put_head(&p, r);
    g_string_append(p.out, "<main>\n");
    put_findings(&p);
    put_links(&p);
    put_alone(&p, "target", "Targets without an outcome in this report");
    put_alone(&p, "outcome", "Outcomes");
    put_alone(&p, "reference", "References");
    put_unclaimed(&p);
    g_string_append(p.out, "</main>\n");
    if (two) {
        g_string_append(p.out, "<aside>\n");
        g_string_append_len(p.out, r->pages->str, (gssize)r->pages->len);
        g_string_append(p.out, "</aside>\n");
    }
    dab_html_end(p.out);
    return p.out;
}
