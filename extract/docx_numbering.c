#include "extract/docx_numbering.h"

#include <string.h>

#include "extract/counting.h"

#define LEVELS 9u
#define BULLET 0x2022

/* Lists (w:num) that share an abstract list go on counting together, but where one says where it begins. */
typedef struct {
    const DabXml *levels[LEVELS]; /* w:lvl */
    guint count[LEVELS];
    gboolean used[LEVELS];
} Abstract;

typedef struct {
    Abstract *abstract;
    const DabXml *levels[LEVELS]; /* overrides, or NULL */
    gint start[LEVELS];           /* -1: not said */
} List;

struct DabDocxNumbering {
    DabPool *pool;
    const DabDocxStyles *styles;
    GHashTable *abstracts; /* id → Abstract */
    GHashTable *lists;     /* id → List */
};

static guint level_of(const DabXml *x) {
    const char *level = dab_xml_attr(x, "ilvl");
    return level ? (guint)CLAMP(g_ascii_strtoll(level, NULL, 10), 0, (gint64)LEVELS) : LEVELS;
}

static void read_levels(const DabXml *x, const DabXml *levels[LEVELS]) {
    for (const DabXml *c = x->first; c; c = c->next)
        if (dab_xml_is(c, "w:lvl") && level_of(c) < LEVELS) levels[level_of(c)] = c;
}

static void read_list(DabDocxNumbering *n, const DabXml *x) {
    const char *id = dab_xml_attr(x, "numId"), *abstract = dab_xml_val(x, "w:abstractNumId");
    List *list = dab_pool_new0(n->pool, List);
    list->abstract = abstract ? g_hash_table_lookup(n->abstracts, abstract) : NULL;
    if (!id || !list->abstract) return;
    for (guint i = 0; i < LEVELS; i++) list->start[i] = -1;
    for (const DabXml *c = x->first; c; c = c->next) {
        if (!dab_xml_is(c, "w:lvlOverride") || level_of(c) >= LEVELS) continue;
        const char *start = dab_xml_val(c, "w:startOverride");
        if (start) list->start[level_of(c)] = (gint)CLAMP(g_ascii_strtoll(start, NULL, 10), 0, G_MAXINT16);
        if (dab_xml_child(c, "w:lvl")) list->levels[level_of(c)] = dab_xml_child(c, "w:lvl");
    }
    g_hash_table_insert(n->lists, (gpointer)id, list);
}

/* An abstract list may stand for a list style, whose own list has the levels. */
static void follow_style(DabDocxNumbering *n, const DabXml *x) {
    const char *style = dab_xml_val(x, "w:numStyleLink"), *id = dab_xml_attr(x, "abstractNumId");
    const char *list_id = dab_docx_style_list(n->styles, style);
    const List *list = list_id ? g_hash_table_lookup(n->lists, list_id) : NULL;
    Abstract *a = id ? g_hash_table_lookup(n->abstracts, id) : NULL;
    if (list && a && a != list->abstract) memcpy(a->levels, list->abstract->levels, sizeof a->levels);
}

static GHashTable *new_table(DabPool *pool) {
    return dab_pool_own(pool, g_hash_table_new(g_str_hash, g_str_equal), (GDestroyNotify)g_hash_table_unref);
}

DabDocxNumbering *dab_docx_numbering_new(DabPool *pool, const DabXml *root, const DabDocxStyles *styles) {
    DabDocxNumbering *n = dab_pool_new0(pool, DabDocxNumbering);
    *n = (DabDocxNumbering){pool, styles, new_table(pool), new_table(pool)};
    const DabXml *first = root ? root->first : NULL;
    for (const DabXml *x = first; x; x = x->next) {
        const char *id = dab_xml_attr(x, "abstractNumId");
        if (!dab_xml_is(x, "w:abstractNum") || !id) continue;
        Abstract *a = dab_pool_new0(pool, Abstract);
        read_levels(x, a->levels);
        g_hash_table_insert(n->abstracts, (gpointer)id, a);
    }
    for (const DabXml *x = first; x; x = x->next)
        if (dab_xml_is(x, "w:num")) read_list(n, x);
    for (const DabXml *x = first; x; x = x->next)
        if (dab_xml_is(x, "w:abstractNum")) follow_style(n, x);
    return n;
}

static const DabXml *level_at(const List *list, guint level) {
    return list->levels[level] ? list->levels[level] : list->abstract->levels[level];
}

static guint start_of(const DabXml *level) {
    const char *start = dab_xml_val(level, "w:start");
    return start ? (guint)CLAMP(g_ascii_strtoll(start, NULL, 10), 0, G_MAXINT16) : 1;
}

static void count(List *list, guint level) {
    Abstract *a = list->abstract;
    if (list->start[level] >= 0) {
        a->count[level] = (guint)list->start[level];
        list->start[level] = -1; /* once */
    } else {
        a->count[level] = a->used[level] ? a->count[level] + 1 : start_of(level_at(list, level));
    }
    a->used[level] = TRUE;
    for (guint i = 0; i < level; i++) { /* a level above that was skipped shows its first number */
        if (a->used[i]) continue;
        a->count[i] = start_of(level_at(list, i));
        a->used[i] = TRUE;
    }
    for (guint i = level + 1; i < LEVELS; i++)
        if (g_strcmp0(dab_xml_val(level_at(list, i), "w:lvlRestart"), "0")) a->used[i] = FALSE;
}

static const char *format_of(const DabXml *level) {
    const DabXml *format = dab_xml_child(level, "w:numFmt");
    if (!format && dab_xml_child(level, "mc:AlternateContent")) /* formats newer than 2007 */
        format = dab_xml_child(dab_xml_child(dab_xml_child(level, "mc:AlternateContent"), "mc:Fallback"), "w:numFmt");
    const char *value = dab_xml_attr(format, "val");
    return value ? value : "decimal";
}

/* "（%1）" → （三）. In a level that counts as in law (w:isLgl) all are digits. */
static void append_label(const List *list, guint level, GString *out) {
    const DabXml *own = level_at(list, level);
    const char *pattern = dab_xml_val(own, "w:lvlText");
    gboolean legal = dab_xml_child(own, "w:isLgl") != NULL;
    for (const char *s = pattern ? pattern : ""; *s; s++) {
        guint at = (guint)(s[1] - '1');
        if (*s != '%' || s[1] < '1' || at >= LEVELS) {
            g_string_append_c(out, *s);
            continue;
        }
        dab_counting_append(out, legal ? "decimal" : format_of(level_at(list, at)), list->abstract->count[at]);
        s++;
    }
}

/* A style may be linked to a level of its list by name instead of saying the level. */
static guint level_by_style(const List *list, const DabParagraphLook *look) {
    for (guint i = 0; i < LEVELS && !look->level_said && look->style; i++)
        if (!g_strcmp0(dab_xml_val(level_at(list, i), "w:pStyle"), look->style)) return i;
    return look->level;
}

void dab_docx_numbering_next(DabDocxNumbering *n, const DabParagraphLook *look, GString *out) {
    List *list = look->num_id ? g_hash_table_lookup(n->lists, look->num_id) : NULL;
    if (!list) return;
    guint level = level_by_style(list, look);
    const DabXml *own = level_at(list, level);
    if (!own) return;
    count(list, level);
    if (!strcmp(format_of(own), "bullet"))
        g_string_append_unichar(out, BULLET); /* the pattern's own sign is one of a symbol font */
    else
        append_label(list, level, out);
    if (out->len) g_string_append_c(out, ' '); /* a tab or a blank parts it from the text: 1. 5 villages */
}
