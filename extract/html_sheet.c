#include "extract/html_sheet.h"

#include <string.h>

#define MAX_KEY 64
#define MAX_RULES 16u /* of one key; a sheet has a few, and more cost time at each element */
#define MAX_ANCESTORS 40u

typedef struct {
    const char *within; /* key of an ancestor, or NULL */
    DabHtmlSheetLook look;
} Rule;

struct DabHtmlSheet {
    DabPool *pool;
    GHashTable *rules; /* key → GArray of Rule; ".class", "#id" or the name of an element */
};

/* ---- reading ---- */

/* The value of a property in the body of a rule, in the pool; NULL where it has none. */
static const char *value_of(DabPool *pool, const char *body, const char *property) {
    gsize n = strlen(property);
    for (const char *s = strstr(body, property); s; s = strstr(s + 1, property)) {
        if ((s > body && s[-1] != ';') || s[n] != ':') continue;
        return dab_pool_strndup(pool, s + n + 1, strcspn(s + n + 1, ";!"));
    }
    return NULL;
}

static DabHtmlSheetLook read_body(DabPool *pool, const char *start, const char *end) {
    g_autoptr(GString) body = g_string_new(NULL);
    for (const char *s = start; s < end; s++)
        if (!g_ascii_isspace(*s)) g_string_append_c(body, g_ascii_tolower(*s));
    const char *display = value_of(pool, body->str, "display"), *visibility = value_of(pool, body->str, "visibility");
    return (DabHtmlSheetLook){!g_strcmp0(display, "none") || !g_strcmp0(visibility, "hidden"),
                              value_of(pool, body->str, "font-size"), value_of(pool, body->str, "text-align")};
}

/* p.note → .note, div#a → #a, h2 → h2; NULL for what is no such part. */
static const char *key_of(DabPool *pool, const char *part) {
    gsize name = strspn(part, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    if (!part[name]) return *part && name < MAX_KEY ? dab_pool_strdup(pool, part) : NULL;
    if ((part[name] != '.' && part[name] != '#') || !part[name + 1] || strpbrk(part + name + 1, ".#:[*+~>()")) return NULL;
    return strlen(part + name) < MAX_KEY ? dab_pool_strdup(pool, part + name) : NULL;
}

static void add_rule(DabHtmlSheet *sheet, char *selector, DabHtmlSheetLook look) {
    char *last = strpbrk(g_strstrip(selector), " \t\r\n"), *outer = last ? selector : NULL;
    if (last) {
        *last++ = 0;
        last = g_strchug(last);
        if (strpbrk(last, " \t\r\n")) return;
    }
    const char *key = key_of(sheet->pool, last ? last : selector), *within = outer ? key_of(sheet->pool, outer) : NULL;
    if (!key || (outer && !within)) return;
    GArray *rules = g_hash_table_lookup(sheet->rules, key);
    if (!rules) {
        rules = dab_pool_array(sheet->pool, sizeof(Rule));
        g_hash_table_insert(sheet->rules, (gpointer)key, rules);
    }
    Rule rule = {within, look};
    if (rules->len < MAX_RULES) g_array_append_val(rules, rule);
}

static void add_rules(DabHtmlSheet *sheet, const char *start, const char *end, DabHtmlSheetLook look) {
    if (!look.hidden && !look.size && !look.align) return;
    g_autofree char *list = g_strndup(start, (gsize)(end - start));
    g_auto(GStrv) selectors = g_strsplit(list, ",", -1);
    for (guint i = 0; selectors[i]; i++) add_rule(sheet, selectors[i], look);
}

static void read_text(DabHtmlSheet *sheet, const char *s) {
    const char *selector = s, *body = s;
    guint depth = 0;
    gboolean at_rule = FALSE;
    for (; *s; s++) {
        if (s[0] == '/' && s[1] == '*') {
            const char *end = strstr(s + 2, "*/");
            if (!end) return;
            s = end + 1;
            if (!depth) selector = s + 1;
        } else if (*s == '{') {
            if (!depth++) body = s + 1;
            if (depth == 1) at_rule = memchr(selector, '@', (gsize)(s - selector)) != NULL;
        } else if (*s == '}' && depth) {
            if (--depth) continue;
            if (!at_rule) add_rules(sheet, selector, body - 1, read_body(sheet->pool, body, s));
            selector = s + 1;
        }
    }
}

DabHtmlSheet *dab_html_sheet_read(DabPool *pool, const DabXml *html) {
    DabHtmlSheet *sheet = dab_pool_new0(pool, DabHtmlSheet);
    sheet->pool = pool;
    sheet->rules = dab_pool_own(pool, g_hash_table_new(g_str_hash, g_str_equal), (GDestroyNotify)g_hash_table_unref);
    for (const DabXml *x = html; x; x = dab_xml_next(x, html))
        if (dab_xml_is(x, "style") && x->first && x->first->text) read_text(sheet, x->first->text);
    return sheet;
}

/* ---- asking ---- */

static gboolean has_word(const char *words, const char *word) {
    gsize n = strlen(word);
    for (const char *s = words ? strstr(words, word) : NULL; s; s = strstr(s + 1, word))
        if ((s == words || g_ascii_isspace(s[-1])) && (!s[n] || g_ascii_isspace(s[n]))) return TRUE;
    return FALSE;
}

static gboolean is_within(const DabXml *x, const char *key) {
    guint n = 0;
    for (const DabXml *p = x->parent; p && n < MAX_ANCESTORS; p = p->parent, n++) {
        if (*key == '.' ? has_word(dab_xml_attr(p, "class"), key + 1)
                        : !g_strcmp0(*key == '#' ? dab_xml_attr(p, "id") : p->name, *key == '#' ? key + 1 : key))
            return TRUE;
    }
    return FALSE;
}

static void apply(const DabHtmlSheet *sheet, const DabXml *x, const char *key, DabHtmlSheetLook *look) {
    const GArray *rules = g_hash_table_lookup(sheet->rules, key);
    for (guint i = 0; rules && i < rules->len; i++) {
        const Rule *rule = &g_array_index(rules, Rule, i);
        if (rule->within && !is_within(x, rule->within)) continue;
        look->hidden = look->hidden || rule->look.hidden;
        if (rule->look.size) look->size = rule->look.size;
        if (rule->look.align) look->align = rule->look.align;
    }
}

static void apply_names(const DabHtmlSheet *sheet, const DabXml *x, char mark, const char *names, DabHtmlSheetLook *look) {
    char key[MAX_KEY + 2] = {mark};
    while (names && *names) {
        while (g_ascii_isspace(*names)) names++;
        gsize n = strcspn(names, " \t\r\n\f");
        if (n && n < MAX_KEY) {
            memcpy(key + 1, names, n);
            key[n + 1] = 0;
            apply(sheet, x, key, look);
        }
        names += n;
    }
}

/* The name of an element says least, its id most (CSS Cascading and Inheritance, 6.4.3). */
DabHtmlSheetLook dab_html_sheet_look(const DabHtmlSheet *sheet, const DabXml *x) {
    DabHtmlSheetLook look = {FALSE, NULL, NULL};
    if (!g_hash_table_size(sheet->rules)) return look;
    apply(sheet, x, x->name, &look);
    if (!x->n_attrs) return look;
    apply_names(sheet, x, '.', dab_xml_attr(x, "class"), &look);
    apply_names(sheet, x, '#', dab_xml_attr(x, "id"), &look);
    return look;
}
