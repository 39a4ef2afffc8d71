#include "extract/docx_styles.h"

#include <string.h>

#include "dabiao/limits.h"

/* A style with all it is based on; settled when first asked for. */
typedef struct {
    const DabXml *xml; /* w:style */
    gboolean settled;
    DabParagraphLook paragraph;
    DabRunLook run; /* only what the styles themselves say */
} Style;

struct DabDocxStyles {
    GHashTable *by_id; /* Style * */
    const char *default_paragraph;
    DabRunLook defaults;
};

static const DabRunLook unsaid = {0, -1, -1, -1};

/* w:b, w:b w:val="0", and so on; -1: not there. */
static gint8 toggle(const DabXml *properties, const char *name) {
    const DabXml *x = dab_xml_child(properties, name);
    if (!x) return -1;
    const char *value = dab_xml_attr(x, "val");
    return !value || !(!strcmp(value, "0") || !strcmp(value, "false") || !strcmp(value, "off"));
}

static void apply_run(DabRunLook *look, const DabXml *rpr) {
    const char *size = dab_xml_val(rpr, "w:sz"), *place = dab_xml_val(rpr, "w:vertAlign");
    gint8 bold = toggle(rpr, "w:b"), hidden = toggle(rpr, "w:vanish");
    if (size) look->size = (float)g_ascii_strtod(size, NULL) / 2; /* w:sz is in half points */
    if (bold >= 0) look->bold = bold;
    if (hidden >= 0) look->hidden = hidden;
    if (place) look->raised = !strcmp(place, "superscript");
}

DabDocxStyles *dab_docx_styles_new(DabPool *pool, const DabXml *root) {
    DabDocxStyles *s = dab_pool_new0(pool, DabDocxStyles);
    s->by_id = dab_pool_own(pool, g_hash_table_new(g_str_hash, g_str_equal), (GDestroyNotify)g_hash_table_unref);
    s->defaults = (DabRunLook){10, FALSE, FALSE, FALSE};
    apply_run(&s->defaults, dab_xml_child(dab_xml_child(dab_xml_child(root, "w:docDefaults"), "w:rPrDefault"), "w:rPr"));
    for (const DabXml *x = root ? root->first : NULL; x; x = x->next) {
        const char *id = dab_xml_attr(x, "styleId"), *type = dab_xml_attr(x, "type"), *is_default = dab_xml_attr(x, "default");
        if (!dab_xml_is(x, "w:style") || !id) continue;
        Style *style = dab_pool_new0(pool, Style);
        style->xml = x;
        g_hash_table_insert(s->by_id, (gpointer)id, style);
        if (is_default && strcmp(is_default, "0") && strcmp(is_default, "false") && !g_strcmp0(type, "paragraph"))
            s->default_paragraph = id;
    }
    return s;
}

static void apply_list(DabParagraphLook *look, const DabXml *ppr) {
    const DabXml *list = dab_xml_child(ppr, "w:numPr");
    const char *id = dab_xml_val(list, "w:numId"), *level = dab_xml_val(list, "w:ilvl");
    if (id) look->num_id = strcmp(id, "0") ? id : NULL;
    if (level) {
        look->level = (guint)CLAMP(g_ascii_strtoll(level, NULL, 10), 0, 8);
        look->level_said = TRUE;
    }
}

static gboolean has_leader(const DabXml *tabs) {
    for (const DabXml *x = tabs->first; x; x = x->next) {
        const char *leader = dab_xml_attr(x, "leader"), *place = dab_xml_attr(x, "val");
        if (leader && strcmp(leader, "none") && place && (!strcmp(place, "right") || !strcmp(place, "end"))) return TRUE;
    }
    return FALSE;
}

static void apply_paragraph(DabParagraphLook *look, const DabXml *ppr) {
    const char *outline = dab_xml_val(ppr, "w:outlineLvl"), *align = dab_xml_val(ppr, "w:jc");
    if (outline) {
        gint64 level = g_ascii_strtoll(outline, NULL, 10);
        look->outline = level >= 0 && level < 9 ? (gint)level : -1; /* 9 is body text */
    }
    if (align) look->centred = !strcmp(align, "center");
    const DabXml *tabs = dab_xml_child(ppr, "w:tabs");
    if (tabs) look->leader = has_leader(tabs);
    apply_list(look, ppr);
}

/* The names of built-in styles are English in every file, whatever the program's language (ECMA-376 part 1, 17.7.4.9). */
static void apply_name(DabParagraphLook *look, const char *name) {
    g_autofree char *lower = name ? g_ascii_strdown(name, -1) : g_strdup("");
    if (g_str_has_prefix(lower, "heading ") && g_ascii_isdigit(lower[8])) look->outline = lower[8] - '1';
    if (!strcmp(lower, "title")) look->outline = 0;
    if (!strcmp(lower, "caption")) look->caption = TRUE;
    if (g_str_has_prefix(lower, "toc ") && g_ascii_isdigit(lower[4])) look->contents = TRUE;
}

static const Style *settle(const DabDocxStyles *s, const char *id) {
    const DabXml *chain[DAB_MAX_STYLE_DEPTH];
    Style *style = id ? g_hash_table_lookup(s->by_id, id) : NULL, *based = style;
    guint n = 0;
    if (!style || style->settled) return style;
    while (based && n < DAB_MAX_STYLE_DEPTH) {
        chain[n++] = based->xml;
        const char *on = dab_xml_val(based->xml, "w:basedOn");
        based = on ? g_hash_table_lookup(s->by_id, on) : NULL;
    }
    style->paragraph = (DabParagraphLook){.run = s->defaults, .outline = -1, .style = id};
    style->run = unsaid;
    while (n-- > 0) { /* the one that all are based on first */
        const DabXml *rpr = dab_xml_child(chain[n], "w:rPr");
        apply_name(&style->paragraph, dab_xml_val(chain[n], "w:name"));
        apply_paragraph(&style->paragraph, dab_xml_child(chain[n], "w:pPr"));
        apply_run(&style->paragraph.run, rpr);
        apply_run(&style->run, rpr);
    }
    style->settled = TRUE;
    return style;
}

DabParagraphLook dab_docx_paragraph_look(const DabDocxStyles *s, const DabXml *ppr) {
    const Style *style = settle(s, dab_xml_val(ppr, "w:pStyle"));
    if (!style) style = settle(s, s->default_paragraph);
    DabParagraphLook look = style ? style->paragraph : (DabParagraphLook){.run = s->defaults, .outline = -1};
    apply_paragraph(&look, ppr);
    return look;
}

DabRunLook dab_docx_run_look(const DabDocxStyles *s, DabRunLook paragraph, const DabXml *rpr) {
    const Style *style = settle(s, dab_xml_val(rpr, "w:rStyle"));
    DabRunLook own = style ? style->run : unsaid;
    apply_run(&own, rpr);
    if (own.size > 0) paragraph.size = own.size;
    if (own.bold >= 0) paragraph.bold = own.bold;
    if (own.hidden >= 0) paragraph.hidden = own.hidden;
    if (own.raised >= 0) paragraph.raised = own.raised;
    return paragraph;
}

const char *dab_docx_style_list(const DabDocxStyles *s, const char *style) {
    const Style *x = style ? g_hash_table_lookup(s->by_id, style) : NULL;
    return dab_xml_val(dab_xml_child(dab_xml_child(x ? x->xml : NULL, "w:pPr"), "w:numPr"), "w:numId");
}
