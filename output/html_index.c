/* The list of reports. */
#include "output/html.h"
#include "output/show.h"

static void cell(GString *out, const char *text) {
    g_string_append(out, "<td>");
    dab_html_text(out, text);
    g_string_append(out, "</td>");
}

static void count(GString *out, guint n, const char *style) {
    g_string_append_printf(out, "<td class=\"n %s\">%u</td>", n ? style : "dim", n);
}

void dab_html_index_row(GString *rows, const DabOutput *o, const char *file, const char *page) {
    DabTally t = dab_show_tally(o);
    const DabOutputFinding *finding = dab_show_telling_finding(o);
    g_autofree char *year = o->year ? g_strdup_printf("%d", o->year) : g_strdup("");
    g_string_append_printf(rows, "<tr class=\"%s%s%s\"><td class=\"i\"><a href=\"", t.missed ? "v-missed " : "",
                           o->findings->len ? "v-against " : "", o->n_unclaimed ? "v-unclaimed" : "");
    dab_html_address(rows, page);
    g_string_append(rows, "\">");
    dab_html_text(rows, o->title ? o->title : file);
    g_string_append(rows, "</a><span class=\"s\">");
    dab_html_text(rows, finding ? finding->message : "");
    g_string_append(rows, "</span></td>");
    cell(rows, file);
    cell(rows, o->issuer);
    cell(rows, year);
    cell(rows, o->genre);
    count(rows, (guint)MAX(o->pages, 0), "");
    count(rows, t.targets, "");
    count(rows, t.outcomes, "");
    count(rows, t.met, "met");
    count(rows, t.missed, "missed");
    count(rows, o->findings->len, "missed");
    count(rows, o->n_unclaimed, "unclear");
    g_string_append(rows, "</tr>\n");
}

GString *dab_html_index(const char *title, const GString *rows) {
    GString *out = g_string_new(NULL);
    dab_html_begin(out, title, "one");
    g_string_append(out, "<header><h1>");
    dab_html_text(out, title);
    g_string_append(out,
                    "</h1><div class=\"tools\"><button class=\"on\" data-kind=\"\">all</button>"
                    "<button data-kind=\"v-missed\">with missed targets</button>"
                    "<button data-kind=\"v-against\">with findings</button>"
                    "<button data-kind=\"v-unclaimed\">with unclaimed numbers</button>"
                    "<input id=\"find\" type=\"search\" placeholder=\"find\"></div></header>\n<main><section><table><thead><tr>"
                    "<th>report</th><th>file</th><th>issuer</th><th>year</th><th>genre</th><th class=\"n\">pages</th>"
                    "<th class=\"n\">targets</th><th class=\"n\">outcomes</th><th class=\"n\">met</th><th class=\"n\">missed</th>"
                    "<th class=\"n\">findings</th><th class=\"n\">unclaimed</th></tr></thead><tbody>\n");
    g_string_append_len(out, rows->str, (gssize)rows->len);
    g_string_append(out, "</tbody></table></section></main>\n");
    dab_html_end(out);
    return out;
}
