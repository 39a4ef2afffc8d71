#include "extract/html_look.h"

#include <string.h>

#define VALUE 64
#define PX 0.75f /* points */

static const struct {
    const char *name;
    DabHtmlKind kind;
} kinds[] = {
    {"p", DAB_HTML_BLOCK},          {"div", DAB_HTML_BLOCK},      {"table", DAB_HTML_TABLE},      {"li", DAB_HTML_BLOCK},
    {"h1", DAB_HTML_HEADING},       {"h2", DAB_HTML_HEADING},     {"h3", DAB_HTML_HEADING},       {"h4", DAB_HTML_HEADING},
    {"h5", DAB_HTML_HEADING},       {"h6", DAB_HTML_HEADING},     {"ul", DAB_HTML_BLOCK},         {"ol", DAB_HTML_BLOCK},
    {"section", DAB_HTML_BLOCK},    {"article", DAB_HTML_BLOCK},  {"main", DAB_HTML_BLOCK},       {"header", DAB_HTML_BLOCK},
    {"center", DAB_HTML_BLOCK},     {"body", DAB_HTML_BLOCK},     {"blockquote", DAB_HTML_BLOCK}, {"pre", DAB_HTML_BLOCK},
    {"dl", DAB_HTML_BLOCK},         {"dt", DAB_HTML_BLOCK},       {"dd", DAB_HTML_BLOCK},         {"form", DAB_HTML_BLOCK},
    {"fieldset", DAB_HTML_BLOCK},   {"legend", DAB_HTML_BLOCK},   {"figure", DAB_HTML_BLOCK},     {"figcaption", DAB_HTML_BLOCK},
    {"caption", DAB_HTML_BLOCK},    {"address", DAB_HTML_BLOCK},  {"details", DAB_HTML_BLOCK},    {"summary", DAB_HTML_BLOCK},
    {"hr", DAB_HTML_BLOCK},         {"tr", DAB_HTML_BLOCK},       {"td", DAB_HTML_BLOCK},         {"th", DAB_HTML_BLOCK},
    {"script", DAB_HTML_NOTHING},   {"style", DAB_HTML_NOTHING},  {"noscript", DAB_HTML_NOTHING}, {"template", DAB_HTML_NOTHING},
    {"head", DAB_HTML_NOTHING},     {"title", DAB_HTML_NOTHING},  {"nav", DAB_HTML_NOTHING},      {"footer", DAB_HTML_NOTHING},
    {"aside", DAB_HTML_NOTHING},    {"menu", DAB_HTML_NOTHING},   {"iframe", DAB_HTML_NOTHING},   {"frameset", DAB_HTML_NOTHING},
    {"noframes", DAB_HTML_NOTHING}, {"object", DAB_HTML_NOTHING}, {"applet", DAB_HTML_NOTHING},   {"svg", DAB_HTML_NOTHING},
    {"select", DAB_HTML_NOTHING},   {"button", DAB_HTML_NOTHING}, {"textarea", DAB_HTML_NOTHING}, {"input", DAB_HTML_NOTHING},
    {"audio", DAB_HTML_NOTHING},    {"video", DAB_HTML_NOTHING},  {"canvas", DAB_HTML_NOTHING},   {"map", DAB_HTML_NOTHING},
    {"del", DAB_HTML_NOTHING},      {"rt", DAB_HTML_NOTHING},     {"rp", DAB_HTML_NOTHING},       {"marquee", DAB_HTML_NOTHING}};

DabHtmlKind dab_html_kind(const DabXml *x) {
    char value[VALUE];
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (!strcmp(kinds[i].name, x->name)) return kinds[i].kind;
    return dab_html_style(x, "display", value, sizeof value) && !strcmp(value, "block") ? DAB_HTML_BLOCK : DAB_HTML_INLINE;
}

/* "color : Red; FONT-SIZE: 16 pt" → 16pt */
gboolean dab_html_style(const DabXml *x, const char *property, char *value, gsize size) {
    const char *s = dab_xml_attr(x, "style");
    gsize n = strlen(property);
    while (s && *s) {
        while (g_ascii_isspace(*s) || *s == ';') s++;
        const char *end = s + strcspn(s, ";"), *colon = s + n;
        if (!g_ascii_strncasecmp(s, property, n)) {
            while (g_ascii_isspace(*colon)) colon++;
            if (*colon == ':') {
                gsize k = 0;
                for (const char *v = colon + 1; v < end && *v != '!' && k + 1 < size; v++)
                    if (!g_ascii_isspace(*v)) value[k++] = g_ascii_tolower(*v);
                value[k] = 0;
                return TRUE;
            }
        }
        s = end;
    }
    return FALSE;
}

static float css_size(const char *value, float outer) {
    char *unit = NULL;
    float n = (float)g_ascii_strtod(value, &unit);
    if (!(n > 0 && n < 1000)) return outer;
    if (!strcmp(unit, "pt")) return n;
    if (!strcmp(unit, "px")) return n * PX;
    if (!strcmp(unit, "em") || !strcmp(unit, "rem")) return n * (unit[0] == 'r' ? 12 : outer);
    return !strcmp(unit, "%") ? n * outer / 100 : outer;
}

static float font_size(const char *value, float outer) {
    static const float sizes[] = {7.5f, 10, 12, 13.5f, 18, 24, 36};
    gint64 n = g_ascii_strtoll(value, NULL, 10);
    if (*value == '+' || *value == '-') n += 3;
    return n >= 1 && n <= 7 ? sizes[n - 1] : outer;
}

DabHtmlLook dab_html_look(const DabXml *x, DabHtmlLook look, const DabHtmlSheet *sheet) {
    static const float headings[] = {24, 18, 14, 12, 12, 12};
    const char *name = x->name, *align = dab_xml_attr(x, "align"), *size = dab_xml_attr(x, "size");
    char value[VALUE];
    if (name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && !name[2]) look.size = headings[name[1] - '1'];
    if (!strcmp(name, "font") && size) look.size = font_size(size, look.size);
    if (!strcmp(name, "b") || !strcmp(name, "strong") || !strcmp(name, "th")) look.bold = TRUE;
    if (!strcmp(name, "pre")) look.pre = TRUE;
    if (!strcmp(name, "sup")) look.raised = TRUE;
    if (!strcmp(name, "center")) look.centred = TRUE;
    if (align) look.centred = !g_ascii_strcasecmp(align, "center") || !g_ascii_strcasecmp(align, "middle");
    DabHtmlSheetLook said = dab_html_sheet_look(sheet, x);
    if (said.size) look.size = CLAMP(css_size(said.size, look.size), 1, 200);
    if (said.align) look.centred = !strcmp(said.align, "center");
    if (!x->n_attrs) return look;
    if (dab_html_style(x, "text-align", value, sizeof value)) look.centred = !strcmp(value, "center");
    if (dab_html_style(x, "font-size", value, sizeof value)) look.size = CLAMP(css_size(value, look.size), 1, 200);
    if (dab_html_style(x, "font-weight", value, sizeof value))
        look.bold = !strcmp(value, "bold") || g_ascii_strtoll(value, NULL, 10) >= 600;
    if (dab_html_style(x, "vertical-align", value, sizeof value)) look.raised = !strcmp(value, "super");
    if (dab_html_style(x, "white-space", value, sizeof value)) look.pre = g_str_has_prefix(value, "pre");
    return look;
}

gboolean dab_html_is_hidden(const DabXml *x, const DabHtmlSheet *sheet) {
    char value[VALUE];
    if (dab_html_style(x, "display", value, sizeof value)) return !strcmp(value, "none");
    if (dab_html_style(x, "visibility", value, sizeof value)) return !strcmp(value, "hidden");
    if (dab_html_style(x, "mso-hide", value, sizeof value) && !strcmp(value, "all")) return TRUE; /* hidden text of Word */
    return dab_xml_attr(x, "hidden") || dab_html_sheet_look(sheet, x).hidden;
}
