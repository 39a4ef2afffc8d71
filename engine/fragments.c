#include "engine/fragments.h"

#include <string.h>

#include "dabiao/limits.h"

typedef struct {
    const char *name, *regex;
} Tag;

/* {N} is the number the rule speaks of; {N:count+money} the same, of these kinds; {percent} another number of that kind. */
static const Tag tags[] = {
    {"n", "[\\x{E000}-\\x{E01F}]"}, {"number", "\\x{E000}"}, {"percent", "\\x{E001}"}, {"permille", "\\x{E002}"},
    {"points", "\\x{E003}"},        {"money", "\\x{E004}"},  {"count", "\\x{E005}"},   {"amount", "\\x{E006}"},
    {"ratio", "\\x{E007}"},         {"times", "\\x{E008}"},  {"span", "\\x{E009}"},    {"date", "[\\x{E020}\\x{E021}]"},
    {"day", "\\x{E021}"},
};

static const char *find_tag(const char *name, gsize len) {
    for (gsize i = 0; i < G_N_ELEMENTS(tags); i++)
        if (strlen(tags[i].name) == len && !strncmp(tags[i].name, name, len)) return tags[i].regex;
    return NULL;
}

static int by_text(gconstpointer a, gconstpointer b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

#define GUARDED 6 /* from so many first characters on, a look at the character comes first: nearly all places end there */

static gsize char_len(const char *s) {
    return (gsize)(g_utf8_next_char(s) - s);
}

static guint same_first(const char *const *words, guint n) {
    guint k = 1;
    while (k < n && !strncmp(words[0], words[k], char_len(words[0])) && *words[k]) k++;
    return k;
}

static void append_guard(GString *out, const char *const *words, guint n) {
    g_string_append(out, "(?=[");
    for (guint i = 0; i < n; i += same_first(words + i, n - i))
        g_string_append_printf(out, "\\x{%X}", (guint)g_utf8_get_char(words[i]));
    g_string_append(out, "])");
}

/* The words, in order of their bytes, as a tree of their characters: 完(?:工|成(?:了|)) for 完工 完成 完成了. The longest comes
 * first of those that begin with each other; others cannot match at one place. */
static void append_tree(GString *out, const char *const *words, guint n) {
    guint ends = !**words;
    guint groups = 0;
    for (guint i = ends; i < n; i += same_first(words + i, n - i)) groups++;
    gboolean group = groups + ends > 1;
    if (group) g_string_append(out, "(?:");
    if (groups >= GUARDED && !ends) append_guard(out, words, n);
    for (guint i = ends, k; i < n; i += k) {
        k = same_first(words + i, n - i);
        gsize len = char_len(words[i]);
        g_autofree char *escaped = g_regex_escape_string(words[i], (gint)len);
        g_string_append_printf(out, "%s%s", i > ends ? "|" : "", escaped);
        g_autofree const char **rest = g_new(const char *, k);
        for (guint w = 0; w < k; w++) rest[w] = words[i + w] + len;
        if (k > 1 || *rest[0]) append_tree(out, rest, k);
    }
    if (ends && groups) g_string_append_c(out, '|');
    if (group) g_string_append_c(out, ')');
}

/* Any of the words, made once: a list stands in many patterns, and all lists are read before the first of them. */
static const char *regex_of_words(const DabRules *r, const char *name, const GPtrArray *words) {
    const char *kept = g_hash_table_lookup(r->word_regexes, name);
    if (kept) return kept;
    GString *out = g_string_new("(?:");
    g_autoptr(GPtrArray) sorted = g_ptr_array_new();
    for (guint i = 0; i < words->len; i++) g_ptr_array_add(sorted, words->pdata[i]);
    g_ptr_array_sort(sorted, by_text);
    append_tree(out, (const char *const *)sorted->pdata, sorted->len);
    g_string_append_c(out, ')');
    g_hash_table_insert(r->word_regexes, g_strdup(name), out->str);
    return g_string_free(out, FALSE);
}

/* Length of a name at s, 0 when what follows the brace is none ({2,5} is a quantifier). */
static gsize name_len(const char *s) {
    if (!g_ascii_isalpha(*s) && *s != '_') return 0;
    gsize n = 0;
    while (g_ascii_isalnum(s[n]) || s[n] == '_' || s[n] == '.' || s[n] == ':' || s[n] == '+') n++;
    return s[n] == '}' ? n : 0;
}

guint32 dab_fragments_number_tags(const char *regex) {
    const char *at = strstr(regex, "{N");
    if (!at) return 0;
    if (at[2] != ':') return G_MAXUINT32;
    guint32 bits = 0;
    g_autofree char *kinds = g_strndup(at + 3, strcspn(at + 3, "}"));
    g_auto(GStrv) names = g_strsplit(kinds, "+", -1);
    for (char **name = names; *name; name++) {
        const char *tag = find_tag(*name, strlen(*name));
        if (!tag || !g_str_has_prefix(tag, "\\x{E0")) return G_MAXUINT32;
        bits |= 1u << (g_ascii_strtoull(tag + strlen("\\x{"), NULL, 16) - DAB_TAG_FIRST);
    }
    return bits;
}

typedef struct {
    const DabRules *rules;
    const DabYaml *at;
    GArray *map;
    GString *out;
} Expander;

static gboolean expand(Expander *e, const char *regex, guint depth, gsize top_offset, GError **error);

static gboolean put_name(Expander *e, const char *name, gsize len, guint depth, gsize top_offset, GError **error) {
    g_autofree char *key = g_strndup(name, len);
    if (!strcmp(key, "N") || g_str_has_prefix(key, "N:")) {
        g_auto(GStrv) kinds = g_strsplit(key[1] ? key + 2 : "n", "+", -1);
        g_string_append(e->out, "(?<N>");
        for (char **kind = kinds; *kind; kind++) {
            const char *tag = find_tag(*kind, strlen(*kind));
            if (!tag)
                return dab_yaml_fail_inside(e->at, top_offset, error, "{%s}: no kind of number has the name \"%s\"", key, *kind);
            g_string_append_printf(e->out, "%s%s", kind == kinds ? "" : "|", tag);
        }
        g_string_append_c(e->out, ')');
        return TRUE;
    }
    const char *tag = find_tag(key, len);
    if (tag) {
        g_string_append(e->out, tag);
        return TRUE;
    }
    const DabYaml *fragment = g_hash_table_lookup(e->rules->fragments, key);
    if (fragment) {
        g_string_append(e->out, "(?:");
        if (!expand(e, fragment->text, depth + 1, top_offset, error)) return FALSE;
        g_string_append_c(e->out, ')');
        return TRUE;
    }
    const GPtrArray *words = dab_rules_words(e->rules, key);
    if (words && words->len) {
        g_string_append(e->out, regex_of_words(e->rules, key, words));
        return TRUE;
    }
    return dab_yaml_fail_inside(e->at, top_offset, error, "no fragment, word list or number tag has the name {%s}", key);
}

static gboolean expand(Expander *e, const char *regex, guint depth, gsize top_offset, GError **error) {
    if (depth > DAB_MAX_FRAGMENT_DEPTH)
        return dab_yaml_fail_inside(e->at, top_offset, error, "fragments stand in each other more than %u deep; is there a circle?",
                                    DAB_MAX_FRAGMENT_DEPTH);
    for (const char *s = regex; *s;) {
        gsize offset = depth ? top_offset : (gsize)(s - regex);
        guint pair[2] = {(guint)e->out->len, (guint)offset};
        g_array_append_val(e->map, pair);
        gsize len = *s == '{' && (s == regex || s[-1] != '\\') ? name_len(s + 1) : 0;
        gboolean property = s - regex >= 2 && s[-2] == '\\' && strchr("pPxo", s[-1]); /* \p{Han}, \x{4E00} */
        if (len && !property) {
            if (!put_name(e, s + 1, len, depth, offset, error)) return FALSE;
            s += len + 2;
        } else if (*s == '\\' && s[1]) { /* an escape stays whole */
            g_string_append_len(e->out, s, 2);
            s += 2;
        } else {
            g_string_append_c(e->out, *s++);
        }
    }
    return TRUE;
}

char *dab_fragments_expand(const DabRules *rules, const char *regex, const DabYaml *at, GArray *map, GError **error) {
    Expander e = {rules, at, map, g_string_new(NULL)};
    gboolean ok = expand(&e, regex, 0, 0, error);
    return g_string_free(e.out, !ok);
}

DabPattern *dab_rules_compile_with_needs(const DabRules *rules, const char *regex, const DabYaml *at, const DabNeeds **needs,
                                         GError **error) {
    g_autoptr(GArray) map = g_array_new(FALSE, FALSE, 2 * sizeof(guint));
    g_autofree char *full = dab_fragments_expand(rules, regex, at, map, error);
    if (!full) return NULL;
    g_autoptr(GError) cause = NULL;
    gsize offset = 0;
    DabPattern *pattern = dab_pattern_new(full, &offset, &cause);
    if (pattern && needs) {
        DabNeeds *found = dab_pool_new0(rules->pool, DabNeeds);
        dab_needs_find(rules->pool, full, found);
        *needs = found;
    }
    if (pattern) {
        dab_pattern_set_reach(pattern, dab_reach_find(rules->pool, full));
        g_autofree char *file = g_path_get_basename(at->file->name), *place = g_strdup_printf("%s:%u", file, at->line);
        dab_pattern_set_place(pattern, place);
        return pattern;
    }
    gsize in_file = 0;
    for (guint i = 0; i < map->len; i++) {
        const guint *pair = (const guint *)(void *)map->data + 2 * i;
        if (pair[0] <= offset) in_file = pair[1];
    }
    dab_yaml_fail_inside(at, in_file, error, "%s", cause->message);
    return NULL;
}

DabPattern *dab_rules_compile(const DabRules *rules, const char *regex, const DabYaml *at, GError **error) {
    return dab_rules_compile_with_needs(rules, regex, at, NULL, error);
}
