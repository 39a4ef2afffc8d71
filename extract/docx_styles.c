#include "extract/docx_styles.h"

#include <string.h>

#include "dabiao/limits.h"

struct DabDocxStyles {
    GHashTable *by_id; /* const DabXml * (w:style) */
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
        g_hash_table_insert(s->by_id, (gpointer)id, (gpointer)x);
        if (is_default && strcmp(is_default, "0") && strcmp(is_default, "false") && !g_strcmp0(type, "paragraph"))
            s->default_paragraph = id;
    }
    return s;
}

/* A style and those it is based on, the deepest first, into `chain`; the number of them. */
static guint chain_of(const DabDocxStyles *s, const char *id, const DabXml *chain[DAB_MAX_STYLE_DEPTH]) {
    guint n = 0;
    while (id && n < DAB_MAX_STYLE_DEPTH) {
        const DabXml *style = g_hash_table_lookup(s->by_id, id);
        if (!style) break;
        chain[n++] = style;
        id = dab_xml_val(style, "w:basedOn");
    }
    for (guint i = 0; i < n / 2; i++) {
        const DabXml *x = chain[i];
        chain[i] = chain[n - 1 - i];
        chain[n - 1 - i] = x;
    }
    return n;
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

static void apply_paragraph(DabParagraphLook *look, const DabXml *ppr) {
    const char *outline = dab_xml_val(ppr, "w:outlineLvl"), *align = dab_xml_val(ppr, "w:jc");
    if (outline) {
        gint64 level = g_ascii_strtoll(outline, NULL, 10);
        look->outline = level >= 0 && level < 9 ? (gint)level : -1; /* 9 is body text */
    }
    if (align) look->centred = !strcmp(align, "center");
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

DabParagraphLook dab_docx_paragraph_look(const DabDocxStyles *s, const DabXml *ppr) {
    const DabXml *chain[DAB_MAX_STYLE_DEPTH];
    DabParagraphLook look = {.run = s->defaults, .outline = -1};
    const char *style = dab_xml_val(ppr, "w:pStyle");
    if (!style || !g_hash_table_contains(s->by_id, style)) style = s->default_paragraph;
    look.style = style;
    guint n = chain_of(s, style, chain);
    for (guint i = 0; i < n; i++) {
        apply_name(&look, dab_xml_val(chain[i], "w:name"));
        apply_paragraph(&look, dab_xml_child(chain[i], "w:pPr"));
        apply_run(&look.run, dab_xml_child(chain[i], "w:rPr"));
    }
    apply_paragraph(&look, ppr);
    return look;
}

DabRunLook dab_docx_run_look(const DabDocxStyles *s, DabRunLook paragraph, const DabXml *rpr) {
    const DabXml *chain[DAB_MAX_STYLE_DEPTH];
    DabRunLook own = unsaid;
    guint n = chain_of(s, dab_xml_val(rpr, "w:rStyle"), chain);
    for (guint i = 0; i < n; i++) apply_run(&own, dab_xml_child(chain[i], "w:rPr"));
    apply_run(&own, rpr);
    if (own.size > 0) paragraph.size = own.size;
    if (own.bold >= 0) paragraph.bold = own.bold;
    if (own.hidden >= 0) paragraph.hidden = own.hidden;
    if (own.raised >= 0) paragraph.raised = own.raised;
    return paragraph;
}

const char *dab_docx_style_list(const DabDocxStyles *s, const char *style) {
    const DabXml *x = style ? g_hash_table_lookup(s->by_id, style) : NULL;
    return dab_xml_val(dab_xml_child(dab_xml_child(x, "w:pPr"), "w:numPr"), "w:numId");
}
